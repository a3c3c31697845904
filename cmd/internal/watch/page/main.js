// The page: asks for the state of the runs, and shows what has changed.
import { $, ask } from './base.js';
import * as runs from './runs.js';
import * as moment from './moment.js';
import * as playground from './playground.js';

const known = new Map(); // what is known of each run, by its number
let statuses = [], focus = null;
const hidden = new Set();

// shown are the runs that the charts overlay, the one in focus last and on top.
const shown = () => [...known.values()].filter((r) => !hidden.has(r.id)).sort((a, b) => (a.id === focus) - (b.id === focus));

async function poll() {
  try {
    statuses = await ask('api/runs');
    notice(statuses.length ? '' : 'No run yet. It appears here when one begins.');
    for (const s of statuses) {
      const had = known.get(s.id);
      if (had?.version === s.version) { Object.assign(had, s); continue; }
      known.set(s.id, await ask(`api/runs/${s.id}`));
      if (s.id === focus || focus == null) changed = true;
      stale = true;
    }
    if (focus == null && statuses.length) choose(first());
    render();
  } catch (err) {
    notice(err instanceof TypeError ? 'The program that served this page has ended. What it showed last stays; see the run again with targetprop watch.' : err.message);
  }
  setTimeout(poll, document.hidden ? 5000 : 1000);
}
let stale = true, changed = false;

// first is the run to show first: one that trains, or else the latest.
function first() {
  const alive = statuses.find((s) => runs.alive(s));
  return (alive ?? statuses.reduce((a, b) => ((a.now.time ?? '') >= (b.now.time ?? '') ? a : b))).id;
}

function choose(id) {
  focus = id;
  hidden.delete(id);
  stale = changed = true;
  playground.focus(known.get(id));
}

function toggle(id) {
  if (hidden.has(id)) hidden.delete(id); else hidden.add(id);
  stale = true;
  render();
}

function render() {
  runs.cards($('runs'), statuses, { focus, hidden, choose: (id) => { choose(id); render(); }, toggle });
  if (focus == null) return;
  const run = known.get(focus);
  if (stale) {
    runs.charts(shown());
    runs.settings([...known.values()].filter((r) => !hidden.has(r.id)), focus);
    stale = false;
  }
  if (changed) {
    moment.follow(run);
    playground.update(run);
    changed = false;
  }
}

function notice(text) {
  $('notice').textContent = text;
  $('notice').hidden = !text;
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { stale = changed = true; render(); });
poll();
