/** A measured value in words. */

import { MEASURES } from '../../experiments/measures.js';
import { integer, number, percent, points, shownDifference } from '../../lib/format.js';

/** @typedef {import('../../experiments/measures.js').Measure} Measure */

/**
 * A difference of two shares is that of the shares as they are shown, where `values` of the run has them.
 * @param {Measure} measure
 * @param {number | undefined} value
 * @param {Partial<Record<Measure, number>>} [values]
 */
export function measured(measure, value, values) {
  if (measure === 'diverged' && Number.isFinite(value)) return value ? 'yes' : 'no';
  if (measure === 'multiplyAdds' && value !== undefined) return integer(value);
  /** @type {{ share: boolean, of?: [string, string], isDifference?: true }} */
  const { share, of, isDifference } = MEASURES[measure];
  if (of) {
    const [whole, part] = of.map((one) => Number(values?.[/** @type {Measure} */ (one)]));
    const difference = shownDifference(Number(whole), Number(part));
    return points(Number.isFinite(difference) ? difference : value);
  }
  if (isDifference) return points(value);
  return share ? percent(value) : number(value);
}
