/** One run-through of an experiment: the guess, its runs in workers of their own, and the results. */

import { endWorker } from '../client/end-worker.js';
import { startExperimentWorker } from '../client/experiment-client.js';
import { DEFAULT_SET, isHosted } from '../model/data-sets.js';
import { valuesByGroup, verdictOn } from '../experiments/claims.js';

/** @typedef {import('../client/experiment-client.js').WorkerLike} WorkerLike */
/** @typedef {import('../experiments/claims.js').Values} Values */
/** @typedef {import('../experiments/form.js').Experiment} Experiment */
/** @typedef {import('../experiments/results.js').Results} Results */
/** @typedef {import('../model/spec.js').OwnName} OwnName */
/** @typedef {import('../own/storage.js').OwnRecord} OwnRecord */

/** @typedef {{ step: number, loss: number, accuracy: number }} Validation */
/** The weights of the first layer after a step. @typedef {{ step: number, weights: ArrayLike<number> }} FilterFrame */
/** The weights after a step. @typedef {{ step: number, bytes: Uint8Array }} Stop */
/** Of each layer before the first step: root mean squares of its output and of the gradient with respect to it. @typedef {{ activations: number[], gradients: number[], firstWeights: number }} LayerSizes */

/**
 * `losses` and `accuracies` of all steps so far; `validations`, `sizes` and `filters` where the experiment wants them;
 * `values`, `dreams` and `stops` when it has ended; `problem`: why it could not be made.
 * @typedef {{
 *   name: string, steps: number, losses: number[], accuracies: number[], validations: Validation[],
 *   sizes: LayerSizes | null, filters: FilterFrame[], values: Values[string] | null,
 *   dreams: ArrayLike<number> | null, stops: Stop[], problem: string | null,
 * }} RunState
 */

/**
 * What a worker reports of the run with this index.
 * @typedef {{ index: number } & (
 *   | { type: 'progress', progress: Pick<RunState, 'losses' | 'accuracies' | 'validations'> & { sizes?: LayerSizes, filters?: FilterFrame } }
 *   | { type: 'made', result: Pick<RunState, 'values' | 'dreams' | 'stops'> }
 *   | { type: 'failed', message: string }
 * )} ExperimentEvent
 */

/** Each takes some 60 MB, most of it for the images. */
const MOST_WORKERS = 4;

export class ExperimentRun {
  /** @type {Experiment} */
  experiment;
  /** The option that was chosen before the runs. @type {number | null} */
  guess = $state(null);
  /** @type {'asking' | 'running' | 'ended'} */
  phase = $state('asking');
  /** @type {RunState[]} */
  runs = $state.raw([]);

  /** The runs that were looked into, as the page knows them: their ids, by index. @type {Record<number, string>} */
  opened = $state({});

  #dataUrl;
  #findOwn;
  #ended;
  /** The runs of the last run-through that came to its end. @type {RunState[] | null} */
  #made = null;
  /** Those of them that were looked into. */
  #openedOfMade = this.opened;
  #cores;
  #createWorker;
  /** @type {WorkerLike[]} */
  #workers = [];
  /** @type {number[]} */
  #waiting = [];

  /**
   * @param {Experiment} experiment
   * @param {object} parts
   * @param {string} parts.dataUrl
   * @param {(set: OwnName) => Promise<OwnRecord | null>} [parts.findOwn] finds a set of the visitor's own that a run is made on
   * @param {number} [parts.cores]
   * @param {() => WorkerLike} [parts.createWorker]
   * @param {Results | null} [parts.results] of an earlier run-through
   * @param {(results: Results) => void} [parts.ended] is called with those of each run-through
   */
  constructor(
    experiment,
    {
      dataUrl,
      findOwn = async () => null,
      cores = navigator.hardwareConcurrency || 1,
      createWorker = startExperimentWorker,
      results = null,
      ended = () => {},
    },
  ) {
    this.experiment = experiment;
    this.#dataUrl = dataUrl;
    this.#findOwn = findOwn;
    this.#cores = cores;
    this.#createWorker = createWorker;
    this.#ended = ended;
    this.runs = experiment.runs.map(({ name, steps }) => waitingRun(name, steps));
    if (!results) return;
    this.guess = results.guess;
    this.runs = results.runs.map((run) => ({ ...run, stops: [] }));
    this.#made = this.runs;
    this.phase = 'ended';
  }

  /** Whether the guess agrees with what came out; null before that. */
  get right() {
    return this.phase === 'ended' ? this.guess === this.experiment.guess.right : null;
  }

  /** What has been measured of each run or, of those that differ in their seed, the mean. */
  get values() {
    return valuesByGroup(
      this.experiment.runs,
      this.runs.map(({ values }) => values),
    );
  }

  /** The verdict on each claim; null until all runs have ended. */
  get verdicts() {
    if (this.phase !== 'ended') return null;
    const { values } = this;
    return this.experiment.claims.map((claim) => ({ claim, ...verdictOn(claim, values) }));
  }

  /** Makes all runs, once more if they have been made. */
  start() {
    this.stop();
    this.runs = this.experiment.runs.map(({ name, steps }) => waitingRun(name, steps));
    this.#openedOfMade = this.opened;
    this.opened = {};
    this.phase = 'running';
    this.#waiting = this.runs.map((_, index) => index);
    const count = Math.min(this.#cores, MOST_WORKERS, this.runs.length);
    for (let worker = 0; worker < count; worker += 1) this.#startWorker();
  }

  /** Stops the unfinished runs; the finished ones stay, and so do the results of an earlier run-through. */
  stop() {
    for (const worker of this.#workers) endWorker(worker);
    this.#workers = [];
    this.#waiting = [];
    if (this.phase !== 'running') return;
    this.phase = this.#made ? 'ended' : 'asking';
    if (!this.#made) return;
    this.runs = this.#made;
    this.opened = this.#openedOfMade;
  }

  #startWorker() {
    const worker = this.#createWorker();
    /** @type {number | undefined} */
    let making;
    const next = () => {
      making = this.#waiting.shift();
      if (making !== undefined) this.#request(worker, making);
      else this.#endWorker(worker);
    };
    worker.onmessage = ({ data }) => {
      if (this.#receive(data)) next();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (making !== undefined)
        this.#change(making, { problem: 'This run stopped unexpectedly. Run the experiment again.' });
      this.#endWorker(worker);
      if (this.#waiting.length > 0) this.#startWorker();
    };
    this.#workers.push(worker);
    next();
  }

  /** @param {WorkerLike} worker @param {number} index */
  async #request(worker, index) {
    const { runs, measures, picture, chart, layers } = $state.snapshot(this.experiment);
    const wanted = { measures, picture, chart, layers };
    const set = runs[index]?.spec.data.set ?? DEFAULT_SET;
    const post = (/** @type {OwnRecord | null} */ own) =>
      worker.postMessage({ dataUrl: this.#dataUrl, index, run: runs[index], wanted, own });
    if (isHosted(set)) return post(null);
    const own = await this.#findOwn(set);
    if (this.#workers.includes(worker)) post(own);
  }

  /** @param {ExperimentEvent} event @returns {boolean} whether its run has ended */
  #receive(event) {
    const run = this.runs[event.index];
    if (!run) return false;
    if (event.type === 'progress') {
      const { losses, accuracies, validations, sizes = run.sizes, filters = [] } = event.progress;
      this.#change(event.index, {
        losses: [...run.losses, ...losses],
        accuracies: [...run.accuracies, ...accuracies],
        validations: [...run.validations, ...validations],
        ...{ sizes, filters: run.filters.concat(filters) },
      });
      return false;
    }
    this.#change(event.index, event.type === 'made' ? event.result : { problem: event.message });
    return true;
  }

  /** @param {WorkerLike} worker */
  #endWorker(worker) {
    endWorker(worker);
    this.#workers = this.#workers.filter((other) => other !== worker);
    if (this.#workers.length > 0 || this.#waiting.length > 0) return;
    this.phase = 'ended';
    this.#made = this.runs;
    // What could not run has no result to keep.
    const isWhole = this.runs.every(({ problem }) => problem === null);
    if (this.guess !== null && isWhole) this.#ended({ guess: this.guess, runs: this.runs });
  }

  /** @param {number} index @param {Partial<RunState>} change */
  #change(index, change) {
    this.runs = this.runs.map((run, at) => (at === index ? { ...run, ...change } : run));
  }
}

/** @param {string} name @param {number} steps @returns {RunState} */
function waitingRun(name, steps) {
  const measured = { losses: [], accuracies: [], validations: [], sizes: null, filters: [] };
  return { name, steps, ...measured, values: null, dreams: null, stops: [], problem: null };
}
