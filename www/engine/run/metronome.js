/** The beat of training that is slowed down, so that every step can be watched. Steps are the same at any speed. */

export class Metronome {
  #now;
  #later;
  #stepsPerSecond = Infinity;
  #nextAt = -Infinity;

  /**
   * @param {() => number} now milliseconds
   * @param {(action: () => void, ms: number) => void} later
   */
  constructor(now, later) {
    this.#now = now;
    this.#later = later;
  }

  /** Infinity at full speed. @param {number} stepsPerSecond */
  set(stepsPerSecond) {
    this.#stepsPerSecond = stepsPerSecond;
    this.#nextAt = -Infinity;
  }

  get isSlow() {
    return this.#stepsPerSecond < Infinity;
  }

  /** A step begins: the next may follow a beat later. Beats that were missed are not caught up with. */
  beat() {
    const [now, beat] = [this.#now(), 1000 / this.#stepsPerSecond];
    const onTime = this.#nextAt + beat > now;
    this.#nextAt = onTime ? this.#nextAt + beat : now + beat;
  }

  /**
   * Calls `ripe` when the time of the next step has come.
   * @param {() => void} ripe
   * @returns {boolean} false if it has come already; then nothing is called
   */
  waits(ripe) {
    const ms = this.#nextAt - this.#now();
    if (ms > 0) this.#later(ripe, ms);
    return ms > 0;
  }

  /** @param {number} steps @returns {number} the seconds they take at least */
  seconds(steps) {
    return steps / this.#stepsPerSecond;
  }
}
