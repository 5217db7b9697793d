/** @typedef {import('./instruments.js').Instrument} Instrument */
/** @typedef {import('./parts.js').Parts} Parts */

/** There are readings every few steps; they are reported together. */
const INTERVAL_MS = 250;

/** How large gradients and updates are, measured by the engine as it steps. @implements {Instrument} */
export class GradientNormsInstrument {
  unfinished = false;
  #session;
  #emit;
  #now;
  #on = false;
  /** @type {number | null} */
  #reportedStep = null;
  #reportedAt = -Infinity;

  /** @param {Parts} parts */
  constructor({ session, emit, now }) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
  }

  /** @param {number} step @param {number} now */
  due(step, now) {
    return step !== this.#reportedStep && now >= this.#reportedAt + INTERVAL_MS;
  }

  slice() {
    this.#reportedAt = this.#now();
    this.#reportedStep = this.#session.position().step;
    if (!this.#on) this.#session.watchGradientNorms(true);
    this.#on = true;
    const readings = this.#session.takeGradientNorms();
    if (readings.length > 0) this.#emit({ type: 'gradientNorms', readings });
  }

  end() {
    if (this.#on) this.#session.watchGradientNorms(false);
    this.#on = false;
    this.#reportedStep = null;
  }
}
