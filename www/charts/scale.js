/**
 * Limits of colour scales that stay the same. A limit is a round number: one of STEPS times a
 * power of ten. It grows when a value passes it, and shrinks only when the largest value has fallen to
 * less than half of it, so the same brightness means the same number from one picture to the next; where a
 * signal must look vanished when it vanishes, it never shrinks. It is never fitted to a single picture.
 */

const STEPS = [1, 1.5, 2, 3, 5, 7, 10];
/** Below 3 / 5, the widest gap between two steps, so that a limit never moves to and fro. */
const SHRINK_BELOW = 1 / 2;
/** A scale that has only ever seen zeros. */
const SMALLEST = 1e-9;

/**
 * @param {number | undefined} limit the limit so far
 * @param {number} largest the largest absolute value to be shown now
 * @param {boolean} [shrinks]
 * @returns {number}
 */
export function steppedLimit(limit, largest, shrinks = true) {
  if (!Number.isFinite(largest)) return limit ?? 1;
  const holds = !shrinks || largest === 0;
  if (limit !== undefined && largest <= limit && (holds || largest >= limit * SHRINK_BELOW)) return limit;
  return roundUp(Math.max(largest, SMALLEST));
}

/** @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((step) => step * power >= value * (1 - 1e-6)) ?? 10;
  return Number((step * power).toPrecision(2));
}

/** @param {ArrayLike<number>} values @param {number} from @param {number} to */
export function largestSize(values, from = 0, to = values.length) {
  let largest = 0;
  for (let index = from; index < to; index++) {
    const size = Math.abs(Number(values[index]));
    if (size > largest) largest = size;
  }
  return largest;
}

/** The limits of many scales by name. */
export class Scales {
  /** @type {Map<string, number>} */
  #limits = new Map();
  #shrink;
  /** @type {unknown} */
  #of = null;

  /** @param {boolean} [shrink] whether they ever do */
  constructor(shrink = true) {
    this.#shrink = shrink;
  }

  /** The limits belong to `of` from now on, and start afresh if they belonged to anything else. @param {unknown} of */
  begin(of) {
    if (of !== this.#of) this.reset();
    this.#of = of;
  }

  /** @param {string} name @param {number} largest */
  limit(name, largest) {
    const limit = steppedLimit(this.#limits.get(name), largest, this.#shrink);
    this.#limits.set(name, limit);
    return limit;
  }

  /** Starts anew: the next limits are those of what is shown then. */
  reset() {
    this.#limits.clear();
  }
}
