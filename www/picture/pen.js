/** Where ink is, and how thick its lines are. */

import { BOX, PEN } from '../lib/digit.js';

/** @typedef {import('./ink.js').Ink} Ink */
/** @typedef {import('../lib/digit.js').Bounds} Bounds */

/** The box of the ink, in pixels of the picture. @param {Ink} ink @returns {Bounds | null} */
export function boxOf({ width, values }) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  values.forEach((share, index) => {
    if (share < 0.5) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + 1);
    box.bottom = Math.max(box.bottom, y + 1);
  });
  return box.left < Infinity ? box : null;
}

/**
 * Ink whose lines are at least as thick as those of the training: MNIST's pen has an eighth of the digit's length.
 * @param {Ink} ink
 * @returns {Ink}
 */
export function thickened(ink) {
  const box = boxOf(ink);
  if (!box) return ink;
  const long = Math.max(box.right - box.left, box.bottom - box.top);
  const reach = Math.floor(((PEN / BOX) * long - lineWidth(ink)) / 2);
  return reach < 1 ? ink : { ...ink, values: grown(ink, reach) };
}

/** How thick its lines are, in pixels of the picture: twice the area for each pixel of its edge. @param {Ink} ink */
function lineWidth({ width, values }) {
  let [area, edge] = [0, 0];
  values.forEach((share, at) => {
    if (share < 0.5) return;
    area += 1;
    const x = at % width;
    const near = [x > 0 && values[at - 1], x < width - 1 && values[at + 1], values[at - width], values[at + width]];
    edge += near.filter((other) => !other).length;
  });
  // A slanted edge has more sides of pixels than its length, by 4 / π on average.
  return (2 * area) / Math.max((edge * Math.PI) / 4, 1);
}

/** Every pixel within a disc around ink is ink. @param {Ink} ink @param {number} reach */
function grown({ width, height, values }, reach) {
  const result = Float32Array.from(values);
  for (let down = -reach; down <= reach; down++) {
    const across = Math.floor(Math.sqrt(reach * reach - down * down));
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
      for (let x = 0; x < width; x++) {
        if (Number(values[y * width + x]) < 0.5) continue;
        const line = (y + down) * width;
        result.fill(1, line + Math.max(0, x - across), line + Math.min(width, x + across + 1));
      }
    }
  }
  return result;
}
