/** Looks for a test digit that the network misreads, in slices between which the run goes on. */

/** @typedef {import('../session.js').Session} Session */

/** How long one slice may take. */
const SLICE_MS = 12;

export class MisreadSearch {
  /** What was found; null before, and when every digit is read rightly. @type {number | null} */
  found = null;
  #session;
  #now;
  #index;
  #looked = 0;

  /**
   * @param {Session} session
   * @param {() => number} now milliseconds
   * @param {number} after the digit to begin behind; from the last one on the search goes round
   */
  constructor(session, now, after) {
    this.#session = session;
    this.#now = now;
    this.#index = after;
  }

  /**
   * Reads a few more digits, with the weights of this moment.
   * @returns {boolean} whether the search has come to its end
   */
  continue() {
    const [, ready = 0] = this.#session.imagesReady();
    const start = this.#now();
    while (this.#looked < ready) {
      this.#looked += 1;
      this.#index = (this.#index + 1) % ready;
      if (this.#misread(this.#index)) {
        this.found = this.#index;
        return true;
      }
      if (this.#now() - start >= SLICE_MS) return this.#looked >= ready;
    }
    return true;
  }

  /** @param {number} index */
  #misread(index) {
    const probabilities = this.#session.predict(this.#session.testImage(index));
    return probabilities.indexOf(Math.max(...probabilities)) !== this.#session.testLabel(index);
  }
}
