/** What each event changes in the lab. */

import { DEFAULT_SET, withSet } from '../model/data-sets.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { Curves } from '../model/curves.js';
import { describeChanges } from '../model/settings.js';

/** @typedef {import('../client/client.js').ClientEvent} ClientEvent */
/** @typedef {import('./lab.svelte.js').Lab} Lab */

/**
 * @param {Lab} lab
 * @param {ClientEvent} event
 */
export function mirror(lab, event) {
  switch (event.type) {
    case 'opened':
      lab.version = event.version;
      break;
    case 'loading':
      lab.loading = event.loading;
      if (event.loading.done) lab.dataProblem = null;
      break;
    case 'dataFailed':
      lab.dataProblem = event.problem;
      break;
    case 'built':
      built(lab, event);
      break;
    case 'seeking':
      lab.sought = event.set;
      break;
    case 'rejected':
      rejected(lab, event);
      break;
    case 'training':
      lab.phase = 'training';
      break;
    case 'paused':
      lab.phase = event.reason === 'finished' ? 'finished' : 'paused';
      break;
    case 'configured':
      configured(lab, event);
      break;
    case 'progress':
      progressed(lab, event.progress);
      break;
    case 'costs':
      lab.costs = event.costs;
      break;
    case 'evaluated':
      evaluated(lab, event.evaluation);
      break;
    case 'prediction':
      predicted(lab, event);
      break;
    case 'snapshot':
      lab.snapshot = event.snapshot;
      break;
    case 'diverged':
      lab.phase = 'diverged';
      lab.divergence = { step: event.step, layer: event.layer, problem: event.problem, goBackTo: event.goBackTo };
      break;
    case 'wentBack':
      lab.phase = 'paused';
      lab.divergence = null;
      forgetAfter(lab, event.step);
      break;
    case 'flow':
      lab.glass.flowed(event.readings);
      break;
    case 'histograms':
      lab.glass.sorted(event.histograms);
      break;
    case 'census':
      lab.glass.counted(event.census);
      break;
    case 'peaks':
      lab.glass.peaks = event.peaks;
      break;
    case 'map':
      lab.glass.map = event.map;
      break;
    case 'weightSet':
      lab.glass.weightSet(event);
      break;
    case 'weightRefused':
      lab.glass.weightRefused(event.problem);
      break;
    case 'checkpoint':
      break;
    case 'recovering':
      lab.phase = 'opening';
      lab.notice = `${event.problem.message} It was started again from step ${event.step.toLocaleString('en')}.`;
      lab.lookAt(lab.probe);
      break;
    case 'lost':
      lab.phase = 'failed';
      lab.sought = null;
      lab.failure = event.problem;
      break;
    default:
      /** @satisfies {never} */ (event);
  }
}

/**
 * @param {Lab} lab
 * @param {Extract<ClientEvent, { type: 'rejected' }>} event
 */
function rejected(lab, { command, problem }) {
  if (command !== 'configure') lab.sought = null;
  lab.draftProblem = problem;
  if (command === 'restore') [lab.draftProblem, lab.notice] = [null, problem.message];
  if (command === 'restart' && problem.code === 'no_data') {
    [lab.draftProblem, lab.absent] = [null, problem];
    lab.draft = withSet(lab.draft, lab.spec.data.set);
  }
  // A first spec that cannot be built, from a link perhaps, must not leave the page without a network.
  if (command === 'open')
    lab.fallBack(problem.code === 'no_data' ? withSet(lab.draft, DEFAULT_SET) : DEFAULT_PRESET.spec);
}

/**
 * @param {Lab} lab
 * @param {Extract<ClientEvent, { type: 'built' }>} event
 */
function built(lab, { spec, summary, step, run }) {
  const otherData = spec.data.set !== lab.spec.data.set;
  lab.spec = spec;
  if (otherData) {
    lab.digits.clear();
    lab.dataProblem = null;
  }
  [lab.sought, lab.absent] = [null, null];
  lab.summary = summary;
  lab.divergence = null;
  lab.phase = step === 0 ? 'ready' : 'paused';
  if (!lab.draftChanged) {
    lab.draftSummary = summary;
    lab.draftProblem = null;
  }
  const { current, at } = lab.runs;
  if (run !== null) {
    // The curves of a run that was restored are known; what was measured of another is not its own.
    lab.glass.forgetAfter(current?.id === run ? step : 0);
    return;
  }
  // The worker died while the run stood at an earlier step: it stands there still, and stays whole.
  if (step > 0 && at === step) return;
  if (step === 0) {
    lab.curves = new Curves();
    lab.progress = null;
    lab.snapshot = null;
    lab.costs = null;
  }
  forgetAfter(lab, step);
}

/**
 * @param {Lab} lab
 * @param {Extract<ClientEvent, { type: 'configured' }>} event
 */
function configured(lab, { training, step }) {
  const spec = { ...lab.spec, training };
  const label = describeChanges(lab.spec, spec);
  lab.spec = spec;
  if (!label || step === 0) return;
  lab.curves.mark(step, label);
  lab.curvesVersion += 1;
}

/**
 * @param {Lab} lab
 * @param {import('../model/reports.js').Progress} progress
 */
function progressed(lab, { firstStep, losses, accuracies, ...standing }) {
  losses.forEach((loss, i) => lab.curves.train.add(firstStep + i, loss, Number(accuracies[i])));
  const last = { loss: losses.at(-1), accuracy: accuracies.at(-1) };
  lab.progress = {
    ...standing,
    loss: last.loss ?? lab.progress?.loss ?? NaN,
    accuracy: last.accuracy ?? lab.progress?.accuracy ?? NaN,
  };
  const moreToCome = standing.step < standing.totalSteps;
  // A single step was made, or more epochs were asked for after the last one.
  if ((lab.phase === 'ready' && standing.step > 0) || (lab.phase === 'finished' && moreToCome)) lab.phase = 'paused';
  lab.curvesVersion += 1;
}

/**
 * @param {Lab} lab
 * @param {import('../model/reports.js').Evaluation} evaluation
 */
function evaluated(lab, evaluation) {
  const { split, step, loss, accuracy } = evaluation;
  if (split === 'training') return;
  lab.evaluations = { ...lab.evaluations, [split]: evaluation };
  // The curves of a run that was gone back in are whole.
  if (lab.runs.at !== null) return;
  lab.curves[split].truncate(step - 1);
  lab.curves[split].add(step, loss, accuracy);
  lab.curvesVersion += 1;
}

/**
 * An answer that comes after the canvas was cleared is dropped.
 * @param {Lab} lab
 * @param {Extract<ClientEvent, { type: 'prediction' }>} event
 */
function predicted(lab, { probabilities, pixels, drawnAt }) {
  const drawing = lab.probe.kind === 'drawing' && lab.probe.pixels !== null;
  lab.prediction = drawing && probabilities && pixels ? { probabilities, pixels, drawnAt } : null;
}

/**
 * @param {Lab} lab
 * @param {number} step
 */
function forgetAfter(lab, step) {
  lab.curves.truncate(step);
  lab.glass.forgetAfter(step);
  const kept = (/** @type {import('../model/reports.js').Evaluation | null} */ evaluation) =>
    evaluation && evaluation.step <= step ? evaluation : null;
  const { validation, test } = lab.evaluations;
  lab.evaluations = { validation: step === 0 ? null : kept(validation), test: step === 0 ? null : kept(test) };
  lab.curvesVersion += 1;
}
