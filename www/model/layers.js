/** Changes of a list of layers. Lists and layers are replaced, never changed. */

import { KINDS } from './layer-kinds.js';

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./layer-kinds.js').Field} Field */
/** @typedef {import('./layer-kinds.js').LayerKind} LayerKind */

/** Height, width, or both at once. @typedef {0 | 1 | 'both'} Axis */

/**
 * The value of a field: [height, width] of a pair, one number of any other.
 * @param {LayerSpec} layer
 * @param {Field} field
 * @returns {number[]}
 */
export function readField(layer, field) {
  const value = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (layer))[field.key];
  return field.pair ? [.../** @type {number[]} */ (value)] : [/** @type {number} */ (value)];
}

/**
 * @param {LayerSpec} layer
 * @param {Field} field
 * @param {Axis} axis
 * @param {number} value
 * @returns {LayerSpec}
 */
export function writeField(layer, field, axis, value) {
  const next = field.pair
    ? readField(layer, field).map((old, index) => (axis === 'both' || axis === index ? value : old))
    : value;
  return /** @type {LayerSpec} */ ({ ...layer, [field.key]: next });
}

/** @param {LayerSpec} layer */
export const isSquare = (layer) =>
  KINDS[layer.type].fields.every((field) => {
    const [height, width] = readField(layer, field);
    return !field.pair || height === width;
  });

/**
 * The layer with the height of each of its pairs for the width too.
 * @param {LayerSpec} layer
 */
export const squared = (layer) =>
  KINDS[layer.type].fields
    .filter(({ pair }) => pair)
    .reduce((next, field) => writeField(next, field, 'both', Number(readField(next, field)[0])), layer);

/**
 * The layer as another of its family, with those settings kept that both have.
 * @param {LayerSpec} layer
 * @param {LayerKind} kind
 * @returns {LayerSpec}
 */
export function asKind(layer, kind) {
  const { start } = KINDS[kind];
  const kept = Object.entries(layer).filter(([key]) => key in start);
  return /** @type {LayerSpec} */ ({ ...structuredClone(start), ...Object.fromEntries(kept), type: kind });
}

/**
 * A dense layer that gets maps is inserted with the flatten it needs.
 * @param {readonly LayerSpec[]} layers
 * @param {number} index where the new layer will be
 * @param {LayerKind} kind
 * @returns {{ layers: LayerSpec[], added: LayerSpec }}
 */
export function insert(layers, index, kind) {
  const added = structuredClone(KINDS[kind].start);
  const comesWith = kind === 'dense' && getsMaps(layers, index) ? [structuredClone(KINDS.flatten.start)] : [];
  return { layers: [...layers.slice(0, index), ...comesWith, added, ...layers.slice(index)], added };
}

/**
 * The layers, followed by those that produce an output for each class.
 * @param {readonly LayerSpec[]} layers
 * @param {number} units so many
 */
export function withAnswer(layers, units) {
  const { layers: ended, added } = insert(layers, layers.length, 'dense');
  return ended.map((layer) => (layer === added ? /** @type {LayerSpec} */ ({ type: 'dense', units }) : layer));
}

/**
 * Whether the layer at `index` gets maps and not a row of numbers.
 * @param {readonly LayerSpec[]} layers
 * @param {number} index
 */
export const getsMaps = (layers, index) =>
  !layers.slice(0, index).some(({ type }) => type === 'flatten' || type === 'dense');

/**
 * Whether it is the layer that produces an output for each class, without which nothing can be learnt.
 * @param {readonly LayerSpec[]} layers
 * @param {number} index
 * @param {number} units so many
 */
export function givesAnswers(layers, index, units) {
  const last = layers.findLastIndex(({ type }) => type === 'dense');
  const layer = layers[index];
  return index === last && layer?.type === 'dense' && layer.units === units;
}

/**
 * @param {readonly LayerSpec[]} layers
 * @param {number} index
 * @param {LayerSpec} layer
 */
export const replace = (layers, index, layer) => layers.with(index, layer);

/**
 * @param {readonly LayerSpec[]} layers
 * @param {number} index
 */
export const remove = (layers, index) => layers.toSpliced(index, 1);

/**
 * @param {readonly LayerSpec[]} layers
 * @param {number} index
 */
export const copy = (layers, index) => {
  const layer = layers[index];
  return layer ? layers.toSpliced(index + 1, 0, structuredClone(layer)) : [...layers];
};

/**
 * @param {readonly LayerSpec[]} layers
 * @param {number} from
 * @param {number} to
 */
export function move(layers, from, to) {
  const layer = layers[from];
  if (!layer || to < 0 || to >= layers.length) return [...layers];
  return layers.toSpliced(from, 1).toSpliced(to, 0, layer);
}
