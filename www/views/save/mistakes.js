/** The images that a network is most confident about, and wrong. */

/** `label` is what the image shows. @typedef {{ index: number, label: number, predicted: number, confidence: number }} Mistake */

/**
 * @param {import('../../model/reports.js').Evaluation} evaluation
 * @param {ArrayLike<number>} labels of its split
 * @param {number} most
 * @returns {Mistake[]} the most confident first
 */
export function mostConfidentMistakes({ predicted, confidence }, labels, most) {
  /** @type {Mistake[]} */
  const found = [];
  predicted.forEach((read, index) => {
    const label = Number(labels[index]);
    if (index < labels.length && read !== label) {
      found.push({ index, label, predicted: read, confidence: confidence[index] ?? NaN });
    }
  });
  return found.sort((a, b) => b.confidence - a.confidence || a.index - b.index).slice(0, most);
}
