/** What each event changes in the lab's state. Pure: it reads only the state and the event. */

import { DEFAULT_SET, isHosted, setOf, withSet } from '../model/data-sets.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { needsRestart } from './draft.js';

/** @typedef {import('./built.js').Beginning} Beginning */
/** @typedef {import('./built.js').LabEvent} LabEvent */
/** @typedef {import('./lab-state.svelte.js').Standing} Standing */
/** @typedef {import('./lab-state.svelte.js').State} State */
/** @typedef {import('../model/spec.js').Spec} Spec */

/** The position of a run until its worker has reported one. @type {Omit<Standing, 'loss' | 'accuracy'>} */
const NOWHERE = {
  ...{ step: 0, epoch: 0, stepsPerEpoch: 1, totalSteps: 1, imagesPerSecond: 0, elapsed: 0, remaining: null },
  ...{ learningRate: 0, workers: 1 },
};

/** @type {State['evaluations']} */
const NOT_EVALUATED = { training: null, validation: null, test: null };

/**
 * @param {State} state
 * @param {LabEvent} event
 * @returns {Partial<State>}
 */
export function applyEvent(state, event) {
  switch (event.type) {
    case 'opened':
      return { version: event.version };
    case 'loading':
      return { loading: event.loading, ...(event.loading.done && { dataProblem: null }) };
    case 'dataFailed':
      return { dataProblem: event.problem };
    case 'begun':
    case 'entered':
    case 'recovered':
      return begin(state, event);
    case 'phase':
      return { phase: event.phase };
    case 'seeking':
      return { sought: event.set };
    case 'rejected':
      return reject(state, event);
    case 'configured':
      return { spec: { ...state.spec, training: event.training } };
    case 'progress':
      return { progress: standing(state.progress, event.progress) };
    case 'costs':
      return { costs: event.costs };
    case 'evaluated':
      return { evaluations: { ...state.evaluations, [event.evaluation.split]: event.evaluation } };
    case 'prediction':
      return predicted(state, event);
    case 'teaching':
      return { teaching: { done: event.done, of: event.of } };
    case 'snapshot':
      return { snapshot: event.snapshot };
    case 'diverged': {
      const { step, layer, problem, goBackTo } = event;
      return { divergence: { step, layer, problem, goBackTo } };
    }
    case 'wentBack':
      return { divergence: null, evaluations: upTo(state.evaluations, event.step) };
    case 'recovering': {
      const step = event.step.toLocaleString('en');
      return { phase: 'opening', notice: `${event.problem.message} It was restarted from step ${step}.` };
    }
    case 'lost':
      return { phase: 'failed', sought: null, failure: event.problem };
    default:
      // Events for the other stores.
      return {};
  }
}

/**
 * What to send to the worker after an event.
 * @param {State} state after the event
 * @param {LabEvent} event
 * @returns {{ restart?: Spec, probe?: boolean }} a spec to restart with; whether to send the probe once more
 */
export function replyTo({ draft, probe, summary }, event) {
  // A first spec that cannot be built, from a link perhaps, must not leave the page without a network.
  if (event.type === 'rejected' && event.command === 'open') {
    return { restart: event.problem.code === 'no_data' ? inPlaceOf(draft, DEFAULT_SET) : DEFAULT_PRESET.spec };
  }
  // Nor must its network on the default data set, if it does not fit those images.
  if (event.type === 'rejected' && event.command === 'restart' && !summary) return { restart: DEFAULT_PRESET.spec };
  if (event.type === 'recovering') return { probe: true };
  // The weights have changed, and with them the answer to a drawing.
  if (event.type === 'entered') return { probe: probe.kind === 'drawing' };
  return {};
}

/**
 * @param {State} state
 * @param {Beginning} event
 * @returns {Partial<State>}
 */
function begin(state, event) {
  const { spec, summary, step } = event;
  const otherData = spec.data.set !== state.spec.data.set;
  const another = event.type === 'entered' && event.another;
  const draftRuns = another || !needsRestart({ draft: state.draft, spec });
  return {
    ...{ spec, summary, sought: null, divergence: null, probe: probeOn(state.probe, spec.data.set) },
    // The first network stands in for one whose data set is missing.
    ...(state.summary && { absent: null }),
    ...(otherData && { dataProblem: null }),
    ...(draftRuns && { draftSummary: summary, draftProblem: null }),
    ...(event.type === 'entered' && entered(state, event)),
    ...(event.type === 'recovered' && { evaluations: upTo(state.evaluations, step) }),
    ...(event.type === 'begun' && { progress: null, evaluations: NOT_EVALUATED }),
    ...((another || event.type === 'begun') && { snapshot: null, costs: null }),
  };
}

/**
 * What is viewed, where the set has such an image; else its first test image.
 * @param {State['probe']} probe
 * @param {import('../model/data-sets.js').DataSet} set
 * @returns {State['probe']}
 */
function probeOn(probe, set) {
  const { form, sizes } = setOf(set);
  const pixels = form.channels * form.rows * form.columns;
  const fits = probe.kind === 'drawing' ? (probe.pixels?.length ?? pixels) === pixels : probe.index < sizes[probe.kind];
  if (fits) return probe;
  // A drawing is made again in the size of the set; a picture cannot be.
  return probe.kind === 'drawing' && form.channels === 1
    ? { kind: 'drawing', pixels: null }
    : { kind: 'test', index: 0 };
}

/**
 * @param {State} state
 * @param {Extract<Beginning, { type: 'entered' }>} event
 * @returns {Partial<State>}
 */
function entered({ draft, progress }, { spec, another, evaluations, trained }) {
  return {
    draft: another ? spec : { ...draft, training: spec.training },
    progress: trained && { ...(progress ?? NOWHERE), ...trained },
    evaluations,
  };
}

/**
 * What runs on another set than the one that is missing. Epochs that a small set asked for are too many for it.
 * @param {Spec} spec
 * @param {import('../model/data-sets.js').DataSet} set
 * @returns {Spec}
 */
function inPlaceOf(spec, set) {
  const { training, ...rest } = withSet(spec, set);
  const most = isHosted(spec.data.set) ? training.epochs : DEFAULT_PRESET.spec.training.epochs;
  return { ...rest, training: { ...training, epochs: Math.min(training.epochs, most) } };
}

/**
 * @param {State} state
 * @param {Extract<LabEvent, { type: 'rejected' }>} event
 * @returns {Partial<State>}
 */
function reject({ draft, spec }, { command, problem, missing }) {
  if (command === 'configure') return { draftProblem: problem };
  // A step was refused, and the run has been paused.
  if (command === 'train') return { notice: problem.message };
  const absent = problem.code === 'no_data' ? { ...problem, ...(missing && { missing }) } : null;
  if (command === 'restore') {
    return { sought: null, draftProblem: null, ...(absent ? { absent } : { notice: problem.message }) };
  }
  // Of a link the page says more, unless there is a file to open.
  const isOwn = missing !== undefined && !isHosted(missing);
  if (absent && (command === 'restart' || isOwn)) {
    const set = command === 'restart' ? spec.data.set : DEFAULT_SET;
    const wanted = { ...absent, ...(isOwn && { spec: draft }) };
    return { sought: null, draftProblem: null, absent: wanted, draft: inPlaceOf(draft, set) };
  }
  return { sought: null, draftProblem: problem };
}

/**
 * @param {Standing | null} before
 * @param {import('../model/reports.js').Progress} progress
 * @returns {Standing}
 */
function standing(before, { firstStep, losses, accuracies, ...position }) {
  void firstStep;
  return {
    ...position,
    loss: losses.at(-1) ?? before?.loss ?? NaN,
    accuracy: accuracies.at(-1) ?? before?.accuracy ?? NaN,
  };
}

/**
 * An answer that arrives after the canvas was cleared is dropped.
 * @param {State} state
 * @param {Extract<LabEvent, { type: 'prediction' }>} event
 * @returns {Partial<State>}
 */
function predicted({ probe }, { probabilities, pixels, drawnAt }) {
  const drawing = probe.kind === 'drawing' && probe.pixels !== null;
  return { prediction: drawing && probabilities && pixels ? { probabilities, pixels, drawnAt } : null };
}

/**
 * @param {State['evaluations']} evaluations
 * @param {number} step
 * @returns {State['evaluations']} those made up to the step
 */
function upTo({ training, validation, test }, step) {
  const kept = (/** @type {import('../model/reports.js').Evaluation | null} */ one) =>
    one && one.step <= step ? one : null;
  return { training: kept(training), validation: kept(validation), test: kept(test) };
}
