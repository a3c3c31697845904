// The board: draw a digit or rub pixels out, and the model fills in.
import { el, millis, fromBytes, toBytes } from './base.js';
import * as sheet from './sheet.js';

const rounds = 20;

// strip is a row of small images to click on.
export function strip(images, height, width, pick, chosen) {
  const all = images.map((b, i) => {
    const c = el('canvas', { role: 'button', tabindex: '0', 'aria-label': `image ${i + 1}`, onclick: () => press(i), onkeydown: (e) => { if (e.key === 'Enter') press(i); } });
    sheet.one(c, b, height, width);
    return c;
  });
  const mark = (i) => all.forEach((c, j) => c.setAttribute('aria-pressed', i === j));
  const press = (i) => { mark(i); pick(images[i], i); };
  if (chosen != null) mark(chosen);
  return el('div', { class: 'strip' }, ...all);
}

// answers shows the probabilities of the classes.
function showAnswers(place, p) {
  const best = p.indexOf(Math.max(...p));
  const known = p.every((v) => v >= 0 && v <= 1);
  place.replaceChildren(...p.map((v, i) => {
    const bar = el('i');
    bar.style.width = `${Math.max(1, 100 * Math.min(1, Math.max(0, v)))}%`;
    const row = el('div', {}, el('b', { text: i }), bar, el('span', { text: known ? `${(100 * v).toFixed(v >= 0.9995 || v < 0.0005 ? 0 : 1)} %` : v.toFixed(2) }));
    row.style.opacity = i === best ? 1 : 0.6;
    return row;
  }));
}

export function board({ model, probes, ask }) {
  const { height, width, channels } = model, n = height * width;
  let pixels = new Uint8Array(n * channels), ink = [255, 255, 255], missing = new Uint8Array(n), tool = 'pen', size = Math.max(1, width / 14), last = null, pending = false, busy = false;
  const paper = el('canvas', { id: 'draw', role: 'img', 'aria-label': 'Draw here', width, height });
  const result = el('canvas', { id: 'filled', role: 'img', 'aria-label': 'What the model makes of it', width, height });
  const caption = el('figcaption', { text: 'filled in' }), took = el('span', { class: 'took' });
  const steps = el('div', { class: 'strip rounds' }), answers = el('div', { class: 'answers' });

  const rgb = (j) => [0, 1, 2].map((k) => pixels[channels * j + (channels > 1 ? k : 0)]);
  const blacken = (j) => pixels.fill(0, channels * j, channels * (j + 1));

  function paint() {
    const c = paper.getContext('2d'), data = c.createImageData(width, height);
    const hole = getComputedStyle(document.documentElement).getPropertyValue('--missing').trim();
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(hole.slice(i, i + 2), 16));
    for (let j = 0; j < n; j++) {
      const checker = (j % width + Math.floor(j / width)) % 2 ? 1 : 0.88;
      data.data.set(missing[j] ? [r * checker, g * checker, b * checker, 255] : [...rgb(j), 255], 4 * j);
    }
    c.putImageData(data, 0, 0);
  }

  // think asks for as many rounds as there is time for: few while the pen is down.
  async function think(quick) {
    if (busy && quick) { pending = true; return; }
    busy = true;
    if (!model.generative) {
      await ask('answer', { pixels: fromBytes(pixels) }, (r) => { showAnswers(answers, r.answer); took.textContent = millis(r.millis); }).catch(complain);
    } else {
      const holes = missing.some((v) => v), small = [];
      await ask('fill', { pixels: fromBytes(pixels), missing: fromBytes(missing), rounds: !holes ? 1 : quick ? 2 : rounds, seed: 1 }, (r) => {
        const image = toBytes(r.pixels);
        sheet.one(result, image, height, width);
        caption.textContent = holes ? `filled in, round ${r.round} of ${rounds}` : 'nothing is missing: rub something out';
        took.textContent = millis(r.millis);
        if (r.answer) showAnswers(answers, r.answer);
        if (!quick && holes) {
          const c = el('canvas', { 'aria-label': `round ${r.round}` });
          sheet.one(c, image, height, width);
          small.push(c);
          steps.replaceChildren(...small);
        }
      }).catch(complain);
      if (!holes) steps.replaceChildren();
    }
    busy = false;
    if (pending) { pending = false; think(true); }
  }
  function complain(err) { caption.textContent = err.message; }

  // dab changes the pixels around a place, less towards the rim for the pen.
  function dab(x, y) {
    const r = tool === 'pen' ? size * 0.75 : size * 1.6;
    for (let i = Math.floor(y - r - 1); i <= y + r + 1; i++) for (let j = Math.floor(x - r - 1); j <= x + r + 1; j++) {
      if (i < 0 || j < 0 || i >= height || j >= width) continue;
      const d = Math.hypot(i + 0.5 - y, j + 0.5 - x), k = i * width + j;
      if (tool === 'pen') {
        const v = 255 * Math.min(1, Math.max(0, r + 0.6 - d));
        if (v > 0) {
          if (missing[k]) { missing[k] = 0; blacken(k); }
          if (channels === 1) pixels[k] = Math.max(pixels[k], v);
          else for (let c = 0; c < channels; c++) pixels[channels * k + c] += (ink[c] - pixels[channels * k + c]) * v / 255;
        }
      } else if (d <= r) {
        if (tool === 'hole') missing[k] = 1; else { missing[k] = 0; blacken(k); }
      }
    }
  }
  const place = (e) => { const b = paper.getBoundingClientRect(); return [(e.clientX - b.left) / b.width * width, (e.clientY - b.top) / b.height * height]; };
  paper.addEventListener('pointerdown', (e) => { try { paper.setPointerCapture(e.pointerId); } catch { /* a pointer that has gone */ } last = place(e); dab(...last); paint(); think(true); e.preventDefault(); });
  paper.addEventListener('pointermove', (e) => {
    if (!last) return;
    const to = place(e), steps = Math.ceil(Math.hypot(to[0] - last[0], to[1] - last[1]) * 2) || 1;
    for (let s = 1; s <= steps; s++) dab(last[0] + (to[0] - last[0]) * s / steps, last[1] + (to[1] - last[1]) * s / steps);
    last = to;
    paint();
    think(true);
  });
  const up = () => { if (last) { last = null; pending = false; think(false); } };
  paper.addEventListener('pointerup', up);
  paper.addEventListener('pointercancel', up);

  const tools = [['pen', 'Draw'], ['hole', 'Rub out'], ['black', 'Erase']].filter(([t]) => model.generative || t !== 'hole').map(([t, name]) =>
    el('button', { type: 'button', 'aria-pressed': t === tool, text: name, 'data-tool': t, onclick: () => { tool = t; tools.forEach((b) => b.setAttribute('aria-pressed', b.dataset.tool === t)); } }));
  function set(b, half) {
    pixels = b.slice();
    missing = new Uint8Array(n);
    if (half) for (let j = 0; j < n; j++) missing[j] = j % width < width / 2 ? 1 : 0;
    paint();
    think(false);
  }
  const halves = el('button', { type: 'button', id: 'half', text: 'Rub out half', onclick: () => { for (let j = 0; j < n; j++) missing[j] = j % width < width / 2 ? 1 : 0; paint(); think(false); } });
  const clear = el('button', { type: 'button', text: 'Clear', onclick: () => set(new Uint8Array(n * channels), false) });
  const inks = channels === 3 ? el('label', {}, 'colour', el('input', { type: 'color', id: 'ink', value: '#ffffff', 'aria-label': 'colour of the pen', oninput: (e) => { ink = [1, 3, 5].map((i) => parseInt(e.target.value.slice(i, i + 2), 16)); } })) : null;
  if (probes.length) set(probes[0], model.generative); else { paint(); think(false); }

  return el('div', { class: 'card wideCard' },
    el('h3', { text: model.generative ? 'Draw, rub out, and see it filled in' : 'Draw, and see the answer' }),
    el('p', { text: model.generative ? 'What is rubbed out is missing: it starts as noise, and each round of inference moves it towards what the model expects. The rest never changes.' : 'The answer follows the pen.' }),
    el('div', { class: 'tools' }, ...tools, el('label', {}, 'size', el('input', { type: 'range', min: 0.5, max: Math.max(3, width / 7), step: 0.1, value: size, 'aria-label': 'size of the pen', oninput: (e) => { size = +e.target.value; } })), inks, model.generative ? halves : null, clear, took),
    el('div', { class: 'board' },
      el('figure', {}, el('figcaption', { text: 'yours' }), paper),
      model.generative ? el('figure', {}, caption, result) : null,
      el('div', { class: 'side' }, model.classes ? answers : null, model.generative ? steps : null,
        probes.length ? el('p', { text: 'Or begin with an image that it was not trained on:' }) : null,
        probes.length ? strip(probes, height, width, (b) => set(b, model.generative && missing.some((v) => v)), 0) : null)));
}
