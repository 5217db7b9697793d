/** Paints a map of digits: each as its figure, or the short name of its class, in the colour of the class, ringed where it is misclassified. */

import { categoryColour } from '../../charts/categories.js';
import { typeScale } from '../../lib/looks.svelte.js';

/** @typedef {import('../../charts/palette.js').Theme} Theme */

const FIGURE = 12;
/** Names are written once and then copied, a thousand of them in each frame. */
const CELL = 16;
/** The same for names of more than one letter. */
const WORD = { size: 11, width: 32 };

export class MapPainter {
  #figures = document.createElement('canvas');
  #written = '';

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{
   *   places: Float32Array, labels: Uint8Array, predicted: Uint8Array, names: readonly string[], pointed: number | null, probe: number | null,
   *   theme: Theme, colours: { misclassified: string, probe: string, text: string },
   * }} picture `pointed` and `probe` are points
   */
  paint(context, { places, labels, predicted, names, pointed, probe, theme, colours }) {
    const [ratio, scale] = [window.devicePixelRatio || 1, typeScale()];
    const isWord = names.some(({ length }) => length > 1);
    const [width, height] = [scale * (isWord ? WORD.width : CELL), scale * CELL];
    this.#write(names, { width, height }, `600 ${scale * (isWord ? WORD.size : FIGURE)}px`, theme, ratio);
    const at = (/** @type {number} */ point) =>
      /** @type {const} */ ([Number(places[2 * point]), Number(places[2 * point + 1])]);
    const [across, down] = [width * ratio, height * ratio];
    labels.forEach((label, point) => {
      const [x, y] = at(point);
      context.drawImage(this.#figures, label * across, 0, across, down, x - width / 2, y - height / 2, width, height);
    });
    context.lineWidth = 1.25;
    context.strokeStyle = colours.misclassified;
    labels.forEach((label, point) => {
      if (predicted[point] !== label) ring(context, at(point), 7.5 * scale);
    });
    context.lineWidth = 2;
    if (probe !== null) ring(context, at(probe), 10 * scale, colours.probe);
    if (pointed !== null) ring(context, at(pointed), 10 * scale, colours.text);
  }

  /**
   * @param {readonly string[]} names
   * @param {{ width: number, height: number }} cell of each
   * @param {string} font its weight and size
   * @param {Theme} theme
   * @param {number} ratio
   */
  #write(names, { width, height }, font, theme, ratio) {
    const wanted = `${names} ${font} ${theme} ${ratio}`;
    if (this.#written === wanted) return;
    this.#written = wanted;
    [this.#figures.width, this.#figures.height] = [names.length * width * ratio, height * ratio];
    const context = /** @type {CanvasRenderingContext2D} */ (this.#figures.getContext('2d'));
    context.scale(ratio, ratio);
    context.font = `${font} system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    names.forEach((name, label) => {
      context.fillStyle = categoryColour(theme, label);
      context.fillText(name, (label + 0.5) * width, height / 2 + 0.5);
    });
  }
}

/** @param {CanvasRenderingContext2D} context @param {readonly [number, number]} at @param {number} radius @param {string} [colour] */
function ring(context, [x, y], radius, colour) {
  if (colour) context.strokeStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
