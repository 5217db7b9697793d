/** How the input channels of a sum are arranged in rows: map, its weights, and the result of both. In CSS pixels. */

/**
 * `x` of the three pictures of a row; `pitch` from row to row.
 * @typedef {{ tileWidth: number, tileHeight: number, sliceWidth: number, sliceHeight: number,
 *   partialWidth: number, partialHeight: number, x: [number, number, number], pitch: number, sign: number,
 *   width: number, height: number }} Rows
 * @typedef {{ height: number, width: number }} Sides
 */

const GAP = 6;
const LARGEST = 132;
const SMALLEST = 40;
const MOST_BETWEEN = 52;

/**
 * @param {{ channels: number, input: Sides, slice: Sides, partial: Sides, width: number, height: number }} room
 * @returns {Rows}
 */
export function rowsOf({ channels, input, slice, partial, width, height }) {
  const wide = Math.max(...[input, slice, partial].map((sides) => sides.width / Math.max(sides.height, sides.width)));
  const least = width < 260 ? 12 : 20;
  const across = (width - 2 * least - 8) / (3 * wide);
  const down = height / channels - GAP;
  const side = Math.floor(Math.max(Math.min(across, LARGEST, Math.max(down, SMALLEST)), 16));
  const sign = Math.min(Math.max(least, (width - 3 * side * wide) / 6), MOST_BETWEEN);
  const [tile, part] = [scaled(input, side), scaled(partial, side)];
  // A filter is small beside the map it is laid on; weights as large as the map are as large.
  const same = slice.height === input.height && slice.width === input.width;
  const small = scaled(slice, same ? side : Math.max(14, Math.round(side * 0.62)));
  const x2 = tile.width + sign;
  const x3 = x2 + small.width + sign;
  return {
    ...{ tileWidth: tile.width, tileHeight: tile.height, sliceWidth: small.width, sliceHeight: small.height },
    ...{ partialWidth: part.width, partialHeight: part.height, x: [0, x2, x3], pitch: side + GAP, sign },
    ...{ width: x3 + part.width, height: channels * (side + GAP) - GAP },
  };
}

/** @param {Sides} sides @param {number} side of the larger one @returns {Sides} */
function scaled({ height, width }, side) {
  const scale = side / Math.max(height, width);
  return { height: Math.max(2, Math.round(height * scale)), width: Math.max(2, Math.round(width * scale)) };
}

/**
 * The channels that can be seen.
 * @param {Rows} rows
 * @param {number} channels
 * @param {number} scrolled
 * @param {number} viewHeight
 * @returns {[first: number, end: number]}
 */
export function visibleChannels({ pitch }, channels, scrolled, viewHeight) {
  const first = Math.min(Math.max(0, Math.floor(scrolled / pitch)), channels - 1);
  return [first, Math.max(first + 1, Math.min(channels, Math.ceil((scrolled + viewHeight) / pitch)))];
}

/**
 * What is under a point.
 * @param {Rows} rows
 * @param {{ channels: number, input: Sides, partial: Sides }} sizes
 * @param {number} x
 * @param {number} y with what is scrolled away
 * @returns {{ channel: number, part: 'input' | 'slice' | 'partial', row: number, column: number } | null}
 */
export function partAt(rows, { channels, input, partial }, x, y) {
  const channel = Math.floor(y / rows.pitch);
  const inRow = y - channel * rows.pitch;
  if (channel < 0 || channel >= channels || x < 0 || x > rows.width + 4) return null;
  const middle = (rows.pitch - GAP) / 2;
  const cell = (/** @type {Sides} */ sides, /** @type {number} */ left, /** @type {Sides} */ box) => ({
    row: clamped(((inRow - middle + box.height / 2) / box.height) * sides.height, sides.height),
    column: clamped(((x - left) / box.width) * sides.width, sides.width),
  });
  if (x < rows.x[1] - rows.sign / 2) {
    return { channel, part: 'input', ...cell(input, 0, { height: rows.tileHeight, width: rows.tileWidth }) };
  }
  if (x < rows.x[2] - rows.sign / 2) return { channel, part: 'slice', row: 0, column: 0 };
  const box = { height: rows.partialHeight, width: rows.partialWidth };
  return { channel, part: 'partial', ...cell(partial, rows.x[2], box) };
}

/** @param {number} place @param {number} length */
const clamped = (place, length) => Math.min(Math.max(Math.floor(place), 0), length - 1);
