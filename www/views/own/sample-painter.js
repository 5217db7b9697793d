/** Images of a set side by side, as a canvas shows them. */

import { inkIndex } from '../../charts/palette.js';

/** @typedef {import('../../charts/palette.js').Palette} Palette */
/** @typedef {import('../../model/data-sets.js').ImageForm} ImageForm */

/** Between two images, in their pixels. */
export const GAP = 2;

/** Of a row of images, in their pixels. @param {ImageForm} form @param {number} count */
export const stripWidth = ({ columns }, count) => Math.max(1, count * (columns + GAP) - GAP);

/**
 * The images in a row, as RGBA: grey ones in the ink of the page, and nothing between them.
 * @param {Uint8Array} pixels image after image, each channel by channel
 * @param {ImageForm} form
 * @param {Palette} ink
 * @returns {Uint8ClampedArray<ArrayBuffer>}
 */
export function stripOf(pixels, form, ink) {
  const { channels, rows, columns } = form;
  const area = rows * columns;
  const count = pixels.length / (channels * area);
  const width = stripWidth(form, count);
  const colours = new Uint32Array(width * rows);
  for (let image = 0; image < count; image += 1) {
    for (let at = 0; at < area; at += 1) {
      const from = image * channels * area + at;
      const place = Math.floor(at / columns) * width + image * (columns + GAP) + (at % columns);
      colours[place] = channels === 1 ? inkOf(pixels[from], ink) : colourOf(pixels, from, area);
    }
  }
  return new Uint8ClampedArray(colours.buffer);
}

/** @param {number | undefined} value @param {Palette} ink */
const inkOf = (value, ink) => Number(ink.colours[inkIndex(Number(value) / 255)]);

/** With red in the lowest byte. @param {Uint8Array} pixels @param {number} at @param {number} area */
function colourOf(pixels, at, area) {
  const [red, green, blue] = [pixels[at], pixels[at + area], pixels[at + 2 * area]].map(Number);
  return ((255 << 24) | (Number(blue) << 16) | (Number(green) << 8) | Number(red)) >>> 0;
}
