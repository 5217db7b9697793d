/** What is reported of the steps: all losses, a few times a second. */

import { Pace } from './pace.js';

/** @typedef {import('../session.js').Position} Position */
/** @typedef {import('../session.js').StepResult} StepResult */

/** No curve is redrawn on its own faster than this. */
const INTERVAL_MS = 100;

export class Progress {
  #emit;
  #now;
  #metronome;
  #pace = new Pace();
  #batchSize = 1;
  #firstStep = 1;
  /** @type {number[]} */
  #losses = [];
  /** @type {number[]} */
  #accuracies = [];
  #learningRate = 0;
  #workers = 1;
  #reportedAt = -Infinity;

  /**
   * @param {import('../emit.js').Emit} emit
   * @param {() => number} now
   * @param {import('./metronome.js').Metronome} metronome
   */
  constructor(emit, now, metronome) {
    this.#emit = emit;
    this.#now = now;
    this.#metronome = metronome;
  }

  /** Seconds of training so far. */
  get elapsed() {
    return this.#pace.elapsed / 1000;
  }

  /**
   * @param {number} elapsed seconds of training so far
   * @param {number} batchSize
   */
  begin(elapsed, batchSize) {
    this.#pace = new Pace(elapsed * 1000);
    this.#batchSize = batchSize;
    this.forget();
  }

  /** @param {number} batchSize images of a step from now on */
  configure(batchSize) {
    this.#batchSize = batchSize;
  }

  /** Drops the steps that have not been reported. */
  forget() {
    this.#losses = [];
    this.#accuracies = [];
  }

  /**
   * Takes in a burst of steps.
   * @param {StepResult[]} results
   * @param {number} lastStep
   * @param {number} ms
   * @param {number} workers how many made them together
   */
  stepped(results, lastStep, ms, workers) {
    if (results.length === 0) return;
    if (this.#losses.length === 0) this.#firstStep = lastStep - results.length + 1;
    for (const { loss, accuracy, learningRate } of results) {
      this.#losses.push(loss);
      this.#accuracies.push(accuracy);
      this.#learningRate = learningRate;
    }
    this.#workers = workers;
    this.#pace.stepped(results.length * this.#batchSize, ms);
  }

  /** @param {number} ms time of the run that went into something other than steps */
  spent(ms) {
    this.#pace.spent(ms);
  }

  /**
   * Reports, unless it has just done so.
   * @param {Position} position
   * @param {boolean} paints whether the page is about to paint: then curves and maps share a frame
   */
  reportSometimes(position, paints) {
    if (this.#losses.length > 0 && (paints || this.#now() - this.#reportedAt >= INTERVAL_MS)) this.report(position);
  }

  /** @param {Position} position */
  report({ step, epoch, stepsPerEpoch, totalSteps }) {
    const losses = Float32Array.from(this.#losses);
    const accuracies = Float32Array.from(this.#accuracies);
    const progress = {
      ...{ step, epoch, stepsPerEpoch, totalSteps, losses, accuracies },
      imagesPerSecond: this.#pace.imagesPerSecond,
      elapsed: this.elapsed,
      remaining: this.#remaining(totalSteps - step),
      learningRate: this.#learningRate,
      workers: this.#workers,
      firstStep: this.#firstStep,
    };
    this.#emit({ type: 'progress', progress }, [losses.buffer, accuracies.buffer]);
    this.#reportedAt = this.#now();
    this.forget();
  }

  /** @param {number} steps still to be made @returns {number | null} seconds, as in `Pace` */
  #remaining(steps) {
    const seconds = this.#pace.remaining(steps * this.#batchSize);
    return seconds && Math.max(seconds, this.#metronome.seconds(steps));
  }
}
