/** What happens inside the network, as far as it is measured: units die, gradients vanish or explode. */

import { integer, number } from '../../lib/format.js';
import { layerNames } from '../layer-kinds.js';

/** @typedef {import('./record.js').Entry} Entry */
/** @typedef {import('./record.js').RunRecord} RunRecord */
/** @typedef {import('./record.js').GradientNorms['layers'][number]} Norms */

/** A unit that was silent on fewer images than these may only be a rare one. */
const ENOUGH_IMAGES = 500;

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
    .filter(({ images }) => images >= ENOUGH_IMAGES)
    .map(({ layer, units, of, word, alive, dead, images }) => {
      const which = units === of ? `All ${of} ${word}s` : `${units} of ${of} ${word}s`;
      const sentence = `${which} of ${names[layer]} died after step ${integer(alive)}: silent on all ${integer(images)} images.`;
      return { step: dead, kind: 'died', sentence, show: { mainPanel: 'health', part: 'units' }, warns: true };
    });
}

/** Each layer's first time. @param {RunRecord} record @returns {Entry[]} */
export function gradientsGone({ norms, spec }) {
  const names = layerNames(spec.layers);
  return spec.layers.flatMap((_, layer) => {
    let gone = 0;
    for (const { step, layers } of norms) {
      const own = layers.find((one) => one.layer === layer);
      gone = own && hasVanished(own, layers) ? gone + 1 : 0;
      if (own && gone === IN_A_ROW) return [goneEntry(step, String(names[layer]), own.gradient)];
    }
    return [];
  });
}

/** @param {Norms} own @param {readonly Norms[]} all */
function hasVanished({ gradient }, all) {
  return gradient === 0 || gradient < VANISHED * Math.max(...all.map((one) => one.gradient));
}

/** @param {number} step @param {string} name @param {number} gradient @returns {Entry} */
function goneEntry(step, name, gradient) {
  const sentence =
    gradient === 0
      ? `No gradient reaches ${name}: it cannot learn.`
      : `The gradient of ${name} has vanished: it is ${number(gradient, 2)}, so the layer hardly learns.`;
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
