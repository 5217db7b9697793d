/** Where the keys that move lead to. */

/** Rows and columns. @type {Readonly<Record<string, readonly [number, number] | undefined>>} */
export const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * In a grid that is read row by row.
 * @param {{ rows: number, columns: number }} grid
 * @param {number | null} index null: nowhere yet
 * @param {string} key
 * @returns {number | null} null if the key does not move
 */
export function movedInGrid({ rows, columns }, index, key) {
  const move = ARROWS[key];
  if (!move) return null;
  if (index === null) return 0;
  const row = within(Math.floor(index / columns) + move[0], rows - 1);
  return row * columns + within((index % columns) + move[1], columns - 1);
}

/**
 * Along a line of points.
 * @param {{ at: number, last: number, page?: number }} line
 * @param {string} key
 * @returns {number | null} null if the key does not move
 */
export function movedAlong({ at, last, page = last }, key) {
  /** @type {Record<string, number | undefined>} */
  const moves = {
    ...{ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last },
    ...{ PageUp: at + page, PageDown: at - page },
  };
  const next = moves[key];
  return next === undefined ? null : within(next, last);
}

/** @param {number} value @param {number} last */
const within = (value, last) => Math.max(0, Math.min(value, last));
