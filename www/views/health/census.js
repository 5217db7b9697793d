/** Which units of the activation layers fire, and which are dead. */

import { deathKey } from '../../state/instruments.svelte.js';
import { integer, percent } from '../../lib/format.js';
import { KINDS, layerNames } from '../../model/layer-kinds.js';

/** @typedef {import('../../model/reports.js').Census} Census */
/** @typedef {import('../../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../../state/instruments.svelte.js').Death} Death */

/**
 * `fired` counts, for each unit, the images on which it output anything above 0; `whole`: these were all images.
 * @typedef {{
 *   layer: number, name: string, type: LayerSpec['type'], fired: Uint32Array, images: number, whole: boolean, dead: number,
 * }} Population
 */

/**
 * @param {readonly LayerSpec[]} layers
 * @param {Census} census of these layers; that of a replaced network is ignored
 * @returns {Population[]}
 */
export function populations(layers, { images, whole, layers: counted }) {
  const names = layerNames(layers);
  return counted.flatMap(({ layer, fired }) => {
    const type = layers[layer]?.type;
    if (!type || KINDS[type].family !== 'activation') return [];
    const dead = fired.reduce((dead, count) => dead + (count === 0 ? 1 : 0), 0);
    return [{ layer, name: String(names[layer]), type, fired, images, whole, dead }];
  });
}

/** What units of a layer are called: those with a place are channels. @param {readonly number[] | undefined} shape */
export const unitWord = (shape) => (shape && shape.length === 3 ? 'channel' : 'unit');

/**
 * A layer in a sentence.
 * @param {Population} population
 * @param {string} word for one of its units
 */
export function summaryOf({ type, fired, images, whole, dead }, word) {
  const count = fired.length;
  const mean = fired.reduce((sum, one) => sum + one, 0) / Math.max(1, count * images);
  const all = `${integer(count)} ${word}${count === 1 ? '' : 's'}`;
  if (KINDS[type].silent === 'impossible')
    return `${all}. A ${KINDS[type].name} is always above 0, so none can be dead.`;
  if (dead === 0) return `${all}, none dead; on average, each fires on ${percent(mean, 0)} of the images.`;
  const silent = dead === count ? `all ${all}` : `${integer(dead)} of ${all}`;
  if (KINDS[type].silent !== 'dead')
    return `${capital(silent)} never above 0; the gradient still passes, so they may recover.`;
  if (!whole) return `${capital(silent)} dead: 0 on all ${integer(images)} images checked so far.`;
  const learns =
    dead === count
      ? 'Nothing before this layer can learn.'
      : `No gradient gets through, so ${dead === 1 ? 'it stays' : 'they stay'} dead.`;
  return `${capital(silent)} dead: 0 on every image. ${learns}`;
}

/**
 * @param {Population} population
 * @param {number} unit
 * @param {ReadonlyMap<string, Death>} deaths
 * @param {string} word for it
 */
export function unitSentence({ layer, fired, images }, unit, deaths, word) {
  const count = fired[unit] ?? 0;
  const name = `${word} ${unit + 1}`;
  if (count > 0) return `${name} fires on ${integer(count)} of ${integer(images)} images, ${percent(count / images)}`;
  const death = deaths.get(deathKey(layer, unit));
  if (!death) return `${name} has never fired while it was watched`;
  const steps = `between step ${integer(death.alive)} and step ${integer(death.dead)}`;
  return `${name} died ${steps}: 0 on all ${integer(death.images)} images checked then, and ever since`;
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
