/** From the ink of a picture to the image for the network, by the same steps as a drawing. */

import { digitFromCoverage, fieldOf, MNIST_SIZE } from '../lib/digit.js';
import { boxOf } from './pen.js';

/** @typedef {import('./ink.js').Ink} Ink */
/** @typedef {import('../lib/digit.js').Steps} Steps */
/** @typedef {import('../lib/digit.js').Bounds} Bounds */
/** @typedef {import('../lib/digit.js').Size} Size */

/**
 * @param {Ink} ink
 * @param {Steps} steps
 * @param {Size} [size] of the image
 * @returns {Uint8Array | null} null where there is no ink
 */
export function digitFromInk(ink, steps, size = MNIST_SIZE) {
  const box = boxOf(ink);
  if (!box) return null;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const whole = Math.max(ink.width, ink.height);
  const field = fieldOf(size);
  const { rows, columns, side } = field;
  const scale = steps.size ? field.box / Math.max(width, height) : side / whole;
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  // The picture is in the middle of the field, so that all of it is seen where its ink stays where it is.
  const target = steps.box
    ? { x: columns / 2, y: rows / 2 }
    : {
        x: columns / 2 + ((middle.x - ink.width / 2) * side) / whole,
        y: rows / 2 + ((middle.y - ink.height / 2) * side) / whole,
      };
  const from = { x: target.x - middle.x * scale, y: target.y - middle.y * scale };
  const bounds = {
    ...{ left: box.left * scale + from.x, right: box.right * scale + from.x },
    ...{ top: box.top * scale + from.y, bottom: box.bottom * scale + from.y },
  };
  const at = (/** @type {{ x: number, y: number }} */ shift) =>
    covered(ink, box, scale, { x: from.x + shift.x, y: from.y + shift.y }, size);
  return digitFromCoverage(at, bounds, steps, field);
}

/**
 * How much of each pixel of the field the scaled ink covers: every pixel of the picture is shared out by area.
 * @param {Ink} ink
 * @param {Bounds} box
 * @param {number} scale
 * @param {{ x: number, y: number }} from where the corner of the picture is in the field
 * @param {Size} size of the field
 */
function covered({ width, values }, box, scale, from, size) {
  const coverage = new Float32Array(size.rows * size.columns);
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const share = Number(values[y * width + x]);
      if (share > 0) spill(coverage, size, share, { left: from.x + x * scale, top: from.y + y * scale, side: scale });
    }
  }
  return coverage.map((share) => Math.min(share, 1));
}

/**
 * Adds a square of ink to the field.
 * @param {Float32Array} coverage
 * @param {Size} size of the field
 * @param {number} share
 * @param {{ left: number, top: number, side: number }} square
 */
function spill(coverage, { rows, columns }, share, { left, top, side }) {
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(Math.ceil(top + side), rows); row++) {
    const high = Math.min(top + side, row + 1) - Math.max(top, row);
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(Math.ceil(left + side), columns); column++) {
      const wide = Math.min(left + side, column + 1) - Math.max(left, column);
      const at = row * columns + column;
      coverage[at] = Number(coverage[at]) + share * high * wide;
    }
  }
}
