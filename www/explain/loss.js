/**
 * The cross-entropy of one image, in doubles: log Σ exp(z) − z of the label, the largest logit taken out so that
 * nothing overflows.
 * @param {ArrayLike<number>} logits
 * @param {number} label
 */
export function lossOf(logits, label) {
  const all = Array.from(logits);
  const largest = Math.max(...all);
  const sum = all.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Math.log(sum) + largest - Number(all[label]);
}
