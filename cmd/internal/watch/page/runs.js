// Runs: a card for each, their curves in one chart, their settings side by side.
import { $, el, short, time, colour } from './base.js';
import { lines } from './chart.js';

// alive tells whether a process seems to be training the run.
export const alive = (s) => (s.now.state === 'training' || s.now.state === 'finishing') && s.silent < 60;

// words say how a run goes.
function words(s) {
  const n = s.now, of = n.epochs ? `epoch ${Math.min(n.epoch + (alive(s) && n.state === 'training' ? 1 : 0), n.epochs)} of ${n.epochs}` : '';
  if (alive(s) && n.state === 'training') return [of, n.rate ? `${short(n.rate)} images/s` : '', n.left ? `${time(n.left)} left` : ''].filter(Boolean).join(' · ');
  if (alive(s)) return 'epochs done, finishing';
  if (n.state === 'finished') return `finished after ${n.epoch} ${n.epoch === 1 ? 'epoch' : 'epochs'}`;
  if (n.state === 'stopped') return n.why || `stopped at ${of}`;
  return n.state ? `silent since ${of}` : 'trained by an earlier version';
}

function share(run, s) {
  const n = s.now, images = run?.run?.images;
  if (!n.epochs) return 1;
  return Math.min(1, (n.epoch + (n.state === 'training' && images ? Math.min(1, n.done / images) : 0)) / n.epochs);
}

const made = new Map();

// cards keeps a card for each run up to date.
export function cards(place, statuses, { focus, hidden, choose, toggle }) {
  for (const s of statuses) {
    let c = made.get(s.id);
    if (!c) {
      c = { name: el('span'), state: el('div', { class: 'state' }), bar: el('i'), box: el('input', { type: 'checkbox', 'aria-label': `show ${s.name} in the charts`, onclick: (e) => e.stopPropagation(), onchange: () => toggle(s.id) }) };
      c.head = el('div', { class: 'name' }, el('i', { class: 'dot' }), c.name);
      c.card = el('div', { class: 'run', role: 'button', tabindex: '0', onclick: () => choose(s.id), onkeydown: (e) => { if (e.key === 'Enter' && e.target === c.card) choose(s.id); } },
        c.head, c.state, el('div', { class: 'bar' }, c.bar), el('label', { onclick: (e) => e.stopPropagation() }, c.box));
      c.card.style.setProperty('--colour', colour(s.id));
      made.set(s.id, c);
      place.append(c.card);
    }
    c.name.textContent = s.name;
    c.state.textContent = words(s);
    c.bar.style.width = `${100 * share(c.run, s)}%`;
    c.box.checked = !hidden.has(s.id);
    c.box.parentNode.hidden = statuses.length < 2;
    c.head.classList.toggle('live', alive(s));
    c.card.classList.toggle('focus', s.id === focus && statuses.length > 1);
    c.card.classList.toggle('off', hidden.has(s.id));
  }
}

// meaning says what a column of the log is.
function meaning(name, sizes) {
  const m = /^([fg])(\d+)$/.exec(name), l = m && +m[2];
  if (m && sizes?.[l]) {
    const layer = (i) => (i ? `h${i}` : 'pixels');
    return m[1] === 'f' ? `${layer(l - 1)} → ${layer(l)}` : `${layer(l)} → ${layer(l - 1)}`;
  }
  return { fy: 'label → top', gy: 'top → label', loss: 'of the network', valid_acc: 'accuracy, validation', reward: 'mean of the choices' }[name] ?? '';
}

// charts draws a chart for each figure, with a line for each run.
export function charts(runs) {
  for (const r of runs) { const c = made.get(r.id); if (c) c.run = r; }
  const any = runs.some((r) => r.rows.length || r.frames.length);
  $('learning').hidden = !any;
  const column = (r, name) => { const i = r.columns.indexOf(name); return i < 0 ? [] : r.rows.map((row) => [row[0], row[i]]); };
  const names = [...new Set(runs.flatMap((r) => r.columns.slice(1, -2)))];
  const sizes = runs.at(-1)?.run?.sizes;
  const series = (name) => runs.map((r) => ({ colour: colour(r.id), points: column(r, name) })).filter((s) => s.points.length);
  $('losses').replaceChildren(...names.map((n) => lines(n, meaning(n, sizes), series(n), { log: n !== 'valid_acc' && n !== 'reward' })));
  $('speed').replaceChildren(
    lines('images/s', 'throughput', series('images_per_second'), { zero: true }),
    lines('minutes', 'trained', runs.map((r) => {
      let sum = 0;
      return { colour: colour(r.id), points: column(r, 'seconds').map(([e, s]) => [e, (sum += s) / 60]) };
    }), { zero: true }));
  angles(runs);
}

// angles draws how far targetprop points away from the exact gradient.
function angles(runs) {
  const layers = [...new Set(runs.flatMap((r) => r.angles.flatMap((a) => a.layers.map((l) => l.layer))))];
  const of = (r, layer, pick) => r.angles.flatMap((a) => a.layers.filter((l) => l.layer === layer && l.defined).map((l) => [a.epoch, pick(l)]));
  $('angles').replaceChildren(...layers.flatMap((layer) => [
    lines(`angle in h${layer}`, '', runs.flatMap((r) => [
      { colour: colour(r.id), points: of(r, layer, (l) => l.start) }, { colour: colour(r.id), points: of(r, layer, (l) => l.end), dash: true }]),
    { fixed: [0, Math.max(90, ...runs.flatMap((r) => of(r, layer, (l) => Math.max(l.start, l.end)).map((p) => p[1])))], unit: '°' }),
  ]));
}

// settings shows the runs' settings side by side.
export function settings(runs, focus) {
  const with_ = runs.filter((r) => r.run).slice(0, 8);
  $('settings').hidden = !with_.length;
  if (!with_.length) return;
  const rows = [
    ['task', (r) => r.run.task], ['data', (r) => `${r.run.data}, ${r.run.images.toLocaleString('en')} images`], ['network', (r) => r.run.sizes.join('-')],
    ...[...new Set(with_.flatMap((r) => r.run.settings.map((s) => s.name)))].map((name) => [name, (r) => r.run.settings.find((s) => s.name === name)?.value ?? '–']),
    ['machine', (r) => r.run.machine], ['version', (r) => r.run.version], ['folder', (r) => r.dir],
  ];
  const differs = ([name, get]) => name !== 'folder' && new Set(with_.map(get)).size > 1;
  const count = rows.filter(differs).length;
  $('differences').textContent = with_.length < 2 ? '' : count ? `${count} differ, and stand first` : 'all the same';
  rows.sort((a, b) => differs(b) - differs(a));
  $('table').replaceChildren(
    el('thead', {}, el('tr', {}, el('th'), ...with_.map((r) => { const th = el('th', { text: r.name }); th.style.color = colour(r.id); return th; }))),
    el('tbody', {}, ...rows.map((row) => el('tr', { class: differs(row) ? 'differs' : null }, el('th', { text: row[0] }), ...with_.map((r) => el('td', { text: row[1](r) }))))));
}
