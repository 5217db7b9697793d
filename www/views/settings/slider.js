/** Where a value is on a slider, and the value of a place on it. */

/** @typedef {import('../../model/settings.js').Range} Range */

export const SLIDER_STEPS = 200;

/** On a log scale that begins at 0, the first place is 0 and the second this many powers of ten below the end. */
const DECADES = 5;

/**
 * A seed has more values than a slider has places.
 * @param {Range} range
 */
export const slides = ({ max }) => max < 1e9;

/**
 * @param {Range} range
 * @param {number} value
 */
export function toSlider({ min, max, scale }, value) {
  const bounded = Math.min(Math.max(value, min), max);
  if (scale === 'linear') return Math.round((SLIDER_STEPS * (bounded - min)) / (max - min));
  if (bounded === 0) return 0;
  const low = Math.log10(lowest(min, max));
  const share = (Math.log10(bounded) - low) / (Math.log10(max) - low);
  return Math.max(min === 0 ? 1 : 0, Math.round(SLIDER_STEPS * share));
}

/**
 * A round number: two digits on a log scale, a whole number of steps on a linear one.
 * @param {Range} range
 * @param {number} place
 */
export function fromSlider({ min, max, step, scale }, place) {
  const share = place / SLIDER_STEPS;
  if (scale === 'linear') return rounded(min + Math.round((share * (max - min)) / step) * step);
  if (place === 0) return min;
  const low = Math.log10(lowest(min, max));
  const value = 10 ** (low + share * (Math.log10(max) - low));
  const short = step >= 1 ? Math.round(value / step) * step : Number(value.toPrecision(value < 10 * min ? 1 : 2));
  return Math.min(Math.max(rounded(short), min), max);
}

/**
 * Where an arrow key leads in the field beside the slider: one step on, or on a log scale to the slider's next place.
 * @param {Range} range
 * @param {number} value
 * @param {1 | -1} direction
 */
export function neighbour(range, value, direction) {
  const { min, max, step, scale } = range;
  if (scale === 'linear' || step >= 1) return rounded(value + direction * step);
  for (let place = toSlider(range, value); place >= 0 && place <= SLIDER_STEPS; place += direction) {
    const next = fromSlider(range, place);
    if (direction * (next - value) > 0) return next;
  }
  return direction > 0 ? max : min;
}

/** @param {number} min @param {number} max */
const lowest = (min, max) => (min > 0 ? min : max * 10 ** -DECADES);

/** @param {number} value without the dust of binary fractions */
const rounded = (value) => Number(value.toPrecision(10));
