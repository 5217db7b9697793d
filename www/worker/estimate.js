/** How long an epoch will take, found out before it begins: by passing test images forward and back. */

import { refusalOf } from './problem.js';

/** @typedef {import('./session.js').Session} Session */

/** Images passed at once: short enough for nobody to wait for. */
const IMAGES = 16;

/** The browser makes its code faster while it runs: the first passes tell little. */
const PASSES = 40;
const MAX_MS = 400;

/** The part of their time that workers beside the first one work, and do not wait or carry messages. */
const SHARED = 0.85;

export class Estimate {
  #session;
  #now;
  #images = 0;
  #passes = 0;
  #spent = 0;
  #fastest = Infinity;

  /**
   * @param {Session} session
   * @param {() => number} now
   */
  constructor(session, now) {
    this.#session = session;
    this.#now = now;
  }

  /** @param {number} images of an epoch of the network that is to be looked at from now on */
  begin(images) {
    this.#images = images;
    this.#passes = 0;
    this.#spent = 0;
    this.#fastest = Infinity;
  }

  get done() {
    return this.#images === 0 || this.#passes >= PASSES || this.#spent >= MAX_MS;
  }

  /**
   * Makes one more pass.
   * @returns {boolean} false if the test images have not come yet
   */
  pass() {
    const start = this.#now();
    try {
      this.#session.rehearse(IMAGES);
    } catch (error) {
      if (refusalOf(error)?.code === 'not_ready') return false;
      throw error;
    }
    const took = this.#now() - start;
    this.#passes += 1;
    this.#spent += took;
    // The clock is coarse: a pass shorter than its tick takes no time at all.
    if (took > 0) this.#fastest = Math.min(this.#fastest, took);
    return true;
  }

  /**
   * @param {number} workers that are likely to share the work
   * @returns {number | null} seconds of an epoch
   */
  epoch(workers) {
    if (this.#fastest === Infinity) return null;
    const alone = (this.#images / IMAGES) * this.#fastest;
    return alone / (1 + SHARED * (workers - 1)) / 1000;
  }
}
