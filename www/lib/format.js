/** Numbers and times as people read them. English, whatever the browser's language, like the page. */

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Shown where there is no number yet. */
export const NOTHING = '–';

/** @param {number} value 12345 becomes 12,345 */
export const integer = (value) => whole.format(value);

/**
 * A share as a percentage. Nearly all is never rounded up to all, nor nearly nothing down to nothing.
 * @param {number | null | undefined} share from 0 to 1, or a difference of two
 * @param {number} digits after the point
 */
export function percent(share, digits = 1) {
  if (share === null || share === undefined || !Number.isFinite(share)) return NOTHING;
  const unit = 10 ** digits;
  const rounded = Math.round(share * 100 * unit);
  if (share > 0 && rounded === 0) return `<${(1 / unit).toFixed(digits)}\u00a0%`;
  if (share < 1 && rounded === 100 * unit) return `>${(100 - 1 / unit).toFixed(digits)}\u00a0%`;
  return `${(rounded / unit).toFixed(digits)}\u00a0%`.replace('-', '−');
}

/**
 * A probability by softmax, which is never 0 or 1: 32 bits only round it to one of them.
 * @param {number | null | undefined} share
 * @param {number} [digits] after the point
 */
export const probability = (share, digits) => percent(share === 1 ? 0.99999999 : share === 0 ? 1e-8 : share, digits);

/**
 * The difference of two shares, as percentages with one decimal: what a reader gets from the numbers that are shown.
 * @param {number} share
 * @param {number} other
 */
export const shownDifference = (share, other) => (Math.round(1000 * share) - Math.round(1000 * other)) / 1000;

/**
 * A difference of percentages in points, for a percentage of a percentage misleads.
 * @param {number | null | undefined} difference of two shares
 * @param {number} digits after the point
 */
export const points = (difference, digits = 1) =>
  difference === null || difference === undefined || !Number.isFinite(difference)
    ? NOTHING
    : `${(100 * difference).toFixed(digits).replace('-', '−')} points`;

/** @param {number | null | undefined} value a value in [0, 1], like F1 */
export const fraction = (value) => (value === null || value === undefined ? NOTHING : value.toFixed(3));

/**
 * Any number, in about four characters of meaning: 0.0312, 1.27, −15.3, 72,100, 2.1e−7.
 * @param {number | null | undefined} value
 * @param {number} digits significant ones
 */
export function number(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return NOTHING;
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(digits));
  const text =
    size < 1e-3 || size >= 1e7
      ? value.toExponential(digits - 1).replace(/\.?0+e/, 'e')
      : size >= 1e4
        ? rounded.toLocaleString('en-US', { maximumSignificantDigits: digits })
        : rounded.toString();
  return text.replaceAll('-', '−').replace('e+', 'e');
}

/**
 * @param {number | null | undefined} seconds
 * @returns {string} 8 s, 1 min 20 s, 1 h 5 min
 */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NOTHING;
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total} s`;
  if (total < 3600) return `${Math.floor(total / 60)} min ${total % 60} s`;
  return `${Math.floor(total / 3600)} h ${Math.floor((total % 3600) / 60)} min`;
}

/**
 * The same where there is little room, as a clock shows it.
 * @param {number | null | undefined} seconds
 * @returns {string} 8 s, 1:20, 1:05:20
 */
export function clock(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds) || seconds < 59.5)
    return duration(seconds);
  const total = Math.round(seconds);
  const parts = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** @param {readonly number[]} sizes [8, 24, 24] becomes 8×24×24 */
export const shape = (sizes) => sizes.join('×');
