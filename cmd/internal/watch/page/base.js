// What the other files share: elements, numbers in words, requests.

// el makes an element with attributes and children. Text is text, never markup.
export function el(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value);
    else if (key === 'text') e.textContent = value;
    else if (key.startsWith('aria-')) e.setAttribute(key, value);
    else if (value === true) e.setAttribute(key, '');
    else if (value !== false && value != null) e.setAttribute(key, value);
  }
  e.append(...children.filter((c) => c != null));
  return e;
}

export const $ = (id) => document.getElementById(id);

// short writes a number with three digits that count.
export function short(x) {
  if (x == null || !isFinite(x)) return '–';
  if (x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e6)) return x.toExponential(1);
  if (Math.abs(x) >= 1000) return Math.round(x).toLocaleString('en');
  return String(+x.toPrecision(3));
}

// time writes seconds in words.
export function time(s) {
  if (!isFinite(s) || s < 0) return '–';
  if (s < 60) return `${Math.round(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
  return `${Math.floor(s / 3600)} h ${Math.round((s % 3600) / 60)} min`;
}

// millis writes how long something took.
export const millis = (ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

// colour is that of a run.
export const colour = (id) => `var(--run${id % 6})`;

// ask fetches JSON. It throws what the server says is wrong.
export async function ask(path) {
  const r = await fetch(path);
  if (!r.ok) throw new Error(await r.text());
  return r.json();
}

// act asks for an action and calls each with every line of the answer. A second
// act with the same name ends the first.
const going = new Map();
export async function act(name, path, body, each) {
  going.get(name)?.abort();
  const control = new AbortController();
  going.set(name, control);
  try {
    const r = await fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' }, signal: control.signal });
    if (!r.ok) throw new Error((await r.text()).trim());
    const reader = r.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop();
      for (const line of lines) each(JSON.parse(line));
    }
  } catch (err) {
    if (err.name !== 'AbortError') throw err;
  } finally {
    if (going.get(name) === control) going.delete(name);
  }
}

// Bytes travel as base64.
export function toBytes(text) {
  const s = atob(text), b = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) b[i] = s.charCodeAt(i);
  return b;
}
export function fromBytes(b) {
  let s = '';
  for (const v of b) s += String.fromCharCode(v);
  return btoa(s);
}
