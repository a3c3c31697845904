// The playground: what can be done with the model of the run in focus.
import { $, el, act } from './base.js';
import * as sheet from './sheet.js';
import { board } from './board.js';
import { sampling, walking, units } from './latent.js';

let run = null, shown = null;

// focus forgets the model of another run.
export function focus(next) {
  if (run?.id !== next?.id) shown = null;
}

// update shows the playground of a run, or takes up its new model.
export async function update(next) {
  run = next;
  const place = $('playground');
  if (!run?.model) { place.hidden = true; shown = null; return; }
  // A checkpoint is large, and one that trains is not to read it after each epoch:
  // it is read anew when somebody plays.
  const from = run.model === 'model' ? 'the finished model' : 'the last checkpoint of the run';
  const key = JSON.stringify([run.id, run.run?.sizes, run.model === 'model' || run.frames.length > 0]);
  if (shown === key) { $('from').textContent = from; return; }
  let model = null;
  const path = `api/runs/${run.id}/`;
  try {
    await act('model', path + 'model', {}, (r) => { model = r.model; });
  } catch (err) {
    place.replaceChildren(el('h2', { text: 'Playground' }), el('p', { text: err.message }));
    place.hidden = false;
    return;
  }
  if (!model) return;
  shown = key;
  const probes = run.run?.probes ? (await sheet.read(run.run.probes)).images : [];
  const ask = (name, body, each) => act(name, path + name.split(' ')[0], body, each);
  const all = { model, probes, ask };
  const cards = model.generative ? [board(all), model.samples ? sampling(all) : null, walking(all), units(all)] : [board(all)];
  place.replaceChildren(el('h2', {}, 'Playground', el('small', { id: 'from', text: from })), el('div', { class: 'play' }, ...cards));
  place.hidden = false;
}
