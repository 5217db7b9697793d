/** How long an epoch will take, found out before it begins by passing test images forward and back. */

import { refusalOf } from '../problem.js';

/** @typedef {import('../session.js').Session} Session */

/** The browser makes its code faster while it runs, so only the second half of the passes counts. */
const PASSES = 120;
const MAX_MS = 500;

/** The part of their time that workers beside the first one work, and do not wait or carry messages. */
const SHARED = 0.85;

export class Estimate {
  #session;
  #now;
  #block;
  #images = 0;
  /** Milliseconds of each pass. The clock is coarse: only their sum says something. @type {number[]} */
  #passes = [];
  #spent = 0;

  /**
   * @param {Session} session
   * @param {() => number} now
   * @param {number} block images passed at once: so few that nothing has to wait for them
   */
  constructor(session, now, block) {
    this.#session = session;
    this.#now = now;
    this.#block = block;
  }

  /** @param {number} images of an epoch of the network that is timed from now on */
  begin(images) {
    this.#images = images;
    this.#passes = [];
    this.#spent = 0;
  }

  get done() {
    return this.#images === 0 || this.#passes.length >= PASSES || this.#spent >= MAX_MS;
  }

  /**
   * Makes one more pass.
   * @returns {boolean} false if the engine refused it, because the test images have not arrived yet
   */
  pass() {
    const start = this.#now();
    try {
      this.#session.rehearse(this.#block);
    } catch (error) {
      if (!refusalOf(error)) throw error;
      return false;
    }
    const took = this.#now() - start;
    this.#passes.push(took);
    this.#spent += took;
    return true;
  }

  /**
   * @param {number} workers that are likely to share the work
   * @returns {number | null} seconds of an epoch
   */
  epoch(workers) {
    const counted = this.#passes.slice(this.#passes.length >> 1);
    const ms = counted.reduce((sum, took) => sum + took, 0);
    if (ms === 0) return null;
    const alone = (this.#images / this.#block) * (ms / counted.length);
    return alone / (1 + SHARED * (workers - 1)) / 1000;
  }
}
