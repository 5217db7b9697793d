/** Data sets of one's own, of several forms, for tests. */

import { fittedTo, makeKnown } from '../data-sets.js';
import { DEFAULT_PRESET } from '../presets.js';

/** @typedef {import('../spec.js').OwnName} OwnName */

/** A name, as the SHA-256 of some contents would be. @param {string} digit hexadecimal @returns {OwnName} */
export const ownName = (digit) => `own-${digit.repeat(64)}`;

/**
 * @param {[number, number, number]} input channels, rows and columns
 * @param {number} classes
 * @param {Partial<import('../data-sets.js').OwnSet>} [more]
 * @returns {import('../data-sets.js').OwnSet}
 */
export const aboutOwn = ([channels, rows, columns], classes, more) => ({
  title: 'Letters',
  classes: Array.from({ length: classes }, (_, at) => `letter ${at + 1}`),
  form: { channels, rows, columns },
  sizes: { training: 640, validation: 50, test: 100 },
  normalization: { mean: 0.2, deviation: 0.4 },
  ...more,
});

/** In colour, as large as the default preset takes it. */
export const LETTERS = { set: ownName('a'), about: aboutOwn([3, 32, 32], 26) };
/** Less than the smallest network of the presets takes. */
export const TINY = { set: ownName('b'), about: aboutOwn([1, 8, 12], 2, { title: 'Signs' }) };

/** The default network for a set, which is known from now on. @param {{ set: OwnName, about: import('../data-sets.js').OwnSet }} own */
export function specOn({ set, about }) {
  makeKnown(set, about);
  return fittedTo(DEFAULT_PRESET.spec, set).spec;
}
