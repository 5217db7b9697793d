/** What a confusion matrix says: a row for each class, a column for each prediction. */

/** @typedef {Pick<import('./reports.js').Evaluation, 'classes' | 'confusion' | 'images'>} Matrix */
/** @typedef {{ label: number, predicted: number }} Cell */

/** @param {Pick<Matrix, 'classes' | 'confusion'>} evaluation @param {Cell} cell */
export const countIn = ({ confusion, classes }, { label, predicted }) => confusion[label * classes + predicted] ?? 0;

/** How many images are misclassified. @param {Matrix} evaluation */
export const wrongIn = ({ confusion, classes, images }) =>
  confusion.reduce((left, count, index) => left - (index % (classes + 1) === 0 ? count : 0), images);

/**
 * The cells off the diagonal with the most images, most first.
 * @param {Pick<Matrix, 'classes' | 'confusion'>} evaluation
 * @param {number} most
 * @returns {(Cell & { count: number })[]}
 */
export function mostConfused({ confusion, classes }, most) {
  return Array.from(confusion, (count, index) => ({
    label: Math.floor(index / classes),
    predicted: index % classes,
    count,
  }))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}
