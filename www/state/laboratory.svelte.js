/** An experiment on its way: the guess, the runs in workers of their own, and what came out. */

import { verdictOn } from '../experiments/claims.js';

/** @typedef {import('../experiments/form.js').Experiment} Experiment */
/** @typedef {import('../engine/experiment/protocol.js').LabEvent} LabEvent */
/** @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>} WorkerLike */

/**
 * `losses` and `accuracies` of all steps so far; `validations` and `sizes` where the experiment wants them; `values` and `stops` when it has ended; `problem`: why it could not be made.
 * @typedef {{
 *   name: string, steps: number, losses: number[], accuracies: number[],
 *   validations: import('../engine/experiment/runner.js').Validation[],
 *   sizes: import('../engine/experiment/layer-sizes.js').LayerSizes | null,
 *   values: import('../engine/experiment/runner.js').Result['values'] | null,
 *   stops: import('../engine/experiment/runner.js').Stop[], problem: string | null,
 * }} RunState
 */

/** Each takes some 60 MB, most of it for the images. */
const MOST_WORKERS = 4;

const startWorker = () =>
  new Worker(new URL('../engine/experiment/experiment.worker.js', import.meta.url), {
    type: 'module',
    name: 'experiment',
  });

export class Laboratory {
  /** @type {Experiment} */
  experiment;
  /** The option that was chosen before the runs. @type {number | null} */
  guess = $state(null);
  /** @type {'asking' | 'running' | 'ended'} */
  phase = $state('asking');
  /** @type {RunState[]} */
  runs = $state.raw([]);

  #dataUrl;
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
   * @param {number} [parts.cores]
   * @param {() => WorkerLike} [parts.createWorker]
   */
  constructor(experiment, { dataUrl, cores = navigator.hardwareConcurrency || 1, createWorker = startWorker }) {
    this.experiment = experiment;
    this.#dataUrl = dataUrl;
    this.#cores = cores;
    this.#createWorker = createWorker;
    this.runs = experiment.runs.map(({ name, steps }) => waitingRun(name, steps));
  }

  /** What came out of each claim; null until all runs have ended. */
  get verdicts() {
    if (this.phase !== 'ended') return null;
    const values = Object.fromEntries(this.runs.map((run) => [run.name, run.values ?? {}]));
    return this.experiment.claims.map((claim) => ({ claim, ...verdictOn(claim, values) }));
  }

  /** Makes all runs, anew if they have been made. */
  start() {
    this.stop();
    this.runs = this.experiment.runs.map(({ name, steps }) => waitingRun(name, steps));
    this.phase = 'running';
    this.#waiting = this.runs.map((_, index) => index);
    const count = Math.min(this.#cores, MOST_WORKERS, this.runs.length);
    for (let worker = 0; worker < count; worker += 1) this.#hire();
  }

  /** Ends runs under way; those that have been made stay. */
  stop() {
    for (const worker of this.#workers) end(worker);
    this.#workers = [];
    this.#waiting = [];
    if (this.phase === 'running') this.phase = 'asking';
  }

  #hire() {
    const worker = this.#createWorker();
    /** @type {number | undefined} */
    let making;
    const next = () => {
      making = this.#waiting.shift();
      if (making !== undefined) this.#ask(worker, making);
      else this.#dismiss(worker);
    };
    worker.onmessage = ({ data }) => {
      if (this.#hear(data)) next();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (making !== undefined) this.#change(making, { problem: 'The worker that made this run stopped.' });
      this.#dismiss(worker);
      if (this.#waiting.length > 0) this.#hire();
    };
    this.#workers.push(worker);
    next();
  }

  /** @param {WorkerLike} worker @param {number} index */
  #ask(worker, index) {
    const { runs, measures, chart, layers } = $state.snapshot(this.experiment);
    worker.postMessage({ dataUrl: this.#dataUrl, index, run: runs[index], wanted: { measures, chart, layers } });
  }

  /** @param {LabEvent} event @returns {boolean} whether its run has ended */
  #hear(event) {
    const run = this.runs[event.index];
    if (!run) return false;
    if (event.type === 'progress') {
      const { losses, accuracies, validations, sizes = run.sizes } = event.progress;
      this.#change(event.index, {
        losses: [...run.losses, ...losses],
        accuracies: [...run.accuracies, ...accuracies],
        validations: [...run.validations, ...validations],
        sizes,
      });
      return false;
    }
    this.#change(event.index, event.type === 'made' ? event.result : { problem: event.message });
    return true;
  }

  /** @param {WorkerLike} worker */
  #dismiss(worker) {
    end(worker);
    this.#workers = this.#workers.filter((other) => other !== worker);
    if (this.#workers.length === 0 && this.#waiting.length === 0) this.phase = 'ended';
  }

  /** @param {number} index @param {Partial<RunState>} change */
  #change(index, change) {
    this.runs = this.runs.map((run, at) => (at === index ? { ...run, ...change } : run));
  }
}

/** What it has said already but is not heard yet must not be either. @param {WorkerLike} worker */
function end(worker) {
  worker.onmessage = null;
  worker.onerror = null;
  worker.terminate();
}

/** @param {string} name @param {number} steps @returns {RunState} */
function waitingRun(name, steps) {
  const measured = { losses: [], accuracies: [], validations: [], sizes: null };
  return { name, steps, ...measured, values: null, stops: [], problem: null };
}
