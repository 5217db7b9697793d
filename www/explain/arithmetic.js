/** Arithmetic as it is printed: computing with the printed numbers yields the printed result. */

import { number } from '../lib/format.js';

/** As many digits as a result has; it gets fewer where the numbers it comes from would not bear them out. */
const DIGITS = 5;
/** As many as distinguish any two 32-bit numbers. */
const EXACT = 9;

/**
 * What is computed of which numbers, how it is written with them, and how many digits the result has at most.
 * @typedef {{
 *   of: number[], write: (...printed: number[]) => string, compute: (...printed: number[]) => number, digits?: number,
 * }} Sum
 */

/** `result` is the value as it is written, `rounded` the number that this is. @typedef {{ numbers: string, result: string, rounded: number }} Printed */

/** @param {number} value with all digits that it has */
export const plain = (value) => number(value, EXACT);
/** The same, where it follows a sign. @param {number} value */
export const factor = (value) => (value < 0 ? `(${plain(value)})` : plain(value));

/**
 * @param {number} value the exact sum
 * @param {Sum} sum
 * @returns {Printed}
 */
export function printed(value, { of, write, compute, digits: most = DIGITS }) {
  for (let digits = most; digits > 0; digits--) {
    for (let finer = DIGITS; finer <= EXACT; finer++) {
      const numbers = of.map((value) => rounded(value, finer));
      if (number(compute(...numbers), digits) === number(value, digits))
        return written(write(...numbers), value, digits);
    }
  }
  return written(write(...of.map((value) => rounded(value, EXACT))), value, most);
}

/** @param {string} numbers @param {number} value @param {number} digits @returns {Printed} */
const written = (numbers, value, digits) => ({
  numbers,
  result: number(value, digits),
  rounded: Number(value.toPrecision(digits)),
});

/**
 * To so many digits, or to as few as bring the same 32 bits back: 0.9 is 0.899999976 in them.
 * @param {number} value
 * @param {number} digits
 */
function rounded(value, digits) {
  for (let fewer = 1; fewer < digits; fewer++) {
    const short = Number(value.toPrecision(fewer));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(digits));
}
