/** The images of one cell of a confusion matrix. */

/** @typedef {import('../../model/reports.js').Evaluation} Evaluation */
/** @typedef {{ label: number, predicted: number }} Cell */
/** @typedef {{ index: number, confidence: number }} Confused `index` counts in the evaluation's split */

/**
 * The images with the cell's label that were read as the cell's prediction, the most confident first.
 * @param {Evaluation} evaluation
 * @param {ArrayLike<number>} labels of its split
 * @param {Cell} cell
 * @returns {Confused[]}
 */
export function confusedIn({ predicted, confidence }, labels, cell) {
  /** @type {Confused[]} */
  const found = [];
  for (let index = 0; index < (predicted?.length ?? 0); index++) {
    if (predicted[index] !== cell.predicted || labels[index] !== cell.label) continue;
    found.push({ index, confidence: confidence?.[index] ?? NaN });
  }
  return found.sort((a, b) => b.confidence - a.confidence || a.index - b.index);
}

/**
 * A cell in words: how many images, of how many with its label.
 * @param {Cell} cell
 * @param {readonly string[]} names
 */
export const titleOf = ({ label, predicted }, names) =>
  label === predicted ? `${names[label]} recognised correctly` : `${names[label]} mistaken for ${names[predicted]}`;
