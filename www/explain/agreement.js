/** How far a measured slope agrees with a computed one. */

import { number } from '../lib/format.js';

/** More digits than these are dust: a 32-bit number has no more. */
const DIGITS = 7;

/**
 * A number in two parts: the digits that are those of the other number, and the rest. `digits` is how many agree: 0.9999
 * and 1.0001 share none, and yet agree to three.
 * @typedef {{ same: string, rest: string, digits: number }} Agreement
 */

/**
 * Both written with the same power of ten, as far as digit stands over digit; that as in all other numbers of the page.
 * @param {number} value
 * @param {number} other
 * @param {number} most digits that are known: more agree by chance
 * @returns {Agreement}
 */
export function agreement(value, other, most = DIGITS) {
  if (!Number.isFinite(value) || !Number.isFinite(other)) return { same: '', rest: number(value), digits: 0 };
  const power = powerOf(Math.max(Math.abs(value), Math.abs(other)));
  const [text, otherText] = [written(value, power), written(other, power)];
  let shared = 0;
  while (shared < text.length && text[shared] === otherText[shared]) shared += 1;
  const all = shared === text.length ? DIGITS : 0;
  while (significant(text.slice(0, shared)) > most) shared -= 1;
  const same = text.slice(0, shared);
  const marked = significant(same);
  const digits = Math.min(most, Math.max(all, marked, digitsApart(value, other)));
  const tail = power === 0 ? '' : `e${power}`.replace('-', '−');
  if (marked === 0 && all === 0) return { same: '', rest: text + tail, digits };
  return { same, rest: text.slice(shared) + tail, digits };
}

/** A number as `agreement` writes those that are compared with it. @param {number} value */
export function inFull(value) {
  const { same, rest } = agreement(value, value);
  return same + rest;
}

/** @param {string} text */
const significant = (text) => text.replace(/\D/g, '').replace(/^0+/, '').length;

/**
 * The engine's number, with a mark where the sum made on the page is the same to five digits.
 * @param {number} here
 * @param {number | null | undefined} engines
 */
export const checked = (here, engines) => `${number(engines, 5)}${number(here, 5) === number(engines, 5) ? ' ✓' : ''}`;

/**
 * Which of the measured slopes is closest.
 * @param {readonly { slope: number }[]} measured
 * @param {number} analytic
 * @returns {number} its index, −1 if there is none
 */
export function closest(measured, analytic) {
  let best = -1;
  let least = Infinity;
  measured.forEach(({ slope }, index) => {
    const error = Math.abs(slope - analytic);
    if (error < least) [least, best] = [error, index];
  });
  return best;
}

/** @param {number} value @param {number} other */
const digitsApart = (value, other) =>
  Math.max(0, Math.floor(-Math.log10(Math.abs(value - other) / Math.abs(other))) || 0);

/** Numbers of everyday size are written as they are. @param {number} size */
function powerOf(size) {
  if (size === 0 || (size >= 0.1 && size < 1000)) return 0;
  return Math.floor(Math.log10(size));
}

/** @param {number} value @param {number} power */
function written(value, power) {
  return (value / 10 ** power).toFixed(DIGITS - 1).replace('-', '−');
}
