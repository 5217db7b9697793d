/** A picture in colour in the field of a network that takes smaller ones, as the images of a set are fitted into theirs. */

/** @typedef {import('../lib/digit.js').Size} Size */
/** @typedef {{ width: number, height: number }} Extent */

/**
 * How large a picture is in the field when all of it is seen and its proportions are kept.
 * @param {Extent} picture
 * @param {Size} field
 * @returns {Extent}
 */
export function fitted({ width, height }, { rows, columns }) {
  const scale = Math.min(columns / width, rows / height);
  const [across = 1, down = 1] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  return { width: Math.min(across, columns), height: Math.min(down, rows) };
}

/**
 * The picture in the middle of the field; what remains has the colour of its border.
 * @param {Extent & { data: ArrayLike<number> }} picture four bytes a pixel, no larger than the field
 * @param {Size} field
 * @returns {Uint8Array} red, then green, then blue
 */
export function framed({ width, height, data }, { rows, columns }) {
  const area = rows * columns;
  const [left, top] = [Math.floor((columns - width) / 2), Math.floor((rows - height) / 2)];
  const pixels = new Uint8Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    const valueAt = (/** @type {number} */ x, /** @type {number} */ y) => Number(data[4 * (y * width + x) + channel]);
    pixels.fill(borderOf({ width, height }, valueAt), channel * area, (channel + 1) * area);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) pixels[channel * area + (top + y) * columns + left + x] = valueAt(x, y);
    }
  }
  return pixels;
}

/** The median over the border. @param {Extent} picture @param {(x: number, y: number) => number} valueAt */
function borderOf({ width, height }, valueAt) {
  const across = Array.from({ length: width }, (_, x) => [valueAt(x, 0), valueAt(x, height - 1)]);
  const down = Array.from({ length: height }, (_, y) => [valueAt(0, y), valueAt(width - 1, y)]);
  const values = [...across, ...down].flat().sort((a, b) => a - b);
  return Number(values[Math.floor(values.length / 2)]);
}
