/** Copies of the run from which it can continue: after a pause, at some steps, and every few seconds. */

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('./provenance.js').Provenance} Provenance */

/** What is lost, at most, when the worker dies. */
export const CHECKPOINT_MS = 4_000;

export class Checkpoints {
  #session;
  #emit;
  #now;
  #elapsed;
  #provenance;
  #sentAt = -Infinity;
  #sentStep = -1;

  /**
   * @param {object} parts
   * @param {Session} parts.session
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => number} parts.now milliseconds
   * @param {() => number} parts.elapsed seconds of training so far
   * @param {Provenance} parts.provenance
   */
  constructor({ session, emit, now, elapsed, provenance }) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
    this.#elapsed = elapsed;
    this.#provenance = provenance;
  }

  /** Whether so much time has passed that one is due. */
  get due() {
    return this.#now() - this.#sentAt >= CHECKPOINT_MS;
  }

  /** The step of the last one. */
  get step() {
    return this.#sentStep;
  }

  send() {
    const { step } = this.#session.position();
    const bytes = this.#session.checkpoint();
    const { touched, before } = this.#provenance;
    const checkpoint = {
      ...{ step, elapsed: this.#elapsed(), bytes },
      ...(touched.length > 0 && { touched }),
      ...(before && { madeWith: before }),
    };
    this.#emit({ type: 'checkpoint', checkpoint }, [/** @type {ArrayBuffer} */ (bytes.buffer)]);
    this.#sentAt = this.#now();
    this.#sentStep = step;
  }
}
