/** The loss and its gradient with respect to the logits, and how an image of bytes enters the network. */

/**
 * −ln p of the label, from the logits, so that no logarithm of 0 is ever taken.
 * @param {ArrayLike<number>} logits
 * @param {number} label
 */
export function crossEntropy(logits, label) {
  const largest = Math.max(...Array.from(logits));
  const sum = Array.from(logits).reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Math.log(sum) - (Number(logits[label]) - largest);
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
