// A moment of the run in focus: the pictures at the epoch of the slider.
import { $, el, ask, colour } from './base.js';
import { bars } from './chart.js';
import * as sheet from './sheet.js';

let run = null, wanted = 0, playing = null;
const frames = new Map();
const latest = () => +$('time').value === +$('time').max;

// follow shows the last moment of a run, unless somebody looks at another.
export function follow(now) {
  const other = now.id !== run?.id, end = other || latest(), at = run?.frames[$('time').value];
  if (other || now.frames.length < run.frames.length) frames.clear();
  run = now;
  $('time').max = Math.max(0, run.frames.length - 1);
  const same = run.frames.indexOf(at);
  $('time').value = end || same < 0 ? $('time').max : same;
  $('time').disabled = $('play').disabled = run.frames.length < 2;
  document.querySelector('.through').hidden = document.querySelector('.pictures').hidden = $('inside').hidden = !run.frames.length;
  return show();
}

async function show() {
  const epoch = run.frames[$('time').value], mine = ++wanted, of = run;
  if (epoch == null) return;
  $('epoch').textContent = epoch ? `after epoch ${epoch}` : 'before training';
  const key = `${of.id}/${epoch}`;
  if (!frames.has(key)) {
    try { frames.set(key, await load(await ask(`api/runs/${of.id}/frames/${epoch}`))); } catch { return; } // it has been thinned out
  }
  if (mine === wanted) draw(frames.get(key), of);
}

async function load(f) {
  const read = (s) => (s ? sheet.read(s) : null);
  return { ...f, samples: await read(f.samples), reconstructions: await read(f.reconstructions), fields: await Promise.all((f.fields ?? []).filter((x) => x.sheet).map(async (x) => ({ name: x.name, ...(await sheet.read(x.sheet)) }))) };
}

const meanings = { f1: 'what units of h1 look for in the image', g1: 'what units of h1 draw' };
let probes = null, probesOf = null;

async function draw(f, of) {
  const square = (n) => Math.ceil(Math.sqrt(n));
  $('samples').parentNode.hidden = !f.samples;
  $('reconstructions').parentNode.hidden = !f.reconstructions;
  if (f.samples) sheet.draw($('samples'), f.samples.images, f.samples.height, f.samples.width, square(f.samples.images.length));
  if (f.reconstructions) {
    if (probesOf !== of.id) { probes = of.run?.probes ? await sheet.read(of.run.probes) : null; probesOf = of.id; }
    const r = f.reconstructions, across = 3;
    // Originals and reconstructions stand side by side, each pair next to each other.
    const beside = r.images.flatMap((b, i) => [probes?.images[i], b]);
    sheet.draw($('reconstructions'), beside, r.height, r.width, 2 * across);
  }
  $('inside').hidden = !(f.fields.length || f.states?.length);
  $('fields').replaceChildren(...f.fields.map((x) => {
    const canvas = el('canvas', { role: 'img', 'aria-label': `weights of ${x.name}` });
    sheet.draw(canvas, x.images, x.height, x.width, 9, sheet.signed());
    return el('figure', {}, el('figcaption', {}, el('b', { text: x.name }), el('span', { text: meanings[x.name] ?? '' })), canvas);
  }));
  $('states').replaceChildren(...(f.states ?? []).map((h) => bars(`states of h${h.layer}`, `${h.units} units${h.dead ? `, ${h.dead} alike for all images` : ''}; heights by square root`, h, colour(of.id))));
}

function stop() {
  clearInterval(playing);
  playing = null;
  $('play').textContent = '▶';
}

$('time').addEventListener('input', () => { stop(); show(); });
$('play').addEventListener('click', () => {
  if (playing) { stop(); return; }
  if (latest()) $('time').value = 0;
  $('play').textContent = '❚❚';
  playing = setInterval(async () => {
    if (latest()) { stop(); return; }
    $('time').value = +$('time').value + 1;
    await show();
  }, 350);
  show();
});
