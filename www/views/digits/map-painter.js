/** Paints a map of digits: each as its figure in the colour of its class, ringed where it is misread. */

import { categoryColour } from '../../charts/categories.js';

/** @typedef {import('../../charts/palette.js').Theme} Theme */

const FIGURE = 12;
/** Figures are written once and then copied, a thousand of them in each frame. */
const CELL = 16;

export class MapPainter {
  #figures = document.createElement('canvas');
  #written = '';

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{
   *   places: Float32Array, labels: Uint8Array, predicted: Uint8Array, pointed: number | null, probe: number | null,
   *   theme: Theme, colours: { misread: string, probe: string, text: string },
   * }} picture `pointed` and `probe` are points
   */
  paint(context, { places, labels, predicted, pointed, probe, theme, colours }) {
    const ratio = window.devicePixelRatio || 1;
    this.#write(theme, ratio);
    const at = (/** @type {number} */ point) =>
      /** @type {const} */ ([Number(places[2 * point]), Number(places[2 * point + 1])]);
    const size = CELL * ratio;
    labels.forEach((label, point) => {
      const [x, y] = at(point);
      context.drawImage(this.#figures, label * size, 0, size, size, x - CELL / 2, y - CELL / 2, CELL, CELL);
    });
    context.lineWidth = 1.25;
    context.strokeStyle = colours.misread;
    labels.forEach((label, point) => {
      if (predicted[point] !== label) ring(context, at(point), 7.5);
    });
    context.lineWidth = 2;
    if (probe !== null) ring(context, at(probe), 10, colours.probe);
    if (pointed !== null) ring(context, at(pointed), 10, colours.text);
  }

  /** @param {Theme} theme @param {number} ratio */
  #write(theme, ratio) {
    if (this.#written === `${theme} ${ratio}`) return;
    this.#written = `${theme} ${ratio}`;
    [this.#figures.width, this.#figures.height] = [10 * CELL * ratio, CELL * ratio];
    const context = /** @type {CanvasRenderingContext2D} */ (this.#figures.getContext('2d'));
    context.scale(ratio, ratio);
    context.font = `600 ${FIGURE}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let label = 0; label < 10; label++) {
      context.fillStyle = categoryColour(theme, label);
      context.fillText(String(label), (label + 0.5) * CELL, CELL / 2 + 0.5);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {readonly [number, number]} at @param {number} radius @param {string} [colour] */
function ring(context, [x, y], radius, colour) {
  if (colour) context.strokeStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
