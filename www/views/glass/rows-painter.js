/** Paints the visible channels of a sum: input map × weights = partial result. */

import { ImageStack } from '../../charts/image-stack.js';
import { largestSize } from '../../charts/scale.js';
import { diverging } from '../../charts/palette.js';
import { typeScale } from '../../lib/looks.svelte.js';
import { framed } from '../network/column-painter.js';

/**
 * `slice` and `partial` return the weights and the partial result of a channel. `window` is drawn on the inputs, `at`
 * on the partial results, `one` on both instead where only one number is shown.
 * @typedef {{
 *   rows: import('./rows.js').Rows, input: import('./opened.js').Numbers, inputSize: import('./rows.js').Sides,
 *   sliceSize: import('./rows.js').Sides, partialSize: import('./rows.js').Sides,
 *   slice: (channel: number) => ArrayLike<number> | null, partial: (channel: number) => ArrayLike<number> | null,
 *   limits: { input: (channel: number) => number, weights: number, partial: number },
 *   sign: string, channel: number, first: number, end: number, scrolled: number,
 *   marks: (channel: number) => { input: import('../../explain/geometry.js').Window | null,
 *     slice: import('../../explain/geometry.js').Window | null, partial: import('../../explain/geometry.js').Window | null },
 *   theme: import('../../charts/palette.js').Theme, accent: string, soft: string, width: number, height: number,
 * }} Picture
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 */

export class RowsPainter {
  #stacks = { input: new ImageStack(), slice: new ImageStack(), partial: new ImageStack() };

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Picture} picture
   */
  paint(context, picture) {
    const { rows, first, end, scrolled } = picture;
    confluence(context, picture);
    for (let channel = first; channel < end; channel++) {
      const middle = channel * rows.pitch - scrolled + (rows.pitch - 6) / 2;
      this.#row(context, picture, channel, middle);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Picture} picture
   * @param {number} channel
   * @param {number} middle
   */
  #row(context, picture, channel, middle) {
    const { rows, inputSize, sliceSize, partialSize, limits, theme, accent } = picture;
    const area = inputSize.height * inputSize.width;
    const values = picture.input.subarray(channel * area, (channel + 1) * area);
    const box = (/** @type {number} */ x, /** @type {number} */ width, /** @type {number} */ height) => ({
      ...{ x, y: Math.round(middle - height / 2), width, height },
    });
    const boxes = {
      input: box(rows.x[0], rows.tileWidth, rows.tileHeight),
      slice: box(rows.x[1], rows.sliceWidth, rows.sliceHeight),
      partial: box(rows.x[2], rows.partialWidth, rows.partialHeight),
    };
    const marks = picture.marks(channel);
    const limit = limits.input(channel);
    this.#tile(context, 'input', values, inputSize, boxes.input, limit, theme, marks.input, accent);
    const slice = picture.slice(channel);
    this.#tile(context, 'slice', slice, sliceSize, boxes.slice, limits.weights, theme, marks.slice, accent);
    const partial = picture.partial(channel);
    this.#tile(context, 'partial', partial, partialSize, boxes.partial, limits.partial, theme, marks.partial, accent);
    signs(context, picture, middle, channel);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {'input' | 'slice' | 'partial'} part
   * @param {ArrayLike<number> | null} values
   * @param {import('./rows.js').Sides} size
   * @param {Box} box
   * @param {number} limit
   * @param {import('../../charts/palette.js').Theme} theme
   * @param {import('../../explain/geometry.js').Window | null} mark
   * @param {string} accent
   */
  #tile(context, part, values, size, box, limit, theme, mark, accent) {
    const inside = framed(context, box, theme);
    if (values && values.length === size.height * size.width) {
      const stack = this.#stacks[part];
      stack.resize(1, size.height, size.width);
      stack.paintDiverging(values, diverging[theme], () => limit);
      stack.draw(context, 0, inside);
    }
    if (!mark) return;
    const [across, down] = [inside.width / size.width, inside.height / size.height];
    context.save();
    context.beginPath();
    context.rect(box.x - 1, box.y - 1, box.width + 2, box.height + 2);
    context.clip();
    context.strokeStyle = accent;
    context.lineWidth = 1.5;
    const [x, y] = [inside.x + mark.column * across, inside.y + mark.row * down];
    context.strokeRect(x, y, Math.max(3, mark.width * across), Math.max(3, mark.height * down));
    context.restore();
  }
}

/**
 * All partial results flow into one sum.
 * @param {CanvasRenderingContext2D} context
 * @param {Picture} picture
 */
function confluence(context, { rows, first, end, scrolled, channel: chosen, accent, soft, width, height }) {
  const [from, to] = [rows.x[2] + rows.partialWidth + 4, width];
  if (to - from < 12) return;
  for (let channel = first; channel < end; channel++) {
    const y = (channel + 0.5) * rows.pitch - 3 - scrolled;
    const bend = (to - from) / 2;
    context.strokeStyle = channel === chosen ? accent : soft;
    context.globalAlpha = channel === chosen ? 1 : 0.35;
    context.beginPath();
    context.moveTo(from, y);
    context.bezierCurveTo(from + bend, y, to - bend, height / 2, to, height / 2);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Picture} picture
 * @param {number} middle
 * @param {number} channel
 */
function signs(context, { rows, sign, soft, accent, channel: chosen }, middle, channel) {
  context.font = `${13 * typeScale()}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = channel === chosen ? accent : soft;
  context.fillText(sign, rows.x[1] - rows.sign / 2, middle);
  context.fillText('=', rows.x[2] - rows.sign / 2, middle);
}

/** A limit that has to hold what was not seen before, and does not fall while it is shown. @param {number} limit @param {readonly (ArrayLike<number> | null)[]} pictures */
export function grown(limit, pictures) {
  return Math.max(limit, ...pictures.map((values) => (values ? largestSize(values) : 0)));
}
