/** Two numbers and their sum in one column, so that you can add them up yourself. */

/** Significant digits of the larger one. */
const DIGITS = 4;
/** Places after the point; what is smaller is shown as 0. */
const MOST = 12;

/**
 * With the same places after the point, and rounded so that they add up as they are shown.
 * @param {number} up 0 or above
 * @param {number} down 0 or below
 * @returns {{ up: string, down: string, sum: string }}
 */
export function addition(up, down) {
  const largest = Math.max(up, -down);
  const places = Math.min(Math.max(DIGITS - 1 - Math.floor(Math.log10(largest || 1)), 0), MOST);
  const rounded = (/** @type {number} */ value) => Number(value.toFixed(places));
  const shown = (/** @type {number} */ value) => signed(value, places);
  const sum = rounded(up + down);
  return { up: shown(rounded(up)), down: shown(sum - rounded(up)), sum: shown(sum) };
}

/** @param {number} value @param {number} places */
function signed(value, places) {
  const text = Math.abs(value).toFixed(places);
  if (Number(text) === 0) return '0';
  return `${value < 0 ? '−' : '+'}${text}`;
}
