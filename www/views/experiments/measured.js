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
  if (measure === 'gap' || measure === 'lostByShift') {
    const [whole, part] = MEASURES[measure].of.map((one) => Number(values?.[/** @type {Measure} */ (one)]));
    const difference = shownDifference(Number(whole), Number(part));
    return points(Number.isFinite(difference) ? difference : value);
  }
  return MEASURES[measure].share ? percent(value) : number(value);
}
