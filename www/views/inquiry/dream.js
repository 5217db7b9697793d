/** What can be dreamt of, how, and what is said of it. */

import { integer, number } from '../../lib/format.js';
import { READABLE } from '../../model/inquiry.js';
import { layerNames } from '../../model/layer-kinds.js';
import { unitWord } from '../health/census.js';

/** @typedef {import('../../model/inquiry.js').DreamAsk} DreamAsk */
/** @typedef {Omit<DreamAsk, 'layer' | 'channels' | 'seed'>} DreamSettings */
/** One channel's. @typedef {{ pixels: Uint8Array, value: number }} Dream */

/**
 * `raw` follows the gradient alone: what excites the channel most need not look like anything. The others keep the image
 * smooth, as real images are.
 * @type {Record<'readable' | 'raw', DreamSettings>}
 */
export const PRESETS = {
  readable: READABLE,
  raw: { steps: 96, rate: 12, jitter: 0, blur: 0, decay: 0, variation: 0 },
};

/** @typedef {{ key: keyof DreamSettings, label: string, min: number, max: number, step: number, says: string }} Slider */

/** @type {Slider[]} */
export const SLIDERS = [
  { key: 'steps', label: 'Steps', min: 8, max: 400, step: 8, says: 'Steps uphill from the noise.' },
  { key: 'rate', label: 'Step size', min: 1, max: 40, step: 1, says: 'How far a step goes, in grey levels.' },
  { key: 'jitter', label: 'Jitter', min: 0, max: 6, step: 1, says: 'Pixels by which the image is shifted at random.' },
  { key: 'blur', label: 'Blur', min: 0, max: 3, step: 0.1, says: 'Its width in pixels at first; it fades to none.' },
  {
    key: 'decay',
    label: 'Weight decay',
    min: 0,
    max: 0.1,
    step: 0.005,
    says: 'Share of the way back to grey, a step.',
  },
  { key: 'variation', label: 'Total variation', min: 0, max: 1, step: 0.05, says: 'What rough edges cost.' },
];

/** @param {DreamSettings} settings @returns {keyof typeof PRESETS | ''} */
export function presetOf(settings) {
  const names = /** @type {(keyof typeof PRESETS)[]} */ (Object.keys(PRESETS));
  return names.find((name) => SLIDERS.every(({ key }) => PRESETS[name][key] === settings[key])) ?? '';
}

/** Channels that are shown at once. */
export const PAGE = 64;
/** As many take hardly longer than one: the engine computes them together. */
export const BLOCK = 16;

/** @param {number} channel @param {number} count of the layer's channels @returns {number[]} those that are shown with it */
export function pageOf(channel, count) {
  const from = Math.floor(channel / PAGE) * PAGE;
  return Array.from({ length: Math.max(0, Math.min(PAGE, count - from)) }, (_, at) => from + at);
}

/**
 * The layers that can be chosen, with their numbers of channels and what one is called.
 * @param {import('../../model/spec.js').Spec} spec
 * @param {import('../../model/spec.js').Summary} summary
 */
export function layersOf(spec, summary) {
  const names = layerNames(spec.layers);
  return summary.layers.map(({ shape }, layer) => {
    const isLast = layer === summary.layers.length - 1;
    const word = isLast ? 'class' : unitWord(shape);
    const name = `${layer + 1}. ${names[layer]}${isLast ? ': the classes' : ''}`;
    return {
      layer,
      name,
      word,
      isLast,
      hasMaps: shape.length === 3 && Number(shape[1]) * Number(shape[2]) > 1,
      count: Number(shape[0]),
    };
  });
}

/** @typedef {ReturnType<typeof layersOf>[number]} DreamLayer */

/** @param {DreamLayer} layer @param {number} channel @param {readonly string[]} long names of the classes */
export const channelName = ({ isLast, word }, channel, long) =>
  isLast ? `class ${long[channel]}` : `${word} ${channel + 1}`;

/**
 * What a dream reaches, beside real images.
 * @param {DreamLayer} layer
 * @param {number} value of the dream
 * @param {number | null} strongest of the real images; null while that is not known
 * @param {string} item what one of those is called
 */
export function reachWords({ isLast, hasMaps }, value, strongest, item) {
  const what = isLast ? 'Its score' : hasMaps ? 'The mean of its map' : 'Its activation';
  if (value === 0 && !isLast)
    return `${what} stays 0: the noise gives no slope to climb. Try other noise, or train more.`;
  if (strongest === null) return `${what} is ${number(value)}.`;
  const times = value / strongest;
  const most = hasMaps
    ? `the largest mean among these test ${item}s is ${number(strongest)}${strongest < 0 ? ', for most of each map is below 0' : ''}`
    : `the strongest of these test ${item}s reaches ${number(strongest)}`;
  const ratio = strongest > 0 && times >= 1.05 ? ` That is ${number(times, 2)} times as much.` : '';
  return `${what} is ${number(value)}; ${most}.${ratio}`;
}

/**
 * By what real images are ranked, and how far the search has come.
 * @param {DreamLayer} layer
 * @param {{ images: number, whole: boolean, step: number }} top
 * @param {{ item: string, sizes: { test: number } }} classes
 */
export function searchWords({ isLast, hasMaps }, { images, whole, step }, { item, sizes }) {
  const below = isLast ? 'its score' : hasMaps ? 'the largest value in its map' : 'its activation';
  const found = whole
    ? `all ${integer(images)} test ${item}s searched`
    : `still searching: ${integer(images)} of ${integer(sizes.test)} test ${item}s`;
  return `Below each: ${below}, at step ${integer(step)}; ${found}.`;
}

/** The mean of one channel's map. @param {Float32Array} maps of a layer @param {number} channel @param {number} count of its channels */
export function meanOf(maps, channel, count) {
  const size = maps.length / count;
  const map = maps.subarray(channel * size, (channel + 1) * size);
  return map.reduce((sum, value) => sum + value, 0) / size;
}
