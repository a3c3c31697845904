// What is done with the top layer: samples, a walk between images, its units.
import { el, short, millis, fromBytes, toBytes } from './base.js';
import * as sheet from './sheet.js';
import { strip } from './board.js';

const number = (label, value, min, max, step, change) => {
  const input = el('input', { type: 'number', value, min, max, step, 'aria-label': label, onchange: () => change() });
  return { input, label: el('label', {}, label, input), get value() { return Math.min(max, Math.max(min, +input.value || 0)); } };
};

// sampling draws samples by seed.
export function sampling({ model, ask }) {
  const { height, width } = model, canvas = el('canvas', { id: 'drawn', class: 'grid16', role: 'img', 'aria-label': 'Samples of the seed' }), took = el('span', { class: 'took' });
  const draw = () => ask('sample', { seed: seed.value, count: 16, rounds: rounds.value, scale: scale.value, class: +kind.value }, (r) => {
    sheet.draw(canvas, sheet.cut(r.pixels, r.count), height, width, 8);
    took.textContent = millis(r.millis);
  }).catch((err) => { took.textContent = err.message; });
  const seed = number('seed', 1, 0, 2 ** 32, 1, draw), rounds = number('rounds', model.classes ? 0 : 3, 0, 50, 1, draw), scale = number('prior ×', model.classes ? 1 : 4, 0, 20, 0.5, draw);
  const kind = el('select', { 'aria-label': 'class', onchange: draw }, el('option', { value: -1, text: 'any class' }), ...Array.from({ length: model.classes }, (_, i) => el('option', { value: i, text: `class ${i}` })));
  const step = (by) => { seed.input.value = Math.max(0, seed.value + by); draw(); };
  draw();
  return el('div', { class: 'card' }, el('h3', { text: 'Samples by seed' }), el('p', { text: 'The top layer is drawn from the prior, sent down, and refined in rounds of inference.' }),
    el('div', { class: 'tools' }, el('button', { type: 'button', text: '‹', 'aria-label': 'seed before', onclick: () => step(-1) }), seed.label, el('button', { type: 'button', text: '›', 'aria-label': 'next seed', onclick: () => step(1) }),
      rounds.label, scale.label, model.classes ? kind : null, took), canvas);
}

// walking goes from one image to another through the top layer.
export function walking({ model, probes, ask }) {
  const { height, width } = model, steps = 24, top = `h${model.sizes.length - 1}`;
  if (probes.length < 2) return null;
  const far = Math.min(2, probes.length - 1);
  let a = probes[0], b = probes[far], path = [];
  const big = el('canvas', { id: 'walked', class: 'big', role: 'img', 'aria-label': 'The image on the way' }), took = el('span', { class: 'took' });
  const slider = el('input', { type: 'range', min: 0, max: steps - 1, value: 8, 'aria-label': 'place on the way', oninput: () => show() });
  slider.style.width = '100%';
  const show = () => { if (path[slider.value]) sheet.one(big, path[slider.value], height, width); };
  const go = () => ask('walk', { pixels: fromBytes(a), to: fromBytes(b), count: steps }, (r) => {
    path = sheet.cut(r.pixels, r.count);
    took.textContent = millis(r.millis);
    show();
  }).catch((err) => { took.textContent = err.message; });
  go();
  const rest = el('div', {},
    el('div', { class: 'named' }, el('b', { text: 'A' }), strip(probes, height, width, (x) => { a = x; go(); }, 0)),
    el('div', { class: 'named' }, el('b', { text: 'B' }), strip(probes, height, width, (x) => { b = x; go(); }, far)), slider);
  return el('div', { class: 'card' }, el('h3', { text: `A walk through ${top}` }), el('p', { text: `In a straight line through the ${model.sizes.at(-1)} units at the top, from one image to another.` }),
    el('div', { class: 'tools' }, took), el('div', { class: 'row' }, big, rest));
}

// units moves the top units that vary most.
export function units({ model, probes, ask }) {
  const { height, width } = model, most = 16;
  const spread = model.std ?? [], order = Array.from(spread.keys()).sort((i, j) => spread[j] - spread[i]).slice(0, most);
  if (!order.length) return null;
  let values = [...model.mean];
  const big = el('canvas', { id: 'unit', class: 'big', role: 'img', 'aria-label': 'The image of the top units' }), took = el('span', { class: 'took' });
  const sliders = order.map((unit) => {
    const low = model.mean[unit] - 4 * spread[unit], high = model.mean[unit] + 4 * spread[unit];
    return { unit, input: el('input', { type: 'range', min: low, max: high, step: (high - low) / 200 || 'any', 'aria-label': `unit ${unit}`, title: `${short(low)} to ${short(high)}`, oninput: (e) => { values[unit] = +e.target.value; send({ values }); } }) };
  });
  const place = () => sliders.forEach((s) => { s.input.value = values[s.unit]; });
  const send = (body) => ask('top', body, (r) => {
    sheet.one(big, toBytes(r.pixels), height, width);
    took.textContent = millis(r.millis);
    if (!body.values) { values = r.values; place(); }
  }).catch((err) => { took.textContent = err.message; });
  place();
  if (probes.length) send({ pixels: fromBytes(probes[0]) }); else send({ values });
  return el('div', { class: 'card wideCard' }, el('h3', { text: 'The top units' }), el('p', { text: `The ${order.length} that vary most, within four standard deviations. Begin with an image, or with the mean of the prior.` }),
    el('div', { class: 'tools' }, el('button', { type: 'button', text: 'Mean', onclick: () => { values = [...model.mean]; place(); send({ values }); } }), probes.length ? strip(probes.slice(0, 10), height, width, (b) => send({ pixels: fromBytes(b) })) : null, took),
    el('div', { class: 'row' }, big, el('div', { class: 'sliders' }, ...sliders.map((s) => el('label', {}, `${s.unit}`, s.input)))));
}
