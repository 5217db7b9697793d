/**
 * Finds by measuring how many helpers make training fastest: some browsers report more cores than there are, and fewer
 * helpers are better where a step is short. The weights do not depend on it.
 */

/** A number of helpers is tried for at least this many steps and this long; the first of them are not counted. */
const STEPS = 12;
const TRIAL_MS = 120;

/** One more helper must save at least this share of a step. */
const GAIN = 0.04;

/** Other programs may have started or ended: after this time of training it is measured again. */
const AGAIN_MS = 60_000;

export class Tuner {
  /** How many helpers the next step is to have. */
  helpers = 0;
  /** How many it is likely to settle on: what was best the last time. */
  likely;
  #most;
  #best = 0;
  #bestMs = Infinity;
  #done = false;
  /** How long the steps of this trial took. @type {number[]} */
  #steps = [];
  #spent = 0;

  /** @param {number} most helpers that there can be */
  constructor(most) {
    this.#most = most;
    this.likely = most;
    this.restart();
  }

  /** Starts over: the network or the batch has changed. */
  restart() {
    this.helpers = 0;
    this.#best = 0;
    this.#bestMs = Infinity;
    this.#done = this.#most === 0;
    this.#steps = [];
    this.#spent = 0;
  }

  /**
   * Records the time of a step.
   * @param {number} ms how long it took
   * @param {number} helpers how many took part: fewer than wanted while one is still starting
   * @param {number} possible how many could have, by the number of blocks
   */
  measured(ms, helpers, possible) {
    this.#spent += ms;
    if (this.#done) {
      if (this.#spent > AGAIN_MS) this.restart();
    } else if (this.helpers > possible) {
      this.#settle();
    } else if (helpers === this.helpers) {
      this.#steps.push(ms);
      if (this.#steps.length >= STEPS && this.#spent >= TRIAL_MS) this.#compare();
    } else {
      this.#spent = 0;
    }
  }

  #compare() {
    const took = median(this.#steps.slice(this.#steps.length >> 2));
    const better = took < this.#bestMs * (1 - GAIN);
    if (better) {
      this.#best = this.helpers;
      this.#bestMs = took;
    }
    if (!better || this.helpers === this.#most) return this.#settle();
    this.helpers += 1;
    this.#steps = [];
    this.#spent = 0;
  }

  #settle() {
    this.helpers = this.#best;
    this.likely = this.#best;
    this.#done = true;
    this.#steps = [];
    this.#spent = 0;
  }
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Infinity;
}
