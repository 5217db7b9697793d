/** How the columns of a network share the width and height of its panel. Sizes in CSS pixels. */

import { fitGrid, gridOf } from '../../charts/grid.js';
import { linesOf } from './columns.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('../../charts/grid.js').Grid} Grid */
/**
 * `filter` is the side of the filter beside a map, 0 without. A heading that is `cramped` has room in small type only; in
 * a `narrow` column, that stands closer. `lead`: one place of the grid before the tiles, for an image in colour.
 * @typedef {{ width: number, grid: Grid, filter: number, lead: number, cramped: boolean, narrow: boolean }} ColumnBox
 */

/**
 * For each column, how many letters its heading and its longest line have, and the relative size of its tiles; `height`
 * is the tiles' room, `type` the scale of type.
 * @typedef {{ columns: readonly Column[], letters: Letters[], sides: number[], height: number, type: number }} Wanted
 * @typedef {{ heading: number, line: number }} Letters
 */

/**
 * `room` is that for a letter of a heading and of a line, `most` so many columns of tiles.
 * @typedef {{ scale: number, room: Letters, most: number }} Sizes
 */

export const COLUMN_GAP = 6;
const TILE_GAP = 4;
const SMALLEST_TILE = 22;
/** At this scale, all tiles have their smallest size. */
const SMALLEST_SCALE = 4;
const LARGEST_SCALE = 60;
const LARGEST_TILE = 170;
/** Where not all maps can be seen at once, they are laid out in so many columns and scrolled. */
const SCROLLED_COLUMNS = 3;
/** How large tiles are where not even that fits, and the columns are scrolled as well. */
const SCROLLED_SCALE = 11.5;
/** A filter's side, as a share of its map's height, and the gap between both. */
const FILTER_SHARE = 0.46;
const FILTER_GAP = 3;
/** Beside a smaller map, a filter would be too small to be seen. */
const LEAST_WITH_FILTER = 28;
const LEAST_WIDTH = 40;
/** Of a tile that is much wider than high. */
const LEAST_HEIGHT = 8;
/** Room for a letter, in small type and in that of a heading; in small type, a little less will do where there is no more. */
const SMALL_LETTER = 7.2;
const LEAST_LETTER = 6.7;
const LETTER = 8.2;
const ROOMY = { heading: LETTER, line: SMALL_LETTER };
const SMALL = { heading: SMALL_LETTER, line: SMALL_LETTER };
const TIGHT = { heading: LEAST_LETTER, line: LEAST_LETTER };
/** Lines are cut, headings are not. */
const HEADED = { heading: LEAST_LETTER, line: 0 };
const CUT = { heading: 0, line: 0 };
/** Room for a legend, counted in small letters. */
const LEGEND_LETTERS = 6.3;
/** Both grow with the tiles, by so much. */
const UNITS_WIDTH = { least: 30, most: 64, growth: 3.2 };
const ANSWER_WIDTH = { least: 68, most: 170, growth: 6.6 };

/**
 * Maps of many values are drawn larger than maps of few, and the layers that follow one another with
 * equally many maps equally large, so that a map and what becomes of it stand side by side. Within
 * that, everything is as large as the panel allows. What does not fit has its headings cut, or is scrolled.
 * @param {readonly Column[]} columns
 * @param {number} width
 * @param {number} height of the tiles' room
 * @param {boolean} details
 * @param {number} [type] the scale of type
 * @returns {ColumnBox[]}
 */
export function placeColumns(columns, width, height, details, type = 1) {
  const letters = columns.map((column) => lettersOf(column, details));
  const wanted = { columns, letters, sides: tileSides(columns), height, type };
  const places =
    largest(wanted, width, ROOMY, Infinity) ??
    largest(wanted, width, SMALL, Infinity) ??
    largest(wanted, width, TIGHT, Infinity) ??
    largest(wanted, width, HEADED, Infinity) ??
    largest(wanted, width, CUT, Infinity) ??
    largest(wanted, width, TIGHT, SCROLLED_COLUMNS) ??
    largest(wanted, width, CUT, SCROLLED_COLUMNS) ??
    placeAt(wanted, { scale: SCROLLED_SCALE, room: TIGHT, most: SCROLLED_COLUMNS });
  const spare = Math.max(0, width - total(places));
  return places.map((place, index) => {
    if (columns[index]?.kind !== 'answer') return place;
    return { ...place, width: Math.min(place.width + spare, type * ANSWER_WIDTH.most) };
  });
}

/**
 * The height of all headings.
 * @param {readonly Column[]} columns
 * @param {boolean} details
 * @param {number} [type] the scale of type
 */
export const headHeightOf = (columns, details, type = 1) =>
  type * (24 + 17 * Math.max(1, ...columns.map((column) => linesOf(column, details).length)));

/** Of the rows of the answer, and what is above and below them. */
const ROWS = { least: 16, most: 26, padding: 8 };

/** Of each, with a pixel between them, so that all are in view. @param {number} height of their room @param {number} rows */
export const heightOfRows = (height, rows) =>
  Math.min(Math.max(Math.floor((height - ROWS.padding) / rows) - 1, ROWS.least), ROWS.most);

/**
 * How many letters a column must have room for. Of several settings in a line, those after the first may be cut.
 * @param {Column} column
 * @param {boolean} details
 * @returns {Letters}
 */
const lettersOf = (column, details) => ({
  heading: column.heading.length,
  line: Math.max(LEGEND_LETTERS, ...linesOf(column, details).map((line) => line.replace(/, .*/, '').length)),
});

/**
 * @param {Wanted} wanted
 * @param {number} width
 * @param {Letters} room
 * @param {number} most
 */
function largest(wanted, width, room, most) {
  /** What fits the width. @type {ColumnBox[] | null} */
  let places = null;
  for (let scale = SMALLEST_SCALE; scale < LARGEST_SCALE; scale *= 1.02) {
    const larger = placeAt(wanted, { scale, room, most });
    if (total(larger) > width) break;
    places = larger;
  }
  return places;
}

/**
 * Relative sizes of the tiles of each column: less than proportional to the resolution.
 * @param {readonly Column[]} columns
 */
function tileSides(columns) {
  const sides = columns.map(({ height, width }) => Math.max(height, width) ** 0.4);
  columns.forEach((column, index) => {
    // Only a convolution makes more or fewer maps of those before it.
    const follows = column.kind === 'maps' && columns[index - 1]?.kind === 'maps' && !column.filters;
    if (follows) sides[index] = Number(sides[index - 1]);
  });
  return sides;
}

/** @param {typeof UNITS_WIDTH} bounds @param {number} scale */
const grown = ({ least, most, growth }, scale) => Math.round(Math.min(Math.max(growth * scale, least), most));

/** @param {readonly ColumnBox[]} places */
function total(places) {
  return places.reduce((sum, { width }) => sum + width, COLUMN_GAP * (places.length - 1));
}

/**
 * @param {Wanted} wanted
 * @param {Sizes} sizes
 * @returns {ColumnBox[]}
 */
function placeAt({ columns, letters, sides, height, type }, { scale, room, most }) {
  return columns.map((column, index) => {
    const { heading = 0, line = 0 } = letters[index] ?? {};
    const place = gridAt(column, scale, Number(sides[index]), height, most);
    const least = column.kind === 'answer' ? type * place.width : place.width;
    const width = Math.max(least, type * Math.max(room.heading * heading, room.line * line));
    const cramped = width < type * LETTER * heading;
    return { ...place, width, cramped, narrow: cramped || width < type * LETTER * line };
  });
}

/**
 * @param {Column} column
 * @param {number} scale
 * @param {number} side
 * @param {number} height
 * @param {number} most columns of tiles
 */
function gridAt(column, scale, side, height, most) {
  if (column.kind === 'answer')
    return { width: grown(ANSWER_WIDTH, scale), grid: gridOf(1, 1, 1, 1, 0), filter: 0, lead: 0 };
  if (column.kind === 'units') {
    const width = grown(UNITS_WIDTH, scale);
    const grid = fitUnits(column.images, width, height);
    return { width: Math.max(width, widthOf(grid)), grid, filter: 0, lead: 0 };
  }
  return placeMaps(column, Math.round(scale * side), height, most);
}

/**
 * @param {Column} column
 * @param {number} wanted length of a tile's longer side
 * @param {number} height
 * @param {number} most columns of tiles
 */
function placeMaps(column, wanted, height, most) {
  const aspect = column.width / column.height;
  const side = Math.min(Math.max(wanted, SMALLEST_TILE), LARGEST_TILE, height);
  const tile = aspect > 1 ? Math.max(LEAST_HEIGHT, Math.round(side / aspect)) : side;
  const filter = column.filters && tile >= LEAST_WITH_FILTER ? Math.max(5, Math.round(tile * FILTER_SHARE)) : 0;
  const tileWidth = Math.max(8, Math.round(tile * aspect)) + (filter > 0 ? filter + FILTER_GAP : 0);
  const rows = Math.max(1, Math.floor((height + TILE_GAP) / (tile + TILE_GAP)));
  const lead = Number(column.kind === 'input' && column.images > 1);
  const count = lead + column.images;
  const columns = Math.min(Math.ceil(count / rows), most);
  const grid = gridOf(count, columns, tileWidth, tileWidth / tile, TILE_GAP);
  return { width: Math.max(LEAST_WIDTH, widthOf(grid)), grid, filter, lead };
}

/** @param {Grid} grid */
const widthOf = ({ columns, tileWidth, gap }) => columns * (tileWidth + gap) - gap;

/**
 * Few units are large cells one below the other; many are small cells, with no gap when they are tiny.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 */
function fitUnits(count, width, height) {
  const room = { count, width, height, aspect: 1, smallest: 4, largest: 26 };
  const grid = fitGrid({ ...room, gap: 2 });
  return grid.tileWidth >= 8 ? grid : fitGrid({ ...room, gap: grid.tileWidth >= 5 ? 1 : 0 });
}
