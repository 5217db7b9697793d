/** Copies of the run from which it can continue: after a pause, at some steps, and every few seconds. */

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/reports.js').Touch} Touch */

/** What is lost, at most, when the worker dies. */
export const CHECKPOINT_MS = 4_000;

export class Checkpoints {
  #session;
  #emit;
  #now;
  #elapsed;
  /** @type {Set<Touch>} */
  #touched = new Set();
  #sentAt = -Infinity;
  #sentStep = -1;

  /**
   * @param {Session} session
   * @param {import('../emit.js').Emit} emit
   * @param {() => number} now
   * @param {() => number} elapsed seconds of training so far
   */
  constructor(session, emit, now, elapsed) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
    this.#elapsed = elapsed;
  }

  /** @param {Touch[]} touched what was changed by hand in the run before */
  begin(touched) {
    this.#touched = new Set(touched);
  }

  /** What was changed by hand in this run. @type {Touch[]} */
  get touched() {
    return [...this.#touched];
  }

  /** @param {Touch} touch */
  touch(touch) {
    this.#touched.add(touch);
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
    const touched = this.#touched.size > 0 ? { touched: this.touched } : {};
    const checkpoint = { step, elapsed: this.#elapsed(), bytes, ...touched };
    this.#emit({ type: 'checkpoint', checkpoint }, [/** @type {ArrayBuffer} */ (bytes.buffer)]);
    this.#sentAt = this.#now();
    this.#sentStep = step;
  }
}
