/** Makes one run of an experiment on an engine, from its start to its measures. */

import { nameOf } from '../run/gradient-check.js';
import { isKeptStep } from '../run/kept-steps.js';
import { layerSizes } from './layer-sizes.js';
import { checkError, evaluate, measured, smoothness } from '../../experiments/measures.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../experiments/form.js').PlannedRun} PlannedRun */
/** @typedef {import('./layer-sizes.js').LayerSizes} LayerSizes */
/** @typedef {import('../../experiments/measures.js').Measure} Measure */

/** What the validation images came to at a step. @typedef {{ step: number, loss: number, accuracy: number }} Validation */

/**
 * What has been made of a run since it was told last. `sizes` come before the first step, if they are wanted.
 * @typedef {{
 *   step: number, losses: number[], accuracies: number[], validations: Validation[], sizes?: LayerSizes,
 * }} Progress
 */

/** The weights after a step. @typedef {{ step: number, bytes: Uint8Array }} Stop */

/** What came out, and the weights at the start, at the steps that any run keeps, and at the end. @typedef {{ values: Partial<Record<Measure, number>>, stops: Stop[] }} Result */

/** What is to be found out on the way. @typedef {Pick<import('../../experiments/form.js').Experiment, 'measures' | 'chart' | 'layers'>} Wanted */

/** Steps between two looks around; those that are kept are among them. */
const STEPS_AT_ONCE = 10;
/** Times in a run that the validation images are judged, where they are drawn. */
const VALIDATIONS = 16;

/**
 * @param {Session} session
 * @param {PlannedRun} run
 * @param {Wanted} wanted
 * @param {{ told: (progress: Progress) => void, pause: () => Promise<boolean> }} around `pause` lets others run, and
 *   says whether to go on
 * @returns {Promise<Result | null>} null if it was not to go on
 */
export async function makeRun(session, { spec, steps, nudges }, { measures, chart, layers }, { told, pause }) {
  const summary = session.start(spec);
  for (const { place, value } of nudges) {
    const values = session.parameter(nameOf(place));
    values[place.index] = value;
    session.setParameter(nameOf(place), values);
  }
  const sizes = layers || measures.some(isOfSizes) ? layerSizes(session, summary) : null;
  const start = { smoothness: smoothness(session, summary), checkError: startError(session, measures), sizes };
  if (sizes) told({ step: 0, losses: [], accuracies: [], validations: [], sizes });
  /** @type {{ losses: number[], accuracies: number[] }} */
  const all = { losses: [], accuracies: [] };
  const stops = [{ step: 0, bytes: session.checkpoint() }];
  const interval = chart === 'accuracy' ? Math.ceil(steps / VALIDATIONS) : Infinity;
  let judged = 0;
  while (all.losses.length < steps && !session.diverged()) {
    const progress = takeSteps(session, Math.min(STEPS_AT_ONCE, steps - all.losses.length));
    all.losses.push(...progress.losses);
    all.accuracies.push(...progress.accuracies);
    const step = all.losses.length;
    const due = !session.diverged() && (step >= judged + interval || (interval < Infinity && step === steps));
    if (due) judged = step;
    if (isKeptStep(step) || step === steps || session.diverged()) stops.push({ step, bytes: session.checkpoint() });
    told({ step, ...progress, validations: due ? [validation(session, step)] : [] });
    if (!(await pause())) return null;
  }
  const ended = { session, summary, ...all, diverged: session.diverged() !== undefined, start };
  const values = Object.fromEntries(measures.map((measure) => [measure, measured(measure, ended)]));
  return { values, stops };
}

/** @param {Measure} measure */
const isOfSizes = (measure) => measure === 'startLogits' || measure === 'startGradient';

/** @param {Session} session @param {number} step @returns {Validation} */
function validation(session, step) {
  const { loss, accuracy } = evaluate(session, 'validation');
  return { step, loss, accuracy };
}

/** Mistakes show at once; later the network may have died of them. @param {Session} session @param {Measure[]} measures */
function startError(session, measures) {
  return measures.includes('checkError') ? checkError(session, ['weight']) : 0;
}

/** @param {Session} session @param {number} count @returns {Pick<Progress, 'losses' | 'accuracies'>} */
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
