/** How large equal tiles can be so that all of them fit. Sizes in CSS pixels. */

/**
 * @typedef {{
 *   count: number, width: number, height: number, aspect: number,
 *   gap: number, smallest: number, largest: number,
 * }} Room `aspect` is a tile's width over its height; `smallest` and `largest` bound its width
 *
 * @typedef {{ columns: number, rows: number, tileWidth: number, tileHeight: number, gap: number, height: number }} Grid
 */

/**
 * The grid with the largest tiles. Where even the smallest do not fit the height, the grid is higher
 * than the room and has to be scrolled.
 * @param {Room} room
 * @returns {Grid}
 */
export function fitGrid({ count, width, height, aspect, gap, smallest, largest }) {
  let best = 0;
  let columns = 1;
  for (let tried = 1; tried <= count; tried++) {
    const rows = Math.ceil(count / tried);
    const across = (width - gap * (tried - 1)) / tried;
    const down = ((height - gap * (rows - 1)) / rows) * aspect;
    const size = Math.floor(Math.min(across, down, largest));
    if (size > best) [best, columns] = [size, tried];
  }
  if (best < smallest) {
    best = Math.min(smallest, width);
    columns = Math.max(1, Math.floor((width + gap) / (best + gap)));
  }
  return gridOf(count, columns, best, aspect, gap);
}

/**
 * @param {number} count
 * @param {number} columns
 * @param {number} tileWidth
 * @param {number} aspect
 * @param {number} gap
 * @returns {Grid}
 */
export function gridOf(count, columns, tileWidth, aspect, gap) {
  const rows = Math.ceil(count / columns);
  const tileHeight = Math.max(1, Math.round(tileWidth / aspect));
  return { columns, rows, tileWidth, tileHeight, gap, height: rows * (tileHeight + gap) - gap };
}

/** @param {Grid} grid @param {number} index left and top of a tile */
export function tilePlace(grid, index) {
  return {
    x: (index % grid.columns) * (grid.tileWidth + grid.gap),
    y: Math.floor(index / grid.columns) * (grid.tileHeight + grid.gap),
  };
}
