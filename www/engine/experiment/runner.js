/** Makes one run of an experiment on an engine, from its start to its measures. */

import { nameOf } from '../run/gradient-check.js';
import { isKeptStep } from '../../model/kept-steps.js';
import { answersTo, asks, dreamsOf } from './asked.js';
import { layerSizes } from './layer-sizes.js';
import { checkError, evaluate, MEASURED, smoothness } from './measures.js';

/** @typedef {import('../../../pkg/convscope_inquiry.js').Inquiry} Inquiry */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../session.js').StepResult} StepResult */
/** @typedef {import('../../experiments/form.js').PlannedRun} PlannedRun */
/** @typedef {import('../../experiments/measures.js').Measure} Measure */
/** @typedef {import('../../experiments/reports.js').RunProgress} RunProgress */
/** @typedef {import('../../experiments/reports.js').RunResult} RunResult */
/** @typedef {import('../../experiments/reports.js').Validation} Validation */
/** @typedef {import('../../experiments/reports.js').Wanted} Wanted */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/** Steps between two reports; those that are kept are among them. */
const STEPS_AT_ONCE = 10;
/** Times in a run that the validation images are evaluated, where they are drawn. */
const VALIDATIONS = 16;

/**
 * @param {Session} session
 * @param {PlannedRun} run
 * @param {Wanted} wanted
 * @param {object} around
 * @param {number} around.block images in which the engine computes
 * @param {(progress: RunProgress) => void} around.report
 * @param {(checkpoint: Uint8Array) => Promise<Inquiry>} around.inquire asks the network of a checkpoint
 * @param {() => Promise<boolean>} around.pause lets others run, and returns whether to go on
 * @returns {Promise<RunResult | null>} null if it was not to go on
 */
export async function makeRun(session, run, wanted, { block, report, inquire, pause }) {
  const summary = session.start(run.spec);
  nudge(session, run);
  const start = measuredAtStart(session, summary, wanted, block);
  const first = { ...(start.sizes && { sizes: start.sizes }), ...filtersAt(0, session, wanted) };
  if (Object.keys(first).length > 0) report({ step: 0, losses: [], accuracies: [], validations: [], ...first });
  /** @type {StepResult[]} */
  const made = [];
  const stops = [{ step: 0, bytes: session.checkpoint() }];
  const isDue = validationsDue(run.steps, wanted);
  while (made.length < run.steps && !session.diverged()) {
    const results = takeSteps(session, Math.min(STEPS_AT_ONCE, run.steps - made.length));
    made.push(...results);
    const step = made.length;
    const diverged = session.diverged() !== undefined;
    const isKept = isKeptStep(step) || step === run.steps || diverged;
    if (isKept) stops.push({ step, bytes: session.checkpoint() });
    const validations = !diverged && isDue(step) ? [validation(session, step)] : [];
    report({ step, ...columns(results), validations, ...(isKept && filtersAt(step, session, wanted)) });
    if (!(await pause())) return null;
  }
  const ended = { session, summary, ...columns(made), diverged: session.diverged() !== undefined, start };
  const plain = wanted.measures.filter((measure) => Object.hasOwn(MEASURED, measure));
  const values = plain.map((measure) => [measure, MEASURED[/** @type {keyof typeof MEASURED} */ (measure)](ended)]);
  const asked = asks(wanted) ? await answers({ session, summary, wanted, inquire }) : { values: {}, dreams: null };
  return { values: { ...Object.fromEntries(values), ...asked.values }, dreams: asked.dreams, stops };
}

/**
 * What the trained network is asked for, in the module for it.
 * @param {{ session: Session, summary: Summary, wanted: Wanted, inquire: (checkpoint: Uint8Array) => Promise<Inquiry> }} of
 */
async function answers({ session, summary, wanted, inquire }) {
  const inquiry = await inquire(session.checkpoint());
  try {
    const asked = { inquiry, session, summary };
    const dreams = wanted.picture === 'dreams' ? dreamsOf(asked).pixels : null;
    return { values: answersTo(asked, wanted.measures), dreams };
  } finally {
    inquiry.free();
  }
}

/** Sets the weights that are set by hand. @param {Session} session @param {PlannedRun} run */
function nudge(session, { nudges }) {
  for (const { place, value } of nudges) {
    const values = session.parameter(nameOf(place));
    values[place.index] = value;
    session.setParameter(nameOf(place), values);
  }
}

/** Those of the first layer, where they are drawn. @param {number} step @param {Session} session @param {Wanted} wanted */
const filtersAt = (step, session, { picture }) =>
  picture === 'filters' ? { filters: { step, weights: session.parameter('0.weight') } } : {};

/**
 * What can only be measured before the first step. Mistakes made on purpose show at once; later the network may have
 * diverged because of them.
 * @param {Session} session
 * @param {Summary} summary
 * @param {Wanted} wanted
 * @param {number} block
 */
function measuredAtStart(session, summary, { measures, layers }, block) {
  const needsSizes = layers || measures.some((measure) => measure === 'startLogits' || measure === 'startGradient');
  return {
    smoothness: smoothness(session, summary),
    checkError: measures.includes('checkError') ? checkError(session, summary, ['weight']) : 0,
    sizes: needsSizes ? layerSizes(session, summary, block) : null,
  };
}

/** After which steps the validation images are evaluated: evenly, and at the end. @param {number} steps @param {Wanted} wanted */
function validationsDue(steps, { chart }) {
  const interval = Math.ceil(steps / VALIDATIONS);
  let last = 0;
  return (/** @type {number} */ step) => {
    const due = chart === 'accuracy' && (step >= last + interval || step === steps);
    if (due) last = step;
    return due;
  };
}

/** @param {Session} session @param {number} step @returns {Validation} */
function validation(session, step) {
  const { loss, accuracy } = evaluate(session, 'validation');
  return { step, loss, accuracy };
}

/** @param {Session} session @param {number} count @returns {StepResult[]} fewer if the loss is no longer a number */
function takeSteps(session, count) {
  /** @type {StepResult[]} */
  const results = [];
  while (results.length < count) {
    session.compute(0, session.beginStep());
    const result = session.finishStep();
    if (!result) break;
    results.push(result);
  }
  return results;
}

/** @param {StepResult[]} results */
const columns = (results) => ({
  losses: results.map(({ loss }) => loss),
  accuracies: results.map(({ accuracy }) => accuracy),
});
