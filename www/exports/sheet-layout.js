/** Where the pictures of a sheet are: a grid with a caption below each, or a table with heads and sides. In CSS pixels. */

/**
 * `values` of one picture, and the size of number that has the full colour.
 * @typedef {{ caption: string, values: ArrayLike<number>, limit: number }} Tile
 *
 * Equally large pictures of `rows` × `columns` numbers. With `heads` and `sides`, they are a table, row by row, and have no
 * captions. `limit` is that of all tiles, null where each has its own; `unit` is what a number is.
 * @typedef {{
 *   title: string, subtitle: string, tiles: readonly Tile[], rows: number, columns: number,
 *   table: { heads: readonly string[], sides: readonly string[] } | null,
 *   scale: 'diverging' | 'ink', limit: number | null, unit: string,
 * }} Sheet
 *
 * `ratio` is that of the pixels of the file to these.
 * @typedef {{
 *   width: number, height: number, ratio: number, across: number, cell: { width: number, height: number },
 *   tile: { width: number, height: number }, left: number, top: number, legend: number,
 * }} Layout
 */

export const MARGIN = 16;
export const HEAD = 46;
/** Without a title. */
const PLAIN_HEAD = 6;
const LEGEND = 44;
export const LINE = 16;
/** Of text of 11 pixels, about. */
export const CHARACTER = 6.2;

/** About as large as a picture is drawn, if there are not too many. */
const SIDE = 60;
const LARGEST_CELL = 14;
/** Of all pictures together. */
const AREA = 2.5e6;
const WIDEST = 900;
const NARROWEST = 320;

const RATIO = 2;
/** What every browser can hold in a canvas. */
const MOST_PIXELS = 16e6;
const LONGEST_SIDE = 8_000;

/** @param {Sheet} sheet @returns {Layout} */
export function layoutOf({ title, subtitle, tiles, rows, columns, table }) {
  const count = Math.max(1, tiles.length);
  const fits = Math.floor(Math.sqrt(AREA / (count * rows * columns)));
  const factor = Math.max(1, Math.min(Math.round(SIDE / Math.max(rows, columns)), LARGEST_CELL, fits));
  const tile = { width: factor * columns, height: factor * rows };
  const gap = Math.max(1, Math.min(8, Math.round(tile.width / 6)));
  const captions = table ? table.heads : tiles.map(({ caption }) => caption);
  // In a table of very many columns, the heads are left out before they widen it.
  const words = captions.length > 40 ? 0 : Math.ceil(CHARACTER * longest(captions));
  const cell = {
    width: Math.max(tile.width, words) + gap,
    height: tile.height + gap + (table ? 0 : LINE),
  };
  const across = table ? Math.max(1, table.heads.length) : acrossOf(count, cell);
  const left = MARGIN + (table ? Math.ceil(CHARACTER * longest(table.sides)) + 8 : 0);
  const top = (title ? HEAD : PLAIN_HEAD) + (table ? LINE + 4 : 0);
  const down = Math.ceil(count / across);
  const texts = Math.ceil(1.25 * CHARACTER * title.length) + 2 * MARGIN;
  const width = Math.max(
    left + across * cell.width - gap + MARGIN,
    texts,
    2 * MARGIN + CHARACTER * subtitle.length,
    NARROWEST,
  );
  const legend = top + down * cell.height - gap + 14;
  const height = legend + LEGEND;
  const ratio = Math.min(RATIO, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
  return { width: Math.ceil(width), height: Math.ceil(height), ratio, across, cell, tile, left, top, legend };
}

/** As many side by side as make the sheet a third wider than high. @param {number} count @param {{ width: number, height: number }} cell */
function acrossOf(count, cell) {
  const wanted = Math.ceil(Math.sqrt((count * cell.height * 4) / (3 * cell.width)));
  const fit = Math.max(1, Math.floor(WIDEST / cell.width));
  return Math.min(count, count > 200 ? wanted : Math.min(wanted, fit));
}

/** @param {Layout} layout @param {number} index */
export const placeOf = ({ left, top, across, cell }, index) => ({
  x: left + (index % across) * cell.width,
  y: top + Math.floor(index / across) * cell.height,
});

/** @param {readonly string[]} texts */
const longest = (texts) => texts.reduce((most, { length }) => Math.max(most, length), 0);
