/** The messages of the editor, in short sentences. */

import { duration, integer, NOTHING, number } from '../../lib/format.js';

/** @typedef {import('../../model/shapes.js').Shape} Shape */

/**
 * The engine's message as the layer's own card shows it, without the name of the layer: what is wrong in one sentence,
 * and what would help, which may be empty.
 * @param {string} message
 */
export function onLayer(message) {
  const words = message.replace(/^Layer \d+ \(\w+\):? /, '').replace(/^Up to layer \d+/, 'Up to here');
  const [sentence = '', advice = ''] = words.split(/(?<=\.) /, 2);
  return { sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1), advice };
}

/** @param {Shape} sizes */
export const shapeWords = (sizes) => sizes.map((size) => (size === null ? '?' : size)).join('×');

/** @param {number | null} count */
export const count = (count) => (count === null ? NOTHING : integer(count));

/**
 * @param {{ now: number, then: number | null } | null} time seconds of an epoch
 * @param {boolean} changed whether the draft differs from the running network
 */
export function epochWords(time, changed) {
  if (!time) return 'not known yet';
  if (!changed) return `about ${seconds(time.now)}`;
  return `${time.then === null ? '' : `about ${seconds(time.then)}, `}now ${seconds(time.now)}`;
}

/** @param {number} value */
const seconds = (value) => (value < 9.95 ? `${number(value, 2)} s` : duration(value));
