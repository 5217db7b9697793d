/** Ink in a picture: light evened out, dark or light ink told apart, a threshold, and the parts that are large enough. */

import { thickened } from './pen.js';

/** A picture in grey: 0 is black, 255 is white, row after row. @typedef {{ width: number, height: number, values: Uint8Array }} Grey */
/** How much of each pixel is ink, from 0 to 1. @typedef {{ width: number, height: number, values: Float32Array }} Ink */

/**
 * How ink is found. `even`: the light is evened out. `threshold` is between paper, 0, and the darkest ink, 255; null: by Otsu's
 * method. `invert`: whether the ink is lighter than the paper; null: what the rim of the picture says. `parts`: small parts are
 * dropped. `pen`: a thin line is made as thick as those of the training.
 * @typedef {{ even: boolean, threshold: number | null, invert: boolean | null, parts: boolean, pen: boolean }} Finding
 */

/** All the visitor has left to the page. @type {Readonly<Finding>} */
export const AS_FOUND = Object.freeze({ even: true, threshold: null, invert: null, parts: true, pen: true });

/** Less difference than this between paper and ink is noise. */
const LEAST_CONTRAST = 24;
/** A part with less than this share of the largest one's pixels is dirt. */
const SMALLEST_PART = 0.1;

/**
 * @param {Grey} grey
 * @param {Finding} finding
 * @returns {{ dark: Grey, darkness: Grey, marked: Ink, kept: Ink, ink: Ink, threshold: number, inverted: boolean, isEmpty: boolean }} `dark`: ink
 *   is large; `darkness`: in even light; `marked`: above the threshold; `kept`: its large parts; `ink`: these, with MNIST's pen
 */
export function inkOf(grey, finding) {
  const inverted = finding.invert ?? isInkLighter(grey);
  const dark = { ...grey, values: inverted ? grey.values : grey.values.map((value) => 255 - value) };
  const darkness = finding.even ? evened(dark) : dark;
  const automatic = otsu(darkness.values);
  const threshold = finding.threshold ?? automatic.threshold;
  const isBlank = finding.threshold === null && automatic.contrast < LEAST_CONTRAST;
  const mask = Uint8Array.from(darkness.values, (value) => Number(!isBlank && value > threshold));
  const kept = finding.parts ? largeParts(mask, grey) : mask;
  const inkIn = (/** @type {Uint8Array} */ values) => ({ ...grey, values: Float32Array.from(values) });
  const large = inkIn(kept);
  const ink = finding.pen ? thickened(large) : large;
  const isEmpty = !kept.includes(1);
  return { dark, darkness, marked: inkIn(mask), kept: large, ink, threshold, inverted, isEmpty };
}

/**
 * The threshold that parts the values best into two groups, and how far apart their means are (Otsu, 1979).
 * @param {Uint8Array} values
 */
export function otsu(values) {
  const counts = new Float64Array(256);
  for (const value of values) counts[value] = Number(counts[value]) + 1;
  const total = values.length;
  const sum = counts.reduce((all, count, value) => all + count * value, 0);
  let best = { threshold: 127, between: -1, contrast: 0 };
  let [below, sumBelow] = [0, 0];
  for (let value = 0; value < 255; value++) {
    below += Number(counts[value]);
    sumBelow += value * Number(counts[value]);
    if (below === 0 || below === total) continue;
    const contrast = (sum - sumBelow) / (total - below) - sumBelow / below;
    const between = below * (total - below) * contrast ** 2;
    if (between > best.between) best = { threshold: value, between, contrast };
  }
  return best;
}

/** Paper reaches the rim: where the rim is darker than the middle of the values, the ink is the lighter part. @param {Grey} grey */
export function isInkLighter({ width, height, values }) {
  const { threshold } = otsu(values);
  const rim = [];
  for (let x = 0; x < width; x++) rim.push(values[x], values[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) rim.push(values[y * width], values[y * width + width - 1]);
  return rim.filter((value) => Number(value) <= threshold).length > rim.length / 2 && otsu(values).contrast > 0;
}

/**
 * Takes off what changes slowly: a shadow over the paper. The paper around each pixel is the lightest value near it, smoothed.
 * @param {Grey} dark
 * @returns {Grey}
 */
function evened(dark) {
  const reach = Math.max(1, Math.round(Math.max(dark.width, dark.height) / 8));
  const paper = blurred(leastNear(blurred(dark, 1), reach), reach);
  return { ...dark, values: dark.values.map((value, at) => Math.max(0, value - Number(paper.values[at]))) };
}

/** Calls back for each line of the picture along one axis, with the index of its first pixel and the way to the next. @param {Grey} picture @param {boolean} across @param {(first: number, stride: number, length: number) => void} work */
function eachLine({ width, height }, across, work) {
  for (let line = 0; line < (across ? height : width); line++) {
    if (across) work(line * width, 1, width);
    else work(line, width, height);
  }
}

/** The mean of a square around each pixel. @param {Grey} picture @param {number} reach @returns {Grey} */
function blurred(picture, reach) {
  return inBothWays(picture, (value, first, length) => {
    const sums = new Float64Array(length + 1);
    for (let at = 0; at < length; at++) sums[at + 1] = Number(sums[at]) + value(at);
    return (at) => {
      const [from, to] = [Math.max(0, at - reach), Math.min(length, at + reach + 1)];
      return (Number(sums[to]) - Number(sums[from])) / (to - from);
    };
  });
}

/** The least value of a square around each pixel. @param {Grey} picture @param {number} reach @returns {Grey} */
function leastNear(picture, reach) {
  return inBothWays(picture, (value, first, length) => (at) => {
    let least = 255;
    for (let near = Math.max(0, at - reach); near < Math.min(length, at + reach + 1); near++) {
      least = Math.min(least, value(near));
    }
    return least;
  });
}

/**
 * @param {Grey} picture
 * @param {(value: (at: number) => number, first: number, length: number) => (at: number) => number} filter of one line
 * @returns {Grey}
 */
function inBothWays(picture, filter) {
  let { values } = picture;
  for (const across of [true, false]) {
    const [from, to] = [values, new Uint8Array(values.length)];
    eachLine(picture, across, (first, stride, length) => {
      const result = filter((at) => Number(from[first + at * stride]), first, length);
      for (let at = 0; at < length; at++) to[first + at * stride] = Math.round(result(at));
    });
    values = to;
  }
  return { ...picture, values };
}

/**
 * Only connected parts that are large enough: a digit may have two, and dirt has many.
 * @param {Uint8Array} mask
 * @param {{ width: number, height: number }} size
 */
export function largeParts(mask, { width, height }) {
  const parts = new Int32Array(mask.length);
  /** @type {number[]} */
  const sizes = [0];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || parts[start]) continue;
    const part = sizes.length;
    const open = [start];
    parts[start] = part;
    let size = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      size += 1;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let near = 0; near < 9; near++) {
        const [u, v] = [x + (near % 3) - 1, y + Math.floor(near / 3) - 1];
        const next = v * width + u;
        if (u < 0 || v < 0 || u >= width || v >= height || !mask[next] || parts[next]) continue;
        parts[next] = part;
        open.push(next);
      }
    }
    sizes.push(size);
  }
  const least = SMALLEST_PART * sizes.reduce((most, size) => Math.max(most, size), 0);
  return mask.map((inked, at) => Number(inked && Number(sizes[Number(parts[at])]) >= least));
}
