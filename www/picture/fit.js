/** From the ink of a picture to the image for the network, by the same steps as a drawing. */

import { BOX, digitFromCoverage, SIDE } from '../lib/digit.js';
import { boxOf } from './pen.js';

/** @typedef {import('./ink.js').Ink} Ink */
/** @typedef {import('../lib/digit.js').Steps} Steps */
/** @typedef {import('../lib/digit.js').Bounds} Bounds */

/**
 * @param {Ink} ink
 * @param {Steps} steps
 * @returns {Uint8Array | null} null where there is no ink
 */
export function digitFromInk(ink, steps) {
  const box = boxOf(ink);
  if (!box) return null;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const whole = Math.max(ink.width, ink.height);
  const scale = steps.size ? BOX / Math.max(width, height) : SIDE / whole;
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  // The picture is in the middle of the field, so that all of it is seen where its ink stays where it is.
  const target = steps.box
    ? { x: SIDE / 2, y: SIDE / 2 }
    : {
        x: SIDE / 2 + ((middle.x - ink.width / 2) * SIDE) / whole,
        y: SIDE / 2 + ((middle.y - ink.height / 2) * SIDE) / whole,
      };
  const from = { x: target.x - middle.x * scale, y: target.y - middle.y * scale };
  const bounds = {
    ...{ left: box.left * scale + from.x, right: box.right * scale + from.x },
    ...{ top: box.top * scale + from.y, bottom: box.bottom * scale + from.y },
  };
  const at = (/** @type {{ x: number, y: number }} */ shift) =>
    covered(ink, box, scale, { x: from.x + shift.x, y: from.y + shift.y });
  return digitFromCoverage(at, bounds, steps);
}

/**
 * How much of each pixel of the field the scaled ink covers: every pixel of the picture is shared out by area.
 * @param {Ink} ink
 * @param {Bounds} box
 * @param {number} scale
 * @param {{ x: number, y: number }} from where the corner of the picture is in the field
 */
function covered({ width, values }, box, scale, from) {
  const coverage = new Float32Array(SIDE * SIDE);
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const share = Number(values[y * width + x]);
      if (share > 0) spill(coverage, share, from.x + x * scale, from.y + y * scale, scale);
    }
  }
  return coverage.map((share) => Math.min(share, 1));
}

/** Adds a square of ink to the field. @param {Float32Array} coverage @param {number} share @param {number} left @param {number} top @param {number} side */
function spill(coverage, share, left, top, side) {
  const last = (/** @type {number} */ end) => Math.min(Math.ceil(end), SIDE);
  for (let row = Math.max(0, Math.floor(top)); row < last(top + side); row++) {
    const high = Math.min(top + side, row + 1) - Math.max(top, row);
    for (let column = Math.max(0, Math.floor(left)); column < last(left + side); column++) {
      const wide = Math.min(left + side, column + 1) - Math.max(left, column);
      const at = row * SIDE + column;
      coverage[at] = Number(coverage[at]) + share * high * wide;
    }
  }
}
