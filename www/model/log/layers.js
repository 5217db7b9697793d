/** What happens inside the network, as far as it is measured: units die, gradients vanish or explode. */

import { integer, number } from '../../lib/format.js';
import { layerNames } from '../layer-kinds.js';
import { listed } from './record.js';

/** @typedef {import('./record.js').Entry} Entry */
/** @typedef {import('./record.js').RunRecord} RunRecord */
/** @typedef {import('./record.js').GradientNorms['layers'][number]} Norms */

/**
 * Silent on fewer images than these, a unit may only be a rare one. A filter has looked at hundreds of places in each
 * of them; a unit of a dense layer may be there for a shape that one digit in a thousand has.
 */
export const ENOUGH_IMAGES = { filter: 200, unit: 2_000 };

/** Ten times what gradients are usually clipped to (1 to 10): a step along such a gradient leaves the place it was computed for. */
const EXPLODED = 100;
/** Of the largest gradient in the network: a layer this far below it does not move, whatever the learning rate. */
const VANISHED = 1e-5;
/** So many readings in a row: a batch that is learned already has no gradient either, for once. */
const IN_A_ROW = 3;

/** @param {RunRecord} record @returns {Entry[]} */
export function unitsDied({ deaths, spec }) {
  const names = layerNames(spec.layers);
  return deaths
    .filter(({ images, word }) => images >= ENOUGH_IMAGES[word])
    .map(({ layer, units, of, word, alive, dead, images }) => {
      const which = units === of ? `All ${of} ${word}s` : `${units} of ${of} ${word}s`;
      const sentence = `${which} of ${names[layer]} died after step ${integer(alive)}: silent on all ${integer(images)} images counted.`;
      return { step: dead, kind: 'died', sentence, show: { mainPanel: 'health', part: 'units' }, warns: true };
    });
}

/** Each layer's first time; layers of which it is seen together are told together. @param {RunRecord} record @returns {Entry[]} */
export function gradientsGone({ norms, spec }) {
  /** @type {Map<number, Norms[]>} */
  const gone = new Map();
  for (const layer of spec.layers.keys()) {
    const found = firstGone(norms, layer);
    if (found) gone.set(found.step, [...(gone.get(found.step) ?? []), found.own]);
  }
  const names = layerNames(spec.layers);
  return [...gone].map(([step, layers]) => goneEntry(step, layers, names));
}

/** @param {RunRecord['norms']} norms @param {number} layer */
function firstGone(norms, layer) {
  let gone = 0;
  for (const { step, layers } of norms) {
    const own = layers.find((one) => one.layer === layer);
    gone = own && hasVanished(own, layers) ? gone + 1 : 0;
    if (own && gone === IN_A_ROW) return { step, own };
  }
  return null;
}

/** @param {Norms} own @param {readonly Norms[]} all */
function hasVanished({ gradient }, all) {
  return gradient === 0 || gradient < VANISHED * Math.max(...all.map((one) => one.gradient));
}

/** @param {number} step @param {Norms[]} layers @param {readonly string[]} names @returns {Entry} */
function goneEntry(step, layers, names) {
  const which = listed(layers.map(({ layer }) => String(names[layer])));
  const largest = Math.max(...layers.map(({ gradient }) => gradient));
  const they = layers.length > 1 ? 'they' : 'it';
  const sentence =
    largest === 0
      ? `The gradient of ${which} is 0: ${they} cannot learn.`
      : `The gradient of ${which} has vanished: ${they} hardly ${they === 'it' ? 'learns' : 'learn'}.`;
  return { step, kind: 'vanished', sentence, show: { mainPanel: 'health', part: 'flow' }, warns: true };
}

/** Each layer's first time. @param {RunRecord} record @returns {Entry[]} */
export function gradientsExploded({ norms, spec }) {
  const names = layerNames(spec.layers);
  return spec.layers.flatMap((_, layer) => {
    for (const { step, layers } of norms) {
      const own = layers.find((one) => one.layer === layer);
      if (!own || !(own.gradient > EXPLODED)) continue;
      const sentence = `The gradient of ${names[layer]} has exploded: its norm is ${number(own.gradient, 2)}. Lower the learning rate.`;
      return [{ step, kind: 'exploded', sentence, show: { mainPanel: 'health', part: 'flow' }, warns: true }];
    }
    return [];
  });
}
