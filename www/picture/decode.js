/** A picture in grey from a file or a camera. The browser decodes it, apart from the page's thread; nothing leaves the page. */

import { fitted, framed } from './colours.js';
import { HEADER_BYTES, sizeIn } from './header.js';

/** @typedef {import('./ink.js').Grey} Grey */
/** @typedef {import('../lib/digit.js').Size} Size */

export const MOST_BYTES = 32 * 2 ** 20;
export const MOST_PIXELS = 20_000_000;
/** The longer side of the grey picture: enough for one digit, and quick to work on. */
const SIDE = 200;

/** @param {Blob} file @returns {Promise<ImageBitmap>} rejected with a sentence if it cannot be used */
async function bitmapFrom(file) {
  if (file.size > MOST_BYTES) {
    const size = Math.ceil(file.size / 2 ** 20);
    throw new Error(`This file is too large: it has ${size} MiB, and 32 MiB is the limit.`);
  }
  const said = sizeIn(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
  if (said) check(said);
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new Error('Your browser cannot open this file as a picture. Use a PNG, JPEG or WebP file.');
  try {
    check(bitmap);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  return bitmap;
}

/** @param {Blob} file @returns {Promise<Grey>} rejected with a sentence if it cannot be used */
export async function greyFromFile(file) {
  const bitmap = await bitmapFrom(file);
  try {
    return greyFrom(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/**
 * In colour, for a network that takes images of this size.
 * @param {Blob} file
 * @param {Size} size
 * @returns {Promise<Uint8Array>} red, then green, then blue; rejected with a sentence if it cannot be used
 */
export async function coloursFromFile(file, size) {
  const bitmap = await bitmapFrom(file);
  try {
    const { width, height } = fitted(bitmap, size);
    return framed({ width, height, data: scaled(bitmap, width, height) }, size);
  } finally {
    bitmap.close();
  }
}

/** @param {{ width: number, height: number }} size */
function check({ width, height }) {
  if (width * height <= MOST_PIXELS) return;
  throw new Error(`This picture is too large: it has ${width} × ${height} pixels. The limit is 20 million in all.`);
}

/** @param {CanvasImageSource} source @param {number} width @param {number} height @returns {Grey} */
function greyFrom(source, width, height) {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const [across = 1, down = 1] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  return { width: across, height: down, values: greyOf(scaled(source, across, down)) };
}

/** Four bytes a pixel, at another size. @param {CanvasImageSource} source @param {number} width @param {number} height */
function scaled(source, width, height) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('Your browser has no room for this picture. Close other pages and try again.');
  // Where a picture is transparent, it is on white paper.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** How bright each pixel appears (Rec. 601). @param {Uint8ClampedArray} data four bytes a pixel */
function greyOf(data) {
  const part = (/** @type {number} */ at) => Number(data[at]);
  return Uint8Array.from({ length: data.length / 4 }, (_, at) =>
    Math.round(0.299 * part(4 * at) + 0.587 * part(4 * at + 1) + 0.114 * part(4 * at + 2)),
  );
}
