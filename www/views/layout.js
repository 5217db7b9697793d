/** How the columns of a network share the width and height of its panel. Sizes in CSS pixels. */

import { fitGrid, gridOf } from '../charts/grid.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('../charts/grid.js').Grid} Grid */
/** @typedef {{ width: number, grid: Grid, filter: number }} Place `filter` is the side of the filter beside a map, 0 without */

export const COLUMN_GAP = 6;
const TILE_GAP = 4;
const SMALLEST_TILE = 22;
/** At this scale, all tiles have their smallest size. */
const SMALLEST_SCALE = 4;
const LARGEST_TILE = 170;
/** Where not all maps can be seen at once, they lie in so many columns and are scrolled. */
const SCROLLED_COLUMNS = 3;
/** How large tiles are where not even that fits, and the columns are scrolled as well. */
const SCROLLED_SCALE = 11.5;
/** A filter's side, as a share of its map's height, and the gap between both. */
const FILTER_SHARE = 0.46;
const FILTER_GAP = 3;
/** Beside a smaller map, a filter would be too small to be seen. */
const LEAST_WITH_FILTER = 28;
/** Room for a heading. */
const LEAST_WIDTH = 40;
/** Both grow with the tiles, by so much. */
const UNITS_WIDTH = { least: 30, most: 64, growth: 3.2 };
const ANSWER_WIDTH = { least: 46, most: 170, growth: 6.6 };

/**
 * Maps of many values are drawn larger than maps of few, and the layers that follow one another with
 * equally many maps equally large, so that a map and what becomes of it stand side by side. Within
 * that, everything is as large as the panel allows; what does not fit is scrolled.
 * @param {readonly Column[]} columns
 * @param {number} width
 * @param {number} height of the tiles' room
 * @returns {Place[]}
 */
export function placeColumns(columns, width, height) {
  const sides = tileSides(columns);
  const places =
    largest(columns, sides, { width, height, columns: Infinity }) ??
    largest(columns, sides, { width, height, columns: SCROLLED_COLUMNS }) ??
    placeAt(columns, sides, { scale: SCROLLED_SCALE, columns: SCROLLED_COLUMNS, height });
  const spare = Math.max(0, width - total(places));
  return places.map((place, index) => {
    if (columns[index]?.kind !== 'answer') return place;
    return { ...place, width: Math.min(place.width + spare, ANSWER_WIDTH.most) };
  });
}

/**
 * @param {readonly Column[]} columns
 * @param {readonly number[]} sides
 * @param {{ width: number, height: number, columns: number }} room
 * @returns {Place[] | null} null if nothing fits the width
 */
function largest(columns, sides, { width, ...room }) {
  for (let scale = 60; scale >= SMALLEST_SCALE; scale *= 0.98) {
    const places = placeAt(columns, sides, { scale, ...room });
    if (total(places) <= width) return places;
  }
  return null;
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

/** @param {readonly Place[]} places */
function total(places) {
  return places.reduce((sum, { width }) => sum + width, COLUMN_GAP * (places.length - 1));
}

/**
 * @param {readonly Column[]} columns
 * @param {readonly number[]} sides
 * @param {{ scale: number, columns: number, height: number }} room
 * @returns {Place[]}
 */
function placeAt(columns, sides, { scale, columns: most, height }) {
  return columns.map((column, index) => {
    if (column.kind === 'answer') return { width: grown(ANSWER_WIDTH, scale), grid: gridOf(1, 1, 1, 1, 0), filter: 0 };
    if (column.kind === 'units') {
      const least = grown(UNITS_WIDTH, scale);
      const grid = fitUnits(column.images, least, height);
      return { width: Math.max(least, widthOf(grid)), grid, filter: 0 };
    }
    return placeMaps(column, Math.round(scale * Number(sides[index])), height, most);
  });
}

/**
 * @param {Column} column
 * @param {number} wanted height of a tile
 * @param {number} height
 * @param {number} most columns of tiles
 * @returns {Place}
 */
function placeMaps(column, wanted, height, most) {
  const tile = Math.min(Math.max(wanted, SMALLEST_TILE), LARGEST_TILE, height);
  const aspect = column.width / column.height;
  const filter = column.filters && tile >= LEAST_WITH_FILTER ? Math.max(5, Math.round(tile * FILTER_SHARE)) : 0;
  const tileWidth = Math.max(8, Math.round(tile * aspect)) + (filter > 0 ? filter + FILTER_GAP : 0);
  const rows = Math.max(1, Math.floor((height + TILE_GAP) / (tile + TILE_GAP)));
  const columns = Math.min(Math.ceil(column.images / rows), most);
  const grid = gridOf(column.images, columns, tileWidth, tileWidth / tile, TILE_GAP);
  return { width: Math.max(LEAST_WIDTH, widthOf(grid)), grid, filter };
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
