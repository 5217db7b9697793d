/** From one image to another: what is between them, and where on the way the answer turns. */

import { percent } from '../../lib/format.js';

/** @typedef {import('../../model/data-sets.js').Classes} Classes */

/**
 * One end of the way: the image that is viewed, whichever it is; one that was held while it was viewed; one of the test set.
 * @typedef {{ kind: 'viewed' } | { kind: 'held', pixels: Uint8Array, label: number | null, words: string }
 *   | { kind: 'test', index: number }} End
 */

/** Images on the way, both ends included: one for each percent. */
export const POINTS = 101;
/** So many classes have a line of their own. */
const MOST_LINES = 6;
/** A class that is never likelier than this has none. */
const VISIBLE = 0.02;

/**
 * @param {Uint8Array} from
 * @param {Uint8Array} to
 * @param {number} share of the way, from 0 to 1
 */
export const between = (from, to, share) =>
  from.map((value, index) => Math.round(value + share * (Number(to[index]) - value)));

/**
 * @param {ArrayLike<number>} probabilities point by point
 * @param {number} classes
 * @param {number} at the point
 * @returns {number[]}
 */
export const atPoint = (probabilities, classes, at) =>
  Array.from({ length: classes }, (_, label) => Number(probabilities[at * classes + label]));

/** @param {readonly number[]} values */
const largest = (values) => values.indexOf(Math.max(...values));

/** The answer does not change from point `from` to point `to`. @typedef {{ label: number, from: number, to: number }} Stretch */

/**
 * @param {ArrayLike<number>} probabilities point by point
 * @param {number} classes
 * @returns {Stretch[]}
 */
export function stretchesOf(probabilities, classes) {
  /** @type {Stretch[]} */
  const stretches = [];
  for (let at = 0; at < Math.floor(probabilities.length / classes); at++) {
    const label = largest(atPoint(probabilities, classes, at));
    const last = stretches.at(-1);
    if (last?.label === label) last.to = at;
    else stretches.push({ label, from: at, to: at });
  }
  return stretches;
}

/**
 * Where the two likeliest classes change places, between the last point of one answer and the first of the next.
 * @param {ArrayLike<number>} probabilities point by point
 * @param {number} classes
 * @returns {{ at: number, from: number, to: number }[]} `at` in points
 */
export function turnsOf(probabilities, classes) {
  const stretches = stretchesOf(probabilities, classes);
  return stretches.slice(1).map(({ label: to, from: point }, before) => {
    const from = Number(stretches[before]?.label);
    const lead = (/** @type {number} */ at) =>
      Number(probabilities[at * classes + from]) - Number(probabilities[at * classes + to]);
    const [last, first] = [lead(point - 1), lead(point)];
    // A third class may have been likelier than both at neither point, so the crossing is between them.
    return { at: point - 1 + Math.min(1, Math.max(0, last / (last - first))), from, to };
  });
}

/**
 * The classes that are worth a line, the likeliest at any point first.
 * @param {ArrayLike<number>} probabilities point by point
 * @param {number} classes
 */
export function topClasses(probabilities, classes) {
  const points = Math.floor(probabilities.length / classes);
  const peak = (/** @type {number} */ label) => {
    let most = 0;
    for (let at = 0; at < points; at++) most = Math.max(most, Number(probabilities[at * classes + label]));
    return most;
  };
  return Array.from({ length: classes }, (_, label) => ({ label, most: peak(label) }))
    .filter(({ most }) => most >= VISIBLE)
    .sort((a, b) => b.most - a.most)
    .slice(0, MOST_LINES)
    .map(({ label }) => label);
}

/** More turns than this are counted, not named. */
export const MOST_TURNS = 4;

/** Points that a letter of a name takes on the chart of a phone, and the space around a name. */
const LETTER = 2.2;
const AROUND = 3;

/**
 * Where the answer turns, and what is written there. Of turns that are too close for a name each, the first has that of all.
 * @param {readonly { at: number, from: number, to: number }[]} turns
 * @param {readonly string[]} short names of the classes
 * @returns {{ at: number, label: string }[]}
 */
export function turnNames(turns, short) {
  /** @type {{ at: number, label: string }[]} */
  const named = [];
  /** The last with a name. */
  let open = { at: -Infinity, label: '' };
  for (const { at, from, to } of turns) {
    const isClose = at - open.at < AROUND + LETTER * open.label.length;
    if (isClose) open.label += ` → ${short[to]}`;
    else open = { at, label: `${short[from]} → ${short[to]}` };
    named.push(isClose ? { at, label: '' } : open);
  }
  return named;
}

/** @param {number} point */
const along = (point) => percent(point / (POINTS - 1), 0);

/**
 * @param {Classes} names
 * @param {ArrayLike<number>} probabilities point by point
 * @param {number} classes
 */
export function morphWords({ articled }, probabilities, classes) {
  const stretches = stretchesOf(probabilities, classes);
  const [first] = stretches;
  if (!first) return '';
  if (stretches.length === 1) return `The answer is ${articled[first.label]} all the way.`;
  const all = turnsOf(probabilities, classes);
  const last = Number(stretches.at(-1)?.label);
  if (all.length > MOST_TURNS) {
    return `The answer turns ${all.length} times, from ${articled[first.label]} to ${articled[last]} in the end: the network is unsure.`;
  }
  const turns = all.map(({ at, to }) => `to ${articled[to]} at ${along(at)}`);
  const once = turns.length === 1 ? 'once' : turns.length === 2 ? 'twice' : `${turns.length} times`;
  return `The answer turns ${once}: from ${articled[first.label]} ${turns.join(', then ')} of the way.`;
}

/** Chips of more classes than this would be too many to choose from. */
const MOST_CHIPS = 20;

/**
 * The first image of each class.
 * @param {Uint8Array | null} labels in the order of the split
 * @param {number} classes
 */
export const firstOfEach = (labels, classes) =>
  Array.from({ length: Math.min(MOST_CHIPS, classes) }, (_, label) => labels?.indexOf(label) ?? -1).filter(
    (index) => index >= 0,
  );

/**
 * The next class after `label` of which there is an image; `label` itself if it is the only one.
 * @param {number} label
 * @param {number} classes
 * @param {Uint8Array} labels
 */
export function nextClass(label, classes, labels) {
  const others = Array.from({ length: classes }, (_, by) => (label + 1 + by) % classes);
  return others.find((other) => labels.includes(other)) ?? label;
}

/**
 * The channel with the largest number.
 * @param {Float32Array} values channel by channel
 * @param {number} channels
 */
export function strongestChannel(values, channels) {
  const at = values.indexOf(values.reduce((most, value) => Math.max(most, value), -Infinity));
  return {
    channel: Math.floor(Math.max(0, at) / (values.length / channels)),
    largest: Number(values[Math.max(0, at)]),
  };
}
