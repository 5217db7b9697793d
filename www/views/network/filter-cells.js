/** Where the cells of a filter's picture are, and how the keyboard moves over them. Cells count as the weights do. */

import { tilePlace } from '../../charts/grid.js';
import { ARROWS } from '../../lib/arrow-keys.js';

/** @typedef {import('../../charts/grid.js').Grid} Grid */
/** `count` is given where the last row is not full. @typedef {{ channels: number, height: number, width: number, count?: number }} Size */

/**
 * @param {Size} size
 * @param {Grid} grid a tile for each channel
 * @param {number} x
 * @param {number} y
 * @returns {number | null} null between the tiles
 */
export function cellAt(size, grid, x, y) {
  const { channels, height, width } = size;
  const [across, down] = [grid.tileWidth + grid.gap, grid.tileHeight + grid.gap];
  const tileColumn = Math.floor(x / across);
  const channel = Math.floor(y / down) * grid.columns + tileColumn;
  const row = Math.floor(((y - Math.floor(y / down) * down) / grid.tileHeight) * height);
  const column = Math.floor(((x - tileColumn * across) / grid.tileWidth) * width);
  const inside = x >= 0 && y >= 0 && tileColumn < grid.columns && channel < channels && row < height && column < width;
  const cell = (channel * height + row) * width + column;
  return inside && cell < countOf(size) ? cell : null;
}

/** @param {Size} size */
const countOf = ({ channels, height, width, count }) => count ?? channels * height * width;

/** @param {Size} size @param {number} cell counted from 0 */
export function partsOfCell({ height, width }, cell) {
  const channel = Math.floor(cell / (height * width));
  return { channel, row: Math.floor(cell / width) % height, column: cell % width };
}

/** @param {Size} size @param {Grid} grid @param {number} cell left, top and size of it */
export function cellBox(size, grid, cell) {
  const { channel, row, column } = partsOfCell(size, cell);
  const { x, y } = tilePlace(grid, channel);
  const [width, height] = [grid.tileWidth / size.width, grid.tileHeight / size.height];
  return { x: x + column * width, y: y + row * height, width, height };
}

/**
 * The cell that an arrow key leads to: within a tile, and over its edge into the next one.
 * @param {Size} size
 * @param {Grid} grid
 * @param {number} cell
 * @param {string} key
 * @returns {number | null} null if the key does not move; the same cell at the edge of all
 */
export function moved(size, grid, cell, key) {
  const move = ARROWS[key];
  if (key === 'Home') return 0;
  if (key === 'End') return countOf(size) - 1;
  if (!move) return null;
  const { channel, row, column } = partsOfCell(size, cell);
  const down = Math.floor(channel / grid.columns) * size.height + row + move[0];
  const across = (channel % grid.columns) * size.width + column + move[1];
  if (down < 0 || across < 0 || across >= grid.columns * size.width) return cell;
  const next = Math.floor(down / size.height) * grid.columns + Math.floor(across / size.width);
  if (next >= size.channels) return cell;
  const found = (next * size.height + (down % size.height)) * size.width + (across % size.width);
  return found < countOf(size) ? found : cell;
}
