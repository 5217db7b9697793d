/** A difference of probabilities that is nearly 1 and not 1. */

import { number } from '../../lib/format.js';

/**
 * What is short of 1 is never rounded to it, nor what is above −1.
 * @param {number | null | undefined} value
 */
export function shortOfOne(value) {
  const text = number(value);
  if (!value || Math.abs(value) >= 1 || !/^−?1$/.test(text)) return text;
  return value < 0 ? '<−0.999' : '>0.999';
}
