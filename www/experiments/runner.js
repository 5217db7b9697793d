/** Makes one run of an experiment on an engine, from its start to its measures. */

import { nameOf } from '../worker/gradient-check.js';
import { checkError, measured, smoothness } from './measures.js';

/** @typedef {import('../worker/session.js').Session} Session */
/** @typedef {import('./form.js').PlannedRun} PlannedRun */
/** @typedef {import('./measures.js').Measure} Measure */

/** What has been made of a run since it was told last. @typedef {{ step: number, losses: number[], accuracies: number[] }} Progress */

/** @typedef {{ values: Partial<Record<Measure, number>>, checkpoint: Uint8Array }} Result */

/** Steps between two looks around. */
const STEPS_AT_ONCE = 10;

/**
 * @param {Session} session
 * @param {PlannedRun} run
 * @param {Measure[]} measures
 * @param {{ told: (progress: Progress) => void, pause: () => Promise<boolean> }} around `pause` lets others run, and
 *   says whether to go on
 * @returns {Promise<Result | null>} null if it was not to go on
 */
export async function makeRun(session, { spec, steps, nudges }, measures, { told, pause }) {
  const summary = session.start(spec);
  for (const { place, value } of nudges) {
    const values = session.parameter(nameOf(place));
    values[place.index] = value;
    session.setParameter(nameOf(place), values);
  }
  const start = { smoothness: smoothness(session, summary), checkError: startError(session, measures) };
  /** @type {{ losses: number[], accuracies: number[] }} */
  const all = { losses: [], accuracies: [] };
  while (all.losses.length < steps && !session.diverged()) {
    const progress = takeSteps(session, Math.min(STEPS_AT_ONCE, steps - all.losses.length));
    all.losses.push(...progress.losses);
    all.accuracies.push(...progress.accuracies);
    told({ step: all.losses.length, ...progress });
    if (!(await pause())) return null;
  }
  const ended = { session, summary, ...all, diverged: session.diverged() !== undefined, start };
  const values = Object.fromEntries(measures.map((measure) => [measure, measured(measure, ended)]));
  return { values, checkpoint: session.checkpoint() };
}

/** Mistakes show at once; later the network may have died of them. @param {Session} session @param {Measure[]} measures */
function startError(session, measures) {
  return measures.includes('checkError') ? checkError(session, ['weight']) : 0;
}

/** @param {Session} session @param {number} count */
function takeSteps(session, count) {
  const [losses, accuracies] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let step = 0; step < count; step++) {
    session.compute(0, session.beginStep());
    const [loss, accuracy] = session.finishStep();
    if (loss === undefined || accuracy === undefined) break;
    losses.push(loss);
    accuracies.push(accuracy);
  }
  return { losses, accuracies };
}
