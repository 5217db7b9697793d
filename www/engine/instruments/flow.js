/** @typedef {import('./parts.js').Parts} Parts */

/** Readings come every few steps; they are told together. */
const INTERVAL_MS = 250;

/** How large gradients and updates are, read by the engine as it steps. @implements {Instrument} */
export class FlowInstrument {
  unfinished = false;
  #session;
  #emit;
  #now;
  #on = false;
  /** @type {number | null} */
  #toldStep = null;
  #toldAt = -Infinity;

  /** @param {Parts} parts */
  constructor({ session, emit, now }) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
  }

  /** @param {number} step @param {number} now */
  due(step, now) {
    return step !== this.#toldStep && now >= this.#toldAt + INTERVAL_MS;
  }

  slice() {
    this.#toldAt = this.#now();
    this.#toldStep = this.#session.position().step;
    if (!this.#on) this.#session.watchFlow(true);
    this.#on = true;
    const readings = this.#session.takeFlow();
    if (readings.length > 0) this.#emit({ type: 'flow', readings });
  }

  end() {
    if (this.#on) this.#session.watchFlow(false);
    this.#on = false;
    this.#toldStep = null;
  }
}

/** @typedef {import('./instruments.js').Instrument} Instrument */
