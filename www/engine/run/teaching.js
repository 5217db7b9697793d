/** Teaches the network examples of the visitor's own, in slices between which the page is answered. */

import { argmax } from '../argmax.js';
import { Refusal, refusalOf } from '../problem.js';

/** @typedef {import('../protocol.js').Ask<'teach'>} Ask */
/** @typedef {import('../../model/reports.js').Taught} Taught */
/** @typedef {import('./commands.js').Commands} Commands */
/** @typedef {import('../session.js').Session} Session */

/** How long one slice may take: drawings can wait a little, and each slice is followed by pictures. */
const SLICE_MS = 40;

/**
 * @param {Commands} run
 * @param {Ask} examples
 * @returns {Promise<Taught>}
 */
export async function teach(run, examples) {
  const { session, loop, reporting, emit } = run;
  session.beginTeaching(examples.pixels, examples.labels);
  const { step } = session.position();
  const before = read(session, examples);
  loop.taught(false);
  reporting.provenance.taught();
  emit({ type: 'taught', step, examples: examples.labels.length });
  try {
    await learn(run);
  } catch (error) {
    // The engine has taken the weights from before, unless the run has gone on with what it had learnt.
    if (refusalOf(error)?.code === 'not_finite') untaught(run);
    throw error;
  }
  loop.taught(true);
  return { step, before, after: read(session, examples), of: examples.labels.length };
}

/** @param {Commands} run */
async function learn(run) {
  const { session, reporting, emit, now } = run;
  let left = Infinity;
  let of = 0;
  while (left > 0) {
    const start = now();
    const before = left;
    do left = session.continueTeaching(1);
    while (left > 0 && now() - start < SLICE_MS);
    if (before === Infinity) of = left + 1;
    emit({ type: 'teaching', done: of - left, of });
    reporting.taught();
    run.loop.wake();
    await run.turn();
    if (left > 0 && run.loop.stepping) throw new Refusal('not_ready', 'Training went on before the teaching was over.');
  }
}

/** @param {Commands} run @returns {null} */
export function undoTeaching(run) {
  run.session.undoTeaching();
  untaught(run);
  return null;
}

/** The network has the weights from before. @param {Commands} run */
function untaught({ session, loop, reporting, emit }) {
  reporting.provenance.untaught();
  emit({ type: 'untaught', step: session.position().step });
  loop.taught(true);
}

/** How many of the examples the network reads. @param {Session} session @param {Ask} examples */
function read(session, { pixels, labels }) {
  const size = pixels.length / labels.length;
  return labels.reduce((count, label, index) => {
    const image = pixels.subarray(index * size, (index + 1) * size);
    return count + (argmax(session.predict(image)) === label ? 1 : 0);
  }, 0);
}
