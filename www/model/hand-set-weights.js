/** Weights that have been set by hand since the last step, and differ from what it left. */

/** @typedef {import('./reports.js').WeightRef} WeightRef */

export class HandSetWeights {
  /** What the step left. @type {Map<string, number>} */
  #left = new Map();

  get any() {
    return this.#left.size > 0;
  }

  /** @param {WeightRef} place @param {number} before @param {number} value */
  set({ layer, kind, index }, before, value) {
    const key = `${layer}.${kind}.${index}`;
    const left = this.#left.get(key) ?? before;
    if (Object.is(left, value)) this.#left.delete(key);
    else this.#left.set(key, left);
  }

  clear() {
    this.#left.clear();
  }
}
