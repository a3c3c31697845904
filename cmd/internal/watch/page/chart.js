// Charts of lines and of bars, in SVG.
import { el, short } from './base.js';

const W = 320, H = 168, left = 38, right = 8, top = 8, bottom = 20;

function svg(name, attributes, ...children) {
  const e = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'colour') e.style.stroke = value;
    else if (key === 'text') e.textContent = value;
    else e.setAttribute(key, value);
  }
  e.append(...children);
  return e;
}

// ticks are about n round numbers in a range.
function ticks(low, high, n, whole) {
  let step = 10 ** Math.floor(Math.log10((high - low) / n || 1));
  for (const m of [1, 2, 5, 10]) if ((high - low) / (step * m) <= n) { step *= m; break; }
  if (whole) step = Math.max(1, Math.round(step));
  const all = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) all.push(Math.abs(v) < step * 1e-9 ? 0 : v);
  return all;
}

// axis maps values to places.
function axis(values, from, to, { log = false, zero = false, fixed } = {}) {
  values = values.filter((v) => isFinite(v) && (!log || v > 0));
  let [low, high] = fixed ?? [Math.min(...values), Math.max(...values)];
  if (!values.length && !fixed) [low, high] = [0, 1];
  if (zero) low = Math.min(0, low);
  if (low === high) { high += Math.abs(high) * 0.1 || 1; low -= log ? low * 0.1 : Math.abs(low) * 0.1; }
  const f = log ? Math.log10 : (v) => v, a = f(low), b = f(high);
  const pad = fixed || zero ? 0 : 0.06 * (b - a);
  const place = (v) => from + (f(v) - a + pad) / (b - a + 2 * pad) * (to - from);
  return { low, high, place, log };
}

function logTicks(low, high) {
  const all = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) for (const m of [1, 2, 5]) all.push(m * 10 ** e);
  const within = all.filter((v) => v >= low * 0.97 && v <= high * 1.03);
  if (within.length < 2) return ticks(low, high, 3);
  return within.length > 5 ? within.filter((v) => Number.isInteger(Math.log10(v)) || within.length < 8) : within;
}

function frame(title, sub) {
  const read = el('span', { class: 'read' });
  const plot = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': title });
  return { card: el('div', { class: 'card chart' }, el('div', { class: 'head' }, el('b', { text: title }), el('span', { text: sub ?? '' }), read), plot), plot, read };
}

function axes(plot, x, y, xs) {
  const lines = y.log ? logTicks(y.low, y.high) : ticks(y.low, y.high, 4);
  for (const v of lines) {
    const p = y.place(v);
    plot.append(svg('line', { class: 'grid', x1: left, x2: W - right, y1: p, y2: p }), svg('text', { x: left - 5, y: p + 3.5, 'text-anchor': 'end', text: short(v) }));
  }
  for (const v of xs) plot.append(svg('text', { x: x.place(v), y: H - 5, 'text-anchor': 'middle', text: short(v) }));
}

// lines draws series of points { colour, points: [[x, y]], dash, name }.
export function lines(title, sub, series, options = {}) {
  const { card, plot, read } = frame(title, sub);
  const points = series.flatMap((s) => s.points.filter((p) => p[1] != null));
  const ys = points.map((p) => p[1]);
  const log = options.log && ys.length > 0 && Math.min(...ys) > 0 && Math.max(...ys) > 4 * Math.min(...ys);
  const x = axis(points.map((p) => p[0]), left + 4, W - right - 4), y = axis(ys, H - bottom, top, { ...options, log });
  axes(plot, x, y, ticks(x.low, x.high, 5, true).filter((v) => v >= x.low && v <= x.high));
  for (const s of series) {
    const whole = s.points.filter((p) => p[1] != null && (!log || p[1] > 0)).map(([a, b]) => [x.place(a), y.place(b)]);
    if (!whole.length) continue;
    plot.append(svg('path', { d: 'M' + whole.map((p) => p.map((v) => v.toFixed(1)).join(' ')).join('L'), colour: s.colour, ...(s.dash ? { 'stroke-dasharray': '5 4' } : {}) }));
    if (whole.length === 1) plot.append(svg('path', { d: `M${whole[0].join(' ')}h.01`, colour: s.colour, 'stroke-width': 6 }));
  }
  const unit = options.unit ?? '';
  const say = (at) => {
    const solid = series.filter((s) => !s.dash && s.points.length);
    const parts = solid.map((s) => {
      const p = at == null ? s.points.at(-1) : s.points.reduce((a, b) => (Math.abs(b[0] - at) < Math.abs(a[0] - at) ? b : a), s.points[0]);
      const e = el('span', { text: ' ' + short(p[1]) + unit });
      e.style.color = s.colour;
      return e;
    });
    read.replaceChildren(at == null ? '' : `${options.x ?? 'epoch'} ${at}`, ...parts.slice(0, 4));
  };
  say(null);
  const cursor = svg('line', { class: 'cursor', y1: top, y2: H - bottom, visibility: 'hidden' });
  plot.append(cursor);
  plot.addEventListener('pointermove', (e) => {
    const box = plot.getBoundingClientRect(), px = (e.clientX - box.left) / box.width * W;
    const all = [...new Set(points.map((p) => p[0]))];
    if (!all.length) return;
    const near = all.reduce((a, b) => (Math.abs(x.place(b) - px) < Math.abs(x.place(a) - px) ? b : a));
    cursor.setAttribute('x1', x.place(near));
    cursor.setAttribute('x2', x.place(near));
    cursor.setAttribute('visibility', 'visible');
    say(near);
  });
  plot.addEventListener('pointerleave', () => { cursor.setAttribute('visibility', 'hidden'); say(null); });
  return card;
}

// bars draws a histogram.
export function bars(title, sub, h, c) {
  const { card, plot } = frame(title, sub);
  const total = h.counts.reduce((a, b) => a + b, 0) || 1, shares = h.counts.map((n) => Math.sqrt(n / total));
  const x = axis([], left, W - right, { fixed: [h.low, h.high > h.low ? h.high : h.low + 1] });
  const most = Math.max(...shares, 1e-9), width = (W - right - left) / h.counts.length;
  shares.forEach((s, i) => {
    const height = s / most * (H - bottom - top), r = svg('rect', { class: 'bin', x: left + i * width, y: H - bottom - height, width: Math.max(0.5, width - 1), height });
    r.style.setProperty('--colour', c);
    plot.append(r);
  });
  for (const v of [25, 50, 75, 100]) {
    const s = Math.sqrt(v / 100) / most;
    if (s <= 1.001) plot.append(svg('text', { x: left - 5, y: H - bottom - s * (H - bottom - top) + 3.5, 'text-anchor': 'end', text: v + ' %' }));
  }
  for (const v of ticks(x.low, x.high, 5)) plot.append(svg('text', { x: x.place(v), y: H - 5, 'text-anchor': 'middle', text: short(v) }));
  return card;
}
