/** The pictures of the network as sheets: what the layers output, their filters, and how these changed. */

import { largestSize, steppedLimit } from '../../charts/scale.js';
import { integer } from '../../lib/format.js';
import { filterWeights, mapsOf } from '../backward/direction.js';

/** @typedef {import('../../exports/sheet-layout.js').Sheet} Sheet */
/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../network/columns.js').Column} Column */
/** @typedef {import('../network/limits.js').Limits} Limits */
/** @typedef {{ step: number, weights: Float32Array }} Frame */
/** @typedef {NonNullable<Column['filters']>} FilterSize */

/** As many as are as wide as a page. */
const MOST_BESIDES = 10;

/** @param {string} what @param {number} count */
const named = (what, count) => Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);

/** @param {Float32Array | Uint8Array} values @param {number} index @param {number} size */
const part = (values, index, size) => values.subarray(index * size, (index + 1) * size);

/**
 * All that a layer outputs for the image that is viewed.
 * @param {Column} column
 * @param {Snapshot | null} snapshot
 * @param {Limits | null} limits
 * @returns {Sheet | null} null while there is nothing to show
 */
export function mapsSheet(column, snapshot, limits) {
  const { kind, layer, title, images, height, width } = column;
  const values = /** @type {Float32Array | Uint8Array | null | undefined} */ (
    kind === 'answer' ? snapshot?.reading?.probabilities : mapsOf(snapshot, layer, 'forward')
  );
  if (!snapshot || !values || values.length === 0) return null;
  const limitOf = (/** @type {number} */ image) =>
    layer === null ? (kind === 'input' ? 255 : 1) : (limits?.map(layer, image) ?? 1);
  const head = { title: `${title}, ${shownFor(snapshot)}`, subtitle: `step ${integer(snapshot.step)}`, table: null };
  const scale = kind === 'input' ? /** @type {const} */ ('ink') : /** @type {const} */ ('diverging');
  const unit = { input: 'pixel', answer: 'probability', maps: 'output', units: 'output' }[kind];
  if (kind === 'units' || kind === 'answer') {
    const columns = Math.ceil(Math.sqrt(values.length));
    const rows = Math.ceil(values.length / columns);
    const filled = new Float32Array(rows * columns);
    filled.set(values);
    const caption = `${integer(images)} ${kind === 'answer' ? 'classes' : 'units'}, row by row`;
    const tiles = [{ caption, values: filled, limit: limitOf(0) }];
    return { ...head, tiles, rows, columns, scale, unit, limit: limitOf(0) };
  }
  const tiles = named(kind === 'input' ? 'channel' : 'map', images).map((caption, image) => ({
    ...{ caption, values: part(values, image, height * width), limit: limitOf(image) },
  }));
  return withScale({ ...head, tiles, rows: height, columns: width, scale, unit, limit: null });
}

/** @param {Snapshot} snapshot */
function shownFor({ reading }) {
  if (reading?.probe.kind === 'drawing') return 'for the drawing';
  return reading ? `for ${reading.probe.kind} image ${reading.probe.index}` : '';
}

/** The limit of all pictures, or else each has its own below it. @param {Sheet} sheet @returns {Sheet} */
function withScale(sheet) {
  const [first] = sheet.tiles;
  if (sheet.tiles.every(({ limit }) => limit === first?.limit)) return { ...sheet, limit: first?.limit ?? 1 };
  const tiles = sheet.tiles.map((tile) => ({ ...tile, caption: `${tile.caption}: ±${tile.limit}` }));
  return { ...sheet, tiles, unit: `${sheet.unit}; each map has a scale of its own, up to the limit below it` };
}

/**
 * All filters of a convolution; with several input channels, a row for each filter.
 * @param {Column} column
 * @param {Snapshot | null} snapshot
 * @param {Limits | null} limits
 * @returns {Sheet | null}
 */
export function filtersSheet({ filters, layer, title }, snapshot, limits) {
  const weights = filterWeights(snapshot, layer, 'forward');
  if (!snapshot || !filters || !weights || layer === null || !limits) return null;
  const count = Math.floor(weights.length / sizeOf(filters));
  const { channels, height: rows, width: columns } = filters;
  const sides = named('filter', count);
  const tiles = sides.flatMap((caption, filter) =>
    named('channel', channels).map((_, channel) => ({
      ...{ caption, values: part(weights, filter * channels + channel, rows * columns) },
      limit: limits.filter(layer, filter),
    })),
  );
  const table = channels > 1 ? { heads: named('channel', channels), sides } : null;
  const head = { title: `${title}, filters`, subtitle: `step ${integer(snapshot.step)}`, table };
  return { ...head, tiles, rows, columns, scale: 'diverging', unit: 'weight', limit: limits.filter(layer, 0) };
}

/**
 * Filters at kept steps of the run, one column a step: one filter, or all of a layer.
 * @param {Column} column
 * @param {readonly Frame[]} frames
 * @param {number | null} only the filter; null: all, each as it reads its first channel
 * @returns {Sheet | null}
 */
export function filmSheet({ filters, title }, frames, only) {
  const first = frames[0];
  if (!filters || !first) return null;
  const { channels, height: rows, width: columns } = filters;
  const count = Math.floor(first.weights.length / sizeOf(filters));
  const largest = Math.max(
    ...frames.map(({ weights }) =>
      only === null ? largestSize(weights) : largestSize(part(weights, only, sizeOf(filters))),
    ),
  );
  const limit = steppedLimit(undefined, largest);
  const sides = only === null ? named('filter', count) : channels > 1 ? named('channel', channels) : [''];
  const places = sides.map((_, index) => (only === null ? index * channels : only * channels + index));
  const tiles = places.flatMap((place) =>
    frames.map(({ weights }) => ({ caption: '', values: part(weights, place, rows * columns), limit })),
  );
  const table = { heads: frames.map(({ step }) => `step ${integer(step)}`), sides };
  const head = { title: `${title}, ${only === null ? 'all filters' : `filter ${only + 1}`}`, subtitle: 'over the run' };
  return { ...head, table, tiles, rows, columns, scale: 'diverging', unit: 'weight', limit };
}

/**
 * The first filters of a convolution, as they were and as they are.
 * @param {Column} column
 * @param {readonly Frame[]} frames
 * @param {number} [largest] weight that the scale has room for
 * @returns {Sheet | null} null where nothing has changed yet
 */
export function beforeAfterSheet(column, frames, largest = largestWeight(frames)) {
  const [before, after] = [frames[0], frames.at(-1)];
  const { filters, images } = column;
  if (!filters || !before || !after || before === after) return null;
  const { channels, height: rows, width: columns } = filters;
  const limit = steppedLimit(undefined, largest);
  const heads = named('filter', Math.min(images, MOST_BESIDES));
  const tiles = [before, after].flatMap(({ weights }) =>
    heads.map((caption, filter) => ({ caption, values: part(weights, filter * channels, rows * columns), limit })),
  );
  const sides = [before, after].map(({ step }) => `step ${integer(step)}`);
  const unit = `weight${images > heads.length ? `; the first ${heads.length} of ${integer(images)} filters` : ''}`;
  const head = { title: '', subtitle: '', table: { heads, sides } };
  return { ...head, tiles, rows, columns, scale: 'diverging', unit, limit };
}

/** Of the first and the last frame. @param {readonly Frame[]} frames */
export const largestWeight = (frames) =>
  Math.max(0, ...[frames[0], frames.at(-1)].map((frame) => (frame ? largestSize(frame.weights) : 0)));

/** @param {FilterSize} size */
const sizeOf = ({ channels, height, width }) => channels * height * width;
