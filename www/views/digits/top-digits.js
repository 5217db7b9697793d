/** The test digits that activate a channel most, with the patch of each that it sees. */

import { receptiveField } from '../../explain/receptive-field.js';

/** @typedef {import('../../explain/geometry.js').Window} Window */
/** @typedef {import('../../model/reports.js').TopActivations} TopActivations */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */
/** @typedef {{ image: number, value: number, patch: Window }} TopDigit */

/** How many channels (or units) of a layer have been surveyed. @param {TopActivations} top @param {number} layer */
export function channelsOf({ count, layers }, layer) {
  const found = layers.find((entry) => entry.layer === layer);
  return found && count > 0 ? Math.floor(found.images.length / count) : 0;
}

/** The largest value of each channel; 0 where nothing activates it. @param {TopActivations} top @param {number} layer */
export function strongest(top, layer) {
  const values = top.layers.find((entry) => entry.layer === layer)?.values;
  return Array.from({ length: channelsOf(top, layer) }, (_, channel) => values?.[channel * top.count] ?? 0);
}

/**
 * @param {TopActivations} top
 * @param {number} layer
 * @param {number} channel
 * @param {{ spec: Spec, summary: Summary }} network that was surveyed; nothing is returned for another
 * @returns {TopDigit[]} strongest first
 */
export function topDigits({ count, layers }, layer, channel, { spec, summary }) {
  const found = layers.find((entry) => entry.layer === layer);
  const shape = summary.layers[layer]?.shape;
  if (!found || !shape) return [];
  const width = shape[2] ?? 1;
  const places = Array.from({ length: count }, (_, rank) => channel * count + rank);
  return places.flatMap((place) => {
    const [image, value, position] = [found.images[place], found.values[place], found.positions[place]];
    if (image === undefined || position === undefined || !value || !(value > 0)) return [];
    const at = { row: Math.floor(position / width), column: position % width };
    return [{ image, value, patch: receptiveField(spec, summary, layer, channel, at) }];
  });
}
