/** A measured value in words. */

import { MEASURES } from '../../experiments/measures.js';
import { integer, number, percent } from '../../lib/format.js';

/**
 * @param {import('../../experiments/measures.js').Measure} measure
 * @param {number | undefined} value
 */
export function measured(measure, value) {
  if (measure === 'diverged' && Number.isFinite(value)) return value ? 'yes' : 'no';
  if (measure === 'multiplyAdds' && value !== undefined) return integer(value);
  return MEASURES[measure].share ? percent(value) : number(value);
}
