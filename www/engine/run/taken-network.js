/** The network as it is taken away: a checkpoint, and test images by which it can be checked elsewhere. */

import { shortestDecimals } from '../../lib/shortest-decimal.js';
import { argmax } from '../argmax.js';
import { Refusal } from '../problem.js';
import { withTrace } from '../trace.js';
import { MisclassifiedSearch } from './misclassified-search.js';

/** @typedef {import('../../model/reports.js').TakenNetwork} TakenNetwork */
/** @typedef {import('./commands.js').Commands} Commands */

/** Images that are shown to be classified correctly, each of another class. */
const RIGHT = 2;
/** So many images are tried for them: a network that has learned anything needs few. */
const TRIED = 200;

/** @param {Commands} run @returns {Promise<TakenNetwork>} */
export async function takenNetwork(run) {
  const { session } = run;
  const [, ready = 0] = session.imagesReady();
  if (ready === 0) throw new Refusal('not_ready', 'The test images have not arrived yet. Try again in a moment.');
  const search = new MisclassifiedSearch(session, run.now, -1);
  while (!search.continue()) await run.turn();
  // From here on at once, so that all of it belongs to the same weights, even while training goes on.
  const chosen = rightOnes(session, Math.min(ready, TRIED));
  if (search.found !== null && !chosen.includes(search.found)) chosen.push(search.found);
  const bytes = session.checkpoint();
  return {
    ...shortestDecimals(session.readCheckpoint(bytes)),
    bytes,
    proofs: chosen.map((index) => proofOf(session, index)),
  };
}

/** @param {Commands['session']} session @param {number} end */
function rightOnes(session, end) {
  const found = new Map();
  for (let index = 0; index < end && found.size < RIGHT; index += 1) {
    const label = session.label('test', index);
    const isRight = argmax(session.predict(session.image('test', index))) === label;
    if (isRight && !found.has(label)) found.set(label, index);
  }
  return [...found.values()];
}

/** @param {Commands['session']} session @param {number} index */
function proofOf(session, index) {
  const pixels = session.image('test', index);
  const logits = withTrace(session, pixels, (trace) => trace.logits());
  return { index, label: session.label('test', index), pixels, logits };
}
