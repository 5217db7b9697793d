/** Looks for a test digit that the network misclassifies, in slices between which the run goes on. */

import { argmax } from '../argmax.js';

/** @typedef {import('../session.js').Session} Session */

/** How long one slice may take. */
const SLICE_MS = 12;

export class MisclassifiedSearch {
  /** What was found; null before, and when every digit is classified correctly. @type {number | null} */
  found = null;
  #session;
  #now;
  #index;
  #tried = 0;

  /**
   * @param {Session} session
   * @param {() => number} now milliseconds
   * @param {number} after the digit to begin after; the search goes on from the last to the first
   */
  constructor(session, now, after) {
    this.#session = session;
    this.#now = now;
    this.#index = after;
  }

  /**
   * Classifies a few more digits, with the weights of this moment.
   * @returns {boolean} whether the search has ended
   */
  continue() {
    const [, ready = 0] = this.#session.imagesReady();
    const start = this.#now();
    while (this.#tried < ready) {
      this.#tried += 1;
      this.#index = (this.#index + 1) % ready;
      if (this.#isMisclassified(this.#index)) {
        this.found = this.#index;
        return true;
      }
      if (this.#now() - start >= SLICE_MS) return this.#tried >= ready;
    }
    return true;
  }

  /** @param {number} index */
  #isMisclassified(index) {
    const probabilities = this.#session.predict(this.#session.image('test', index));
    return argmax(probabilities) !== this.#session.label('test', index);
  }
}
