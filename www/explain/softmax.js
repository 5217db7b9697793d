/** How probabilities are computed, as in src/layers/softmax_cross_entropy.rs. */

/**
 * The largest logit is taken off all of them first, which changes no probability and keeps every power finite.
 * @typedef {{ largest: number, powers: number[], sum: number, probabilities: number[] }} Softmax
 */

/**
 * @param {ArrayLike<number>} logits
 * @returns {Softmax}
 */
export function softmax(logits) {
  const all = Array.from(logits);
  const largest = Math.max(...all);
  const powers = all.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return { largest, powers, sum, probabilities: powers.map((power) => power / sum) };
}
