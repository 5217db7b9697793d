/**
 * The value below which a share of all values is, by the nearest rank.
 * @param {readonly number[]} values
 * @param {number} share from 0 to 1
 */
export function quantile(values, share) {
  const rank = Math.ceil(share * values.length);
  return values.toSorted((a, b) => a - b)[Math.max(rank - 1, 0)] ?? Number.NaN;
}

/** @param {readonly number[]} values the mean of the two in the middle if their number is even */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((lower ?? Number.NaN) + (upper ?? Number.NaN)) / 2;
}
