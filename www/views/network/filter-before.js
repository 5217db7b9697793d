/** Which filter a map comes from. */

/** @typedef {import('./columns.js').Column} Column */

/**
 * The convolution whose filter made a map, where every layer since then changed each map by itself.
 * @param {readonly Column[]} columns
 * @param {number} index of the column that the map is in
 * @returns {Column | null}
 */
export function filterBefore(columns, index) {
  const column = columns[index];
  if (!column || column.kind !== 'maps') return null;
  return column.filters ? column : filterBefore(columns, index - 1);
}
