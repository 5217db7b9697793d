/** Paints the tiles of one column: the images that can be seen, with a hairline around each. */

import { tilePlace } from '../../charts/grid.js';
import { ImageStack } from '../../charts/image-stack.js';
import { diverging, ink, paletteOf, scalesOf } from '../../charts/palette.js';
import { filterWeights, INPUT, mapsOf } from '../backward/direction.js';

/**
 * @typedef {{
 *   column: import('./columns.js').Column, place: import('./layout.js').ColumnBox,
 *   snapshot: import('../../model/reports.js').Snapshot | null, limits: import('./limits.js').Limits | null,
 *   theme: import('../../charts/palette.js').Theme, scrolled: number, viewHeight: number,
 *   direction: import('../backward/direction.js').Direction,
 * }} Picture
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 */

const HAIRLINE = { light: '#dfe3e6', dark: '#2d343b' };
const EMPTY = { light: '#ffffff', dark: '#14171b' };

export class ColumnPainter {
  #images = new ImageStack();
  #filters = new ImageStack();
  #picture = new ImageStack();

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Picture} picture
   */
  paint(context, picture) {
    const { column, place, theme, scrolled, viewHeight } = picture;
    const hasImages = this.#colourImages(picture);
    const hasFilters = this.#colourFilters(picture);
    const [first, last] = visibleRows(place.grid, scrolled, viewHeight);
    const end = Math.min(last * place.grid.columns, place.lead + column.images);
    for (let cell = first * place.grid.columns; cell < end; cell++) {
      const image = cell - place.lead;
      const { x, y } = tilePlace(place.grid, cell);
      const { tileWidth, tileHeight } = place.grid;
      const offset = place.filter > 0 ? place.filter + 3 : 0;
      const box = { x: x + offset, y: y - scrolled, width: tileWidth - offset, height: tileHeight };
      const inside = place.grid.gap > 1 ? framed(context, box, theme) : box;
      if (image < 0) {
        this.#paintPicture(context, picture, inside);
        continue;
      }
      if (hasImages) this.#images.draw(context, image, inside);
      if (!column.filters || place.filter === 0) continue;
      const small = framed(context, filterBox(x, y - scrolled, place, column.filters), theme);
      if (hasFilters) this.#filters.draw(context, image, small);
    }
  }

  /** The image in colour, whose channels follow. @param {CanvasRenderingContext2D} context @param {Picture} picture @param {Box} box */
  #paintPicture(context, { column, snapshot, theme }, box) {
    const pixels = snapshot?.reading?.pixels;
    if (pixels?.length !== column.images * column.height * column.width) return;
    this.#picture.resize(1, column.height, column.width);
    this.#picture.paintPixels(pixels, ink[theme]);
    this.#picture.draw(context, 0, box);
  }

  /** @param {Picture} picture */
  #colourImages({ column, snapshot, limits, theme, direction }) {
    const values = mapsOf(snapshot, column.layer, direction);
    if (!values || values.length !== column.images * column.height * column.width) return false;
    this.#images.resize(column.images, column.height, column.width);
    if (column.layer === null && direction === 'forward') {
      const palettes = scalesOf(column.images).map((scale) => paletteOf(scale, theme));
      this.#images.paintInk(values, palettes, 255);
      return true;
    }
    if (!limits) return false;
    this.#images.paintDiverging(values, diverging[theme], (image) => limits.map(column.layer ?? INPUT, image));
    return true;
  }

  /** @param {Picture} picture */
  #colourFilters({ column, snapshot, limits, theme, direction }) {
    const { layer, filters } = column;
    const weights = filterWeights(snapshot, layer, direction);
    if (!filters || layer === null || !weights || !limits) return false;
    const means = meanOverChannels(weights, filters);
    if (means.length !== column.images * filters.height * filters.width) return false;
    this.#filters.resize(column.images, filters.height, filters.width);
    this.#filters.paintDiverging(means, diverging[theme], (image) => limits.filter(layer, image));
    return true;
  }
}

/**
 * One picture for a filter of many channels: what it weighs on average.
 * @param {Float32Array} weights [filters, channels, height, width]
 * @param {{ channels: number, height: number, width: number }} size of one filter
 * @returns {Float32Array} [filters, height, width]
 */
export function meanOverChannels(weights, { channels, height, width }) {
  const area = height * width;
  if (channels === 1) return weights;
  const filters = Math.floor(weights.length / (channels * area));
  const means = new Float32Array(filters * area);
  for (let filter = 0; filter < filters; filter++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let index = 0; index < area; index++) {
        const at = filter * area + index;
        means[at] = Number(means[at]) + Number(weights[(filter * channels + channel) * area + index]) / channels;
      }
    }
  }
  return means;
}

/**
 * @param {import('../../charts/grid.js').Grid} grid
 * @param {number} scrolled
 * @param {number} viewHeight
 * @returns {[first: number, end: number]}
 */
function visibleRows(grid, scrolled, viewHeight) {
  const pitch = grid.tileHeight + grid.gap;
  const first = Math.max(0, Math.floor(scrolled / pitch));
  return [first, Math.min(grid.rows, Math.ceil((scrolled + viewHeight) / pitch))];
}

/**
 * The filter stands to the left of the map it makes, at its middle.
 * @param {number} x
 * @param {number} y
 * @param {import('./layout.js').ColumnBox} place
 * @param {{ height: number, width: number }} filter
 * @returns {Box}
 */
function filterBox(x, y, { grid, filter: side }, { height, width }) {
  const scale = side / Math.max(height, width);
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return { x: x + side - across, y: y + Math.round((grid.tileHeight - down) / 2), width: across, height: down };
}

/**
 * Draws a hairline and an empty tile within it.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {'light' | 'dark'} theme
 * @returns {Box} what is left inside
 */
export function framed(context, { x, y, width, height }, theme) {
  context.fillStyle = HAIRLINE[theme];
  context.fillRect(x, y, width, height);
  const inside = { x: x + 1, y: y + 1, width: Math.max(1, width - 2), height: Math.max(1, height - 2) };
  context.fillStyle = EMPTY[theme];
  context.fillRect(inside.x, inside.y, inside.width, inside.height);
  return inside;
}
