/** Which channels are switched off: a setting of one view, replaced as a whole so that it can be undone. */

import { KINDS, layerNames } from '../../model/layer-kinds.js';

/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/** What a channel outputs while it is switched off: 0, or the mean of what it outputs for many images. @typedef {'zero' | 'mean'} Substitute */
/** @typedef {{ layer: number, channel: number }} Channel */
/** @typedef {{ channels: readonly Channel[], to: Substitute }} SwitchedOff */

/** A layer whose channels can be switched off; `word` is what one of them is called, `rows` and `columns` the size of its map. @typedef {{ layer: number, name: string, word: 'map' | 'unit', count: number, rows: number, columns: number }} Offered */

/** @type {SwitchedOff} */
export const ALL_ON = { channels: [], to: 'zero' };

/** What they output is what the layer before them does, in other places or with nothing dropped. */
const ONLY_PASS_ON = new Set(['flatten', 'dropout']);

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @returns {Offered[]}
 */
export function offeredLayers(spec, summary) {
  const names = layerNames(spec.layers);
  return summary.layers.flatMap(({ type, shape }, layer) => {
    const [count = 0, rows = 1, columns = 1] = shape;
    const word = /** @type {Offered['word']} */ (shape.length === 3 ? 'map' : 'unit');
    return ONLY_PASS_ON.has(type) ? [] : [{ layer, name: String(names[layer]), word, count, rows, columns }];
  });
}

/**
 * Where to begin: after the last convolution its numbers have been bent, its maps are many, and few of them are alike.
 * @param {readonly Offered[]} offered
 * @param {Spec} spec
 */
export function firstOffered(offered, { layers }) {
  const isBent = (/** @type {number} */ at) => {
    const type = layers[at]?.type;
    return type !== undefined && KINDS[type].family === 'activation';
  };
  const bent = offered.filter(({ layer }) => isBent(layer));
  return bent.findLast(({ word }) => word === 'map') ?? bent.at(-1) ?? offered[0];
}

/** @param {SwitchedOff} off @param {number} layer @param {number} channel */
export const isOff = ({ channels }, layer, channel) =>
  channels.some((other) => other.layer === layer && other.channel === channel);

/**
 * With the channel switched off if it is on, and on if it is off.
 * @param {SwitchedOff} off
 * @param {number} layer
 * @param {number} channel
 * @returns {SwitchedOff}
 */
export function toggled(off, layer, channel) {
  const channels = isOff(off, layer, channel)
    ? off.channels.filter((other) => other.layer !== layer || other.channel !== channel)
    : [...off.channels, { layer, channel }].sort((a, b) => a.layer - b.layer || a.channel - b.channel);
  return { ...off, channels };
}

/** As the engine is asked. @param {SwitchedOff} off */
export const asAsked = ({ channels, to }) => channels.map((channel) => ({ ...channel, to }));

/** Those that the network has, after it has changed. @param {SwitchedOff} off @param {readonly Offered[]} offered @returns {SwitchedOff} */
export function within(off, offered) {
  const exists = (/** @type {Channel} */ { layer, channel }) =>
    offered.some((one) => one.layer === layer && channel < one.count);
  return off.channels.every(exists) ? off : { ...off, channels: off.channels.filter(exists) };
}

/**
 * What the loss of a channel costs, alone: `lost` images of those that were correct with all channels on. It is below 0
 * where the network is better off without the channel; `share` is its part of the largest.
 * @typedef {{ channel: number, correct: number, lost: number, share: number }} CostRow
 */

/** What is known of the costs: of the first channels only, while they are counted. @typedef {{ correct: number, correctWithout: ArrayLike<number>, images: number }} Costs */

/**
 * @param {Costs} costs
 * @param {'cost' | 'channel'} order the costliest first, or as they are in the layer
 * @returns {CostRow[]}
 */
export function costRows({ correct, correctWithout }, order) {
  const rows = Array.from(correctWithout, (without, channel) => ({
    ...{ channel, correct: without, lost: correct - without, share: 0 },
  }));
  const largest = Math.max(...rows.map(({ lost }) => Math.abs(lost)));
  if (largest > 0) for (const row of rows) row.share = row.lost / largest;
  return order === 'cost' ? rows.sort((a, b) => b.lost - a.lost) : rows;
}

/** Of each class, how many of its images are classified correctly. @typedef {{ correctPerClass: ArrayLike<number>, imagesPerClass: ArrayLike<number> }} ClassAccuracies */

/**
 * The classes whose accuracy changes most, the largest change first. A class without images has no accuracy.
 * @param {ClassAccuracies} before
 * @param {ClassAccuracies} after
 * @returns {{ label: number, images: number, before: number, after: number }[]}
 */
export function classChanges(before, after) {
  const share = (/** @type {ClassAccuracies} */ { correctPerClass, imagesPerClass }, /** @type {number} */ label) =>
    Number(correctPerClass[label]) / Number(imagesPerClass[label]);
  return Array.from(before.imagesPerClass, (images, label) => ({
    ...{ label, images, before: share(before, label), after: share(after, label) },
  }))
    .filter(({ images }) => images > 0)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
}
