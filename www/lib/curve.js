/** Curves of many points, made fit to be drawn. */

/** @typedef {ArrayLike<number>} Numbers */

/** Over about so many points the smoothed curve is a mean. */
const [FEWEST, MOST] = [4, 33];

/**
 * An exponential mean that grows with its curve: a new point costs one step, whatever came before.
 * Without the bias towards the first value that a plain exponential mean has (as in Adam).
 */
export class Smoothing {
  /** @type {number[]} */
  values = [];
  /** How slowly it follows: the weight of what came before. */
  #memory;
  #sum = 0;
  #weight = 0;

  /** @param {number} [cycle] points after which a curve has seen the same images again: a mean over more of them lags behind */
  constructor(cycle = MOST) {
    this.#memory = 1 - 1 / Math.min(Math.max(cycle, FEWEST), MOST);
  }

  /** @param {Numbers} curve the whole of it; a curve shorter than before starts anew */
  follow(curve) {
    if (curve.length < this.values.length) this.#reset();
    for (let index = this.values.length; index < curve.length; index++) {
      const value = Number(curve[index]);
      if (Number.isFinite(value)) {
        this.#sum = this.#memory * this.#sum + value;
        this.#weight = this.#memory * this.#weight + 1;
      }
      this.values.push(this.#weight > 0 ? this.#sum / this.#weight : value);
    }
    return this.values;
  }

  #reset() {
    this.values = [];
    this.#sum = 0;
    this.#weight = 0;
  }
}

/**
 * Which points to draw of a curve of `length` points so that there are at most `most`: evenly
 * spaced, the last always among them.
 * @param {number} length
 * @param {number} most
 */
export function thinned(length, most) {
  const stride = Math.max(1, Math.ceil(length / most));
  const kept = [];
  for (let index = (length - 1) % stride; index < length; index += stride) kept.push(index);
  return kept;
}

/**
 * Where a sorted curve has its last point at or before `x`; −1 if it has none.
 * @param {Numbers} xs
 * @param {number} x
 */
export function lastAt(xs, x) {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(xs[middle]) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
