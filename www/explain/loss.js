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

/**
 * p − y: softmax and cross-entropy together pass back how far each probability is from what it should be.
 * @param {ArrayLike<number>} probabilities
 * @param {number} label
 */
export function logitGradients(probabilities, label) {
  return Float32Array.from(probabilities, (p, digit) => p - (digit === label ? 1 : 0));
}

/**
 * What the network gets for a pixel.
 * @param {number} pixel 0 to 255
 * @param {{ mean: number, deviation: number }} normalization
 */
export const normalised = (pixel, { mean, deviation }) => (pixel / 255 - mean) / deviation;

/**
 * By how much the loss should change, as far as it is a straight line, when a pixel does.
 * @param {number} gradient with respect to what the network gets for the pixel
 * @param {number} from 0 to 255
 * @param {number} to 0 to 255
 * @param {{ mean: number, deviation: number }} normalization
 */
export function predictedChange(gradient, from, to, normalization) {
  return gradient * (normalised(to, normalization) - normalised(from, normalization));
}
