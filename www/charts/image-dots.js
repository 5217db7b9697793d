/** An image over colours that stand for something else, so that both can be read. */

/** @typedef {import('./palette.js').Theme} Theme */

/** The colour of ink on the page, as the numbers of `rgb()`. @type {Record<Theme, string>} */
export const INK = { light: '20 24 28', dark: '236 239 242' };

/**
 * A dot for each pixel: of one channel as large as the pixel is dark, of three in the pixel's colour.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} pixels channel by channel
 * @param {{ channels: number, rows: number, columns: number }} form
 * @param {number} cell the side of a pixel
 * @param {Theme} theme
 */
export function paintDots(context, pixels, { channels, rows, columns }, cell, theme) {
  const area = rows * columns;
  context.fillStyle = `rgb(${INK[theme]} / 55%)`;
  for (let index = 0; index < area; index++) {
    const side = channels === 1 ? (Number(pixels[index]) / 255) * (cell / 2) : cell / 2;
    const [x, y] = [((index % columns) + 0.5) * cell, (Math.floor(index / columns) + 0.5) * cell];
    if (channels > 1)
      context.fillStyle = `rgb(${[0, 1, 2].map((channel) => pixels[channel * area + index]).join(' ')})`;
    if (side > 0) context.fillRect(x - side / 2, y - side / 2, side, side);
  }
}

/** The side of a pixel on a canvas whose longer side is about this long. @param {{ rows: number, columns: number }} form @param {number} side */
export const cellOf = ({ rows, columns }, side) => Math.max(2, Math.round(side / Math.max(rows, columns)));
