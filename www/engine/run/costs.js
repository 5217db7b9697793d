/** What training costs: how long an epoch was estimated to take, how long it took, and where the time goes. */

import { Estimate } from './estimate.js';

/** @typedef {import('../session.js').Session} Session */

/** The figures settle slowly and cannot be read faster. */
const INTERVAL_MS = 1_000;

export class Costs {
  #session;
  #pool;
  #emit;
  #now;
  #estimate;
  /** @type {number | null} */
  #estimated = null;
  /** Seconds of the steps of the last whole epoch. @type {number | null} */
  #measured = null;
  /** Milliseconds of the steps of this epoch; null if it was not run from its start. @type {number | null} */
  #epochMs = null;
  #reportedAt = -Infinity;

  /**
   * @param {object} parts
   * @param {Session} parts.session
   * @param {import('../pool/pool.js').Pool} parts.pool
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => number} parts.now
   * @param {number} parts.block images in which the engine computes
   */
  constructor({ session, pool, emit, now, block }) {
    this.#session = session;
    this.#pool = pool;
    this.#emit = emit;
    this.#now = now;
    this.#estimate = new Estimate(session, now, block);
  }

  /** @param {number} batchSize of the run that begins */
  begin(batchSize) {
    const { stepsPerEpoch, stepInEpoch } = this.#session.position();
    this.#estimate.begin(stepsPerEpoch * batchSize);
    this.#estimated = null;
    this.#measured = null;
    this.#epochMs = stepInEpoch === 0 ? 0 : null;
  }

  /** The settings have changed: this epoch cannot be compared with the estimate. */
  changed() {
    this.#epochMs = null;
  }

  /** Whether there is something to find out while there is nothing else to do. */
  get curious() {
    return !this.#estimate.done;
  }

  /**
   * Makes one pass of the estimate; the last one is followed by its result.
   * @returns {boolean} whether there are more to be made now
   */
  rehearse() {
    if (!this.#estimate.pass()) return false;
    if (this.curious) return true;
    this.#estimated = this.#estimate.epoch(this.#pool.likelyWorkers);
    this.#report();
    return false;
  }

  /**
   * @param {number} ms of steps
   * @param {boolean} epochEnded with the last of them
   */
  stepped(ms, epochEnded) {
    if (this.#epochMs !== null) this.#epochMs += ms;
    if (epochEnded) {
      if (this.#epochMs !== null) this.#measured = this.#epochMs / 1000;
      this.#epochMs = 0;
    }
    if (epochEnded || this.#now() - this.#reportedAt >= INTERVAL_MS) this.#report();
  }

  #report() {
    const costs = {
      timing: this.#session.timing(),
      workers: this.#pool.workers,
      estimated: this.#estimated,
      measured: this.#measured,
    };
    this.#emit({ type: 'costs', costs });
    this.#reportedAt = this.#now();
  }
}
