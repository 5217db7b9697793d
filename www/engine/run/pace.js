/** How fast training goes, how long it has taken, and how long the rest will take. */

/** The time over which the speed shown is averaged: long enough to be read, short enough to follow. */
const WINDOW_MS = 2_000;

export class Pace {
  /** Milliseconds of training so far, with all that it waited for. */
  elapsed;
  #images = 0;
  #ms = 0;
  #allSteps = 0;
  #allOther = 0;

  /** @param {number} [elapsed] */
  constructor(elapsed = 0) {
    this.elapsed = elapsed;
  }

  /**
   * @param {number} images
   * @param {number} ms
   */
  stepped(images, ms) {
    const kept = Math.exp(-ms / WINDOW_MS);
    this.#images = this.#images * kept + images;
    this.#ms = this.#ms * kept + ms;
    this.#allSteps += ms;
    this.elapsed += ms;
  }

  /**
   * Time of the run that went into something other than steps.
   * @param {number} ms
   */
  spent(ms) {
    this.#allOther += ms;
    this.elapsed += ms;
  }

  /** Images a second while it makes steps. */
  get imagesPerSecond() {
    return this.#ms > 0 ? (1000 * this.#images) / this.#ms : 0;
  }

  /**
   * @param {number} images still to be trained on
   * @returns {number | null} seconds, evaluations and all; null before there is a measured speed
   */
  remaining(images) {
    const speed = this.imagesPerSecond;
    return speed > 0 ? (images / speed) * (1 + this.#allOther / this.#allSteps) : null;
  }
}
