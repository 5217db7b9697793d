/** What the page knows of the run and of the experiment being edited. */

import { DEFAULT_PRESET } from '../model/presets.js';

/** Asks the worker. @typedef {import('../client/client.js').Client['ask']} Ask */
/** @typedef {import('../model/data-sets.js').DataSet} DataSet */
/** @typedef {import('../model/reports.js').Costs} Costs */
/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/reports.js').Loading} Loading */
/** @typedef {import('../model/reports.js').Probe} Probe */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').Progress} Progress */
/** @typedef {import('../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */

/** The worker reports all but 'opening' and 'failed', which are the page's own. @typedef {'opening' | 'ready' | 'training' | 'paused' | 'finished' | 'diverged' | 'failed'} Phase */

/** The last step's loss and accuracy, with the run's position. @typedef {Omit<Progress, 'firstStep' | 'losses' | 'accuracies'> & { loss: number, accuracy: number }} Standing */

/** @typedef {{ step: number, layer: number | null, problem: Problem, goBackTo: number | null }} Divergence */

/** `missing` is the data set that cannot be had, `spec` what was to run on it. @typedef {Problem & { missing?: DataSet, spec?: Spec }} Absence */

/** The latest of each split. @typedef {Record<import('../model/reports.js').Split, Evaluation | null>} Evaluations */

/** The answer for what is drawn. @typedef {{ probabilities: Float32Array, pixels: Uint8Array, drawnAt: number }} Prediction */

/** The fields that events and commands change. @typedef {Omit<LabState, 'set'>} State */

/**
 * Anything may read the fields; only `set` writes them, which the types enforce. Specs are replaced as a whole, never
 * changed in place, so that they stay plain data that can be sent.
 */
export class LabState {
  /** @readonly @type {Phase} */
  phase = $state('opening');
  /** The engine's version, once it has loaded. @readonly @type {string | null} */
  version = $state(null);
  /** How much of the data has been loaded; null before the first byte. @readonly @type {Loading | null} */
  loading = $state.raw(null);
  /** Why some data could not be read; `retryData()` tries again. @readonly @type {Problem | null} */
  dataProblem = $state.raw(null);
  /** Why the engine is gone for good; `restart()` starts a new one. @readonly @type {Problem | null} */
  failure = $state.raw(null);
  /** What went wrong and has been fixed, in one sentence; it can be dismissed. @readonly @type {string | null} */
  notice = $state(null);
  /** The data set that the host is asked for; the run under way goes on meanwhile. @readonly @type {DataSet | null} */
  sought = $state(null);
  /** Why the data set that was asked for is not available; it can be dismissed. @readonly @type {Absence | null} */
  absent = $state.raw(null);
  /** Where the loss stopped being a number, in phase 'diverged'. @readonly @type {Divergence | null} */
  divergence = $state.raw(null);

  /** The spec of the run. @readonly @type {Spec} */
  spec = $state.raw(DEFAULT_PRESET.spec);
  /** Its network; null until the engine has built it. @readonly @type {Summary | null} */
  summary = $state.raw(null);
  /** The spec being edited. @readonly @type {Spec} */
  draft = $state.raw(DEFAULT_PRESET.spec);
  /** Why the draft cannot be built. @readonly @type {Problem | null} */
  draftProblem = $state.raw(null);
  /** The draft's network; the last valid one while the draft has a problem. @readonly @type {Summary | null} */
  draftSummary = $state.raw(null);

  /** To how many steps a second training is slowed down; null: full speed. @readonly @type {number | null} */
  pace = $state(null);

  /** The run's position; null before the first step. @readonly @type {Standing | null} */
  progress = $state.raw(null);
  /** @readonly @type {Evaluations} */
  evaluations = $state.raw({ training: null, validation: null, test: null });
  /** What training costs; null until something has been measured. @readonly @type {Costs | null} */
  costs = $state.raw(null);

  /** @readonly @type {Snapshot | null} */
  snapshot = $state.raw(null);
  /** Null while the canvas is empty. @readonly @type {Prediction | null} */
  prediction = $state.raw(null);
  /** How far the network has been taught; of the last teaching. @readonly @type {{ done: number, of: number } | null} */
  teaching = $state.raw(null);
  /** @readonly @type {Probe} */
  probe = $state.raw({ kind: 'test', index: 0 });
  /** The changed image that was tried last, and what was viewed before. @readonly @type {{ probe: Probe, before: Probe } | null} */
  tried = $state.raw(null);

  /** @protected @param {Partial<State>} changes */
  set(changes) {
    Object.assign(this, changes);
  }
}
