/**
 * Equally large images of numbers, kept one below the other in one bitmap of one pixel per value.
 * That is the order of an activation, [channels, height, width], so painting it is one pass.
 */

import { divergingIndex, inkIndex } from './palette.js';

/** @typedef {import('./palette.js').Palette} Palette */

export class ImageStack {
  #canvas = document.createElement('canvas');
  #context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext('2d'));
  #pixels = new ImageData(1, 1);
  #width = 1;
  #height = 1;

  /**
   * @param {number} count
   * @param {number} height of one image
   * @param {number} width of one image
   */
  resize(count, height, width) {
    [this.#height, this.#width] = [height, width];
    if (this.#pixels.width === width && this.#pixels.height === count * height) return;
    this.#canvas.width = width;
    this.#canvas.height = count * height;
    this.#pixels = new ImageData(width, count * height);
  }

  /**
   * @param {ArrayLike<number>} values
   * @param {Palette} palette
   * @param {(image: number) => number} limitOf the limit of each image's scale
   */
  paintDiverging(values, palette, limitOf) {
    const colours = new Uint32Array(this.#pixels.data.buffer);
    const size = this.#width * this.#height;
    for (let start = 0; start < values.length; start += size) {
      const limit = limitOf(start / size);
      for (let index = start; index < start + size; index++) {
        colours[index] = Number(palette.colours[divergingIndex(Number(values[index]), limit)]);
      }
    }
    this.#context.putImageData(this.#pixels, 0, 0);
  }

  /**
   * @param {ArrayLike<number>} values
   * @param {Palette | Palette[]} palettes one for all images, or one for each
   * @param {number} full the value that is full ink
   */
  paintInk(values, palettes, full) {
    const colours = new Uint32Array(this.#pixels.data.buffer);
    const all = [palettes].flat();
    for (let index = 0; index < values.length; index++) {
      const palette = all[Math.floor(index / (this.#width * this.#height)) % all.length];
      colours[index] = Number(palette?.colours[inkIndex(Number(values[index]) / full)]);
    }
    this.#context.putImageData(this.#pixels, 0, 0);
  }

  /**
   * One image of bytes: a single channel as ink, three as red, green and blue.
   * @param {ArrayLike<number>} bytes channel by channel
   * @param {Palette} palette of ink
   */
  paintPixels(bytes, palette) {
    const area = this.#width * this.#height;
    if (bytes.length === area) return this.paintInk(bytes, palette, 255);
    this.#pixels.data.forEach((_, at, data) => {
      data[at] = at % 4 === 3 ? 255 : Number(bytes[(at % 4) * area + (at >> 2)]);
    });
    this.#context.putImageData(this.#pixels, 0, 0);
  }

  /**
   * Draws one image, each value a sharp square.
   * @param {CanvasRenderingContext2D} context
   * @param {number} image
   * @param {{ x: number, y: number, width: number, height: number }} place
   */
  draw(context, image, { x, y, width, height }) {
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#canvas, 0, image * this.#height, this.#width, this.#height, x, y, width, height);
  }
}
