/**
 * How far a network's confidence can be trusted: of the images classified with a probability of about 0.8, are
 * about 80 % classified correctly? (Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural Networks.)
 */

/** @typedef {import('../../model/reports.js').Evaluation} Evaluation */

export const BINS = 10;

/**
 * Of the images whose confidence is above `from` and up to `to`: their number, mean confidence, and the share of
 * them that were classified correctly; both null without images.
 * @typedef {{ from: number, to: number, images: number, confidence: number | null, accuracy: number | null }} Bin
 *
 * `error` is the expected calibration error: the distance between confidence and accuracy, averaged over all images.
 * @typedef {{ bins: Bin[], images: number, confidence: number, accuracy: number, error: number }} Calibration
 */

/**
 * @param {Evaluation} evaluation
 * @param {ArrayLike<number>} labels of its split
 * @returns {Calibration | null} null if the evaluation does not include single images
 */
export function calibrationOf({ predicted, confidence }, labels) {
  const images = Math.min(predicted?.length ?? 0, confidence?.length ?? 0, labels.length);
  if (images === 0) return null;
  const sums = Array.from({ length: BINS }, () => ({ images: 0, confidence: 0, right: 0 }));
  for (let index = 0; index < images; index++) {
    const value = Number(confidence[index]);
    const sum = sums[Math.min(Math.max(Math.ceil(value * BINS) - 1, 0), BINS - 1)];
    if (!sum || !Number.isFinite(value)) continue;
    sum.images += 1;
    sum.confidence += value;
    if (predicted[index] === labels[index]) sum.right += 1;
  }
  return summed(sums);
}

/** @param {{ images: number, confidence: number, right: number }[]} sums */
function summed(sums) {
  const images = Math.max(1, total(sums, 'images'));
  return {
    bins: sums.map((sum, bin) => ({
      ...{ from: bin / BINS, to: (bin + 1) / BINS, images: sum.images },
      confidence: sum.images > 0 ? sum.confidence / sum.images : null,
      accuracy: sum.images > 0 ? sum.right / sum.images : null,
    })),
    images,
    confidence: total(sums, 'confidence') / images,
    accuracy: total(sums, 'right') / images,
    error: sums.reduce((error, { confidence, right }) => error + Math.abs(confidence - right), 0) / images,
  };
}

/** @template {string} Name @param {Record<Name, number>[]} sums @param {Name} name */
const total = (sums, name) => sums.reduce((all, sum) => all + sum[name], 0);

/** What the figures mean, in a sentence. @param {Calibration} calibration */
export function verdictOf({ confidence, accuracy, error }) {
  const points = `${(100 * error).toFixed(1)} points`;
  if (error < 0.01) return `You can trust its confidence: on average it is off by ${points}.`;
  if (confidence > accuracy) return `The network is overconfident: on average it is off by ${points}.`;
  return `The network is underconfident: on average it is off by ${points}.`;
}
