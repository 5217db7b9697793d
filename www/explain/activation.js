/** What is done to each number by itself, as a function and in words. */

import { number } from '../lib/format.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/**
 * `rule` is the function in general; `applied` the same with the number in it.
 * @typedef {{ rule: string, f: (x: number) => number, applied: (x: number) => string }} Each
 */

/** @param {number} x in brackets if it has a sign */
const bracketed = (x) => (x < 0 ? `(${number(x)})` : number(x));

/**
 * @param {LayerSpec} spec
 * @returns {Each | null} null for layers that read more than one number
 */
export function eachOf(spec) {
  switch (spec.type) {
    case 'relu':
      return { rule: 'max(x, 0)', f: (x) => (x < 0 ? 0 : x), applied: (x) => `max(${number(x)}, 0)` };
    case 'leaky_relu':
      return {
        rule: `x above 0, else ${number(spec.slope)} × x`,
        f: (x) => (x > 0 ? x : spec.slope * x),
        applied: (x) => (x > 0 ? number(x) : `${number(spec.slope)} × ${bracketed(x)}`),
      };
    case 'tanh':
      return { rule: 'tanh x', f: Math.tanh, applied: (x) => `tanh ${bracketed(x)}` };
    case 'sigmoid':
      return {
        rule: '1 / (1 + e^−x)',
        f: (x) => 1 / (1 + Math.exp(-x)),
        applied: (x) => `1 / (1 + ${number(Math.exp(-x))})`,
      };
    case 'dropout':
      return { rule: 'x', f: (x) => x, applied: (x) => number(x) };
    default:
      return null;
  }
}
