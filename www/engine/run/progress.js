/** What the page is told of the steps: all losses, a few times a second. */

import { Pace } from './pace.js';

/** @typedef {import('../session.js').Position} Position */

/** Faster than this no curve is redrawn on its own. */
const INTERVAL_MS = 100;

export class Progress {
  #emit;
  #now;
  #pace = new Pace();
  #batchSize = 1;
  #firstStep = 1;
  /** @type {number[]} */
  #losses = [];
  /** @type {number[]} */
  #accuracies = [];
  #learningRate = 0;
  #workers = 1;
  #toldAt = -Infinity;

  /**
   * @param {import('../emit.js').Emit} emit
   * @param {() => number} now
   */
  constructor(emit, now) {
    this.#emit = emit;
    this.#now = now;
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

  /** Drops the steps that have not been told. */
  forget() {
    this.#losses = [];
    this.#accuracies = [];
  }

  /**
   * Takes in a burst of steps.
   * @param {Float32Array} made loss, accuracy and learning rate of each
   * @param {number} lastStep
   * @param {number} ms
   * @param {number} workers how many made them together
   */
  stepped(made, lastStep, ms, workers) {
    const steps = made.length / 3;
    if (steps === 0) return;
    if (this.#losses.length === 0) this.#firstStep = lastStep - steps + 1;
    for (let i = 0; i < made.length; i += 3) {
      this.#losses.push(Number(made[i]));
      this.#accuracies.push(Number(made[i + 1]));
    }
    this.#learningRate = Number(made.at(-1));
    this.#workers = workers;
    this.#pace.stepped(steps * this.#batchSize, ms);
  }

  /** @param {number} ms time of the run that went into something other than steps */
  spent(ms) {
    this.#pace.spent(ms);
  }

  /**
   * Tells the page, unless it has just been told.
   * @param {Position} position
   * @param {boolean} paints whether it is about to paint: then curves and maps share a frame
   */
  tellSometimes(position, paints) {
    if (this.#losses.length > 0 && (paints || this.#now() - this.#toldAt >= INTERVAL_MS)) this.tell(position);
  }

  /** @param {Position} position */
  tell({ step, epoch, stepsPerEpoch, totalSteps }) {
    const losses = Float32Array.from(this.#losses);
    const accuracies = Float32Array.from(this.#accuracies);
    const progress = {
      ...{ step, epoch, stepsPerEpoch, totalSteps, losses, accuracies },
      imagesPerSecond: this.#pace.imagesPerSecond,
      elapsed: this.elapsed,
      remaining: this.#pace.remaining((totalSteps - step) * this.#batchSize),
      learningRate: this.#learningRate,
      workers: this.#workers,
      firstStep: this.#firstStep,
    };
    this.#emit({ type: 'progress', progress }, [losses.buffer, accuracies.buffer]);
    this.#toldAt = this.#now();
    this.forget();
  }
}
