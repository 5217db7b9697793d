/** The evaluated points of a run as a list, latest first: the curves as a table. */

/** @typedef {{ step: number, split: 'validation' | 'test', loss: number, accuracy: number }} Point */

/** More than anyone reads. */
const MOST = 200;

/**
 * @param {import('../../model/curves.js').Curves} curves
 * @returns {Point[]}
 */
export function evaluatedPoints(curves) {
  const splits = /** @type {const} */ (['test', 'validation']);
  const points = splits.flatMap((split) => {
    const { step, loss, accuracy } = curves[split];
    return Array.from(step, (at, index) => ({
      step: at,
      split,
      loss: Number(loss[index]),
      accuracy: Number(accuracy[index]),
    }));
  });
  return points.sort((a, b) => b.step - a.step).slice(0, MOST);
}
