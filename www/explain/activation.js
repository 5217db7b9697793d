/** What is done to each number by itself, as a function, in words, and backward. */

import { number } from '../lib/format.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/**
 * `rule` is the function in general; `applied` the same with the number in it. `slope` is by how much the output y
 * grows with x, the factor of the chain rule.
 * @typedef {{
 *   rule: string, f: (x: number) => number, applied: (x: number) => string, slope: (x: number, y: number) => number,
 * }} Each
 */

/** @param {number} x in brackets if it has a sign */
const bracketed = (x) => (x < 0 ? `(${number(x)})` : number(x));

const normalDensity = (/** @type {number} */ x) => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Φ(x), the share of a standard normal distribution below x: 1/2 + φ(x) · (x + x³/3 + x⁵/(3·5) + …), whose terms have
 * all the same sign, so that nothing cancels. Source: Abramowitz and Stegun, 1964, 26.2.11.
 * @param {number} x
 */
function normalBelow(x) {
  // Beyond this the sum is long, and the share is 0 or 1 to the sixth decimal of any number in the engine.
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let [sum, term] = [0, x];
  for (let n = 3; sum + term !== sum; n += 2) {
    sum += term;
    term *= (x * x) / n;
  }
  return 0.5 + normalDensity(x) * sum;
}

/**
 * @param {LayerSpec} spec
 * @returns {Each | null} null for layers that read more than one number
 */
export function eachOf(spec) {
  switch (spec.type) {
    case 'relu':
      return {
        rule: 'max(x, 0)',
        f: (x) => (x < 0 ? 0 : x),
        applied: (x) => `max(${number(x)}, 0)`,
        slope: (x) => (x > 0 ? 1 : 0),
      };
    case 'leaky_relu':
      return {
        rule: `x above 0, else ${number(spec.slope)} × x`,
        f: (x) => (x > 0 ? x : spec.slope * x),
        applied: (x) => (x > 0 ? number(x) : `${number(spec.slope)} × ${bracketed(x)}`),
        slope: (x) => (x > 0 ? 1 : spec.slope),
      };
    case 'tanh':
      return { rule: 'tanh x', f: Math.tanh, applied: (x) => `tanh ${bracketed(x)}`, slope: (_, y) => 1 - y * y };
    case 'sigmoid':
      return {
        rule: '1 / (1 + e^−x)',
        f: (x) => 1 / (1 + Math.exp(-x)),
        applied: (x) => `1 / (1 + ${number(Math.exp(-x))})`,
        slope: (_, y) => y * (1 - y),
      };
    case 'gelu':
      return {
        rule: 'x × Φ(x)',
        f: (x) => x * normalBelow(x),
        applied: (x) => `${bracketed(x)} × ${number(normalBelow(x))}`,
        slope: (x) => normalBelow(x) + x * normalDensity(x),
      };
    case 'dropout':
      return { rule: 'x', f: (x) => x, applied: (x) => number(x), slope: () => 1 };
    default:
      return null;
  }
}
