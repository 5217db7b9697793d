/** The network as the columns of a picture: one for the input, one for each layer, one for the answer. */

import { integer, shape } from '../../lib/format.js';
import { kindOf, layerNames, shortName } from '../../model/layer-kinds.js';

/** What stands below the heading of a layer, which is so high and wide. @typedef {import('svelte').Snippet<[layer: number, height: number, width: number]>} Mark */
/** @typedef {import('../../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * `images` equally large images of `height` × `width` numbers. `kind` tells how they are drawn: pixels
 * as ink, maps as tiles, units as cells, the answer as bars. `filters` is the size of one filter. `title` is unique, `heading` short.
 * @typedef {{
 *   key: string, kind: 'input' | 'maps' | 'units' | 'answer', layer: number | null, type: LayerSpec['type'] | null,
 *   title: string, heading: string, detail: string, shape: string, parameters: number, multiplyAdds: number,
 *   images: number, height: number, width: number,
 *   filters: { channels: number, height: number, width: number } | null,
 * }} Column
 */

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @returns {Column[]}
 */
export function columnsOf(spec, summary) {
  const names = layerNames(spec.layers);
  const [channels, height, width] = summary.input;
  /** @type {Column} */
  const input = {
    ...column('input', 'input', summary.input),
    kind: 'input',
    images: channels,
    height,
    width,
  };
  const layers = summary.layers.map((layer, index) => {
    const spec_ = /** @type {LayerSpec} */ (spec.layers[index]);
    const before = index === 0 ? summary.input : /** @type {{ shape: number[] }} */ (summary.layers[index - 1]).shape;
    return layerColumn(spec_, layer, index, String(names[index]), before);
  });
  /** @type {Column} */
  const answer = { ...column('answer', 'softmax', [summary.classes]), kind: 'answer', images: summary.classes };
  return [input, ...layers, answer];
}

/**
 * @param {LayerSpec} spec
 * @param {Summary['layers'][number]} summary
 * @param {number} layer
 * @param {string} title
 * @param {readonly number[]} before the input shape
 * @returns {Column}
 */
function layerColumn(spec, summary, layer, title, before) {
  const [images = 1, height = 1, width = 1] = summary.shape;
  return {
    ...column(`layer ${layer}`, title, summary.shape),
    kind: summary.shape.length === 3 ? 'maps' : 'units',
    layer,
    heading: summary.parameters > 0 ? title : shortName(spec.type),
    detail: kindOf(spec).detail?.(spec) ?? '',
    type: spec.type,
    parameters: summary.parameters,
    multiplyAdds: summary.multiply_adds,
    images,
    height,
    width,
    filters:
      spec.type === 'conv2d'
        ? { channels: before[0] ?? 1, height: spec.kernel_size[0], width: spec.kernel_size[1] }
        : null,
  };
}

/**
 * @param {string} key
 * @param {string} title
 * @param {readonly number[]} size
 * @returns {Column}
 */
function column(key, title, size) {
  return {
    key,
    kind: 'units',
    layer: null,
    type: null,
    title,
    heading: title,
    detail: '',
    shape: shape(size),
    parameters: 0,
    multiplyAdds: 0,
    images: 1,
    height: 1,
    width: 1,
    filters: null,
  };
}

/** What the answer's column shows in the backward pass, in two lines, for it is narrow. */
const ERROR_LINES = ['probability', '− target'];

/**
 * The lines below a column's heading. With `details`, each setting has a line of its own.
 * @param {Column} column
 * @param {boolean} details
 * @param {'forward' | 'backward'} [direction]
 * @returns {string[]}
 */
export function linesOf({ kind, detail, shape, parameters, multiplyAdds }, details, direction = 'forward') {
  if (kind === 'answer' && direction === 'backward') return ERROR_LINES;
  const costs = [parameters && `${integer(parameters)} param.`, multiplyAdds && `${integer(multiplyAdds)} mul.`];
  const lines = details ? [...detail.split(', '), shape, ...costs] : [detail, shape];
  return /** @type {string[]} */ (lines.filter(Boolean));
}
