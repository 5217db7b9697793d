/**
 * A drawing in a link: each point is four letters of base64url, twelve bits for x and twelve for y, and strokes
 * are separated by dots. Points that lie nearly on the line between their neighbours are left out.
 */

import { Unreadable } from './unreadable.js';

/** @typedef {import('../lib/strokes.js').Point} Point */
/** @typedef {import('../lib/strokes.js').Stroke} Stroke */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NUMBERS = new Map([...LETTERS].map((letter, number) => [letter, number]));
/** A stroke may leave the canvas: the numbers 0 to 4,095 mean −0.5 to 1.5. */
const STEPS = 4_095;
const LEAST = -0.5;
const SPAN = 2;
/** Of the canvas: less than a thirtieth of the pen's width. */
const TOLERANCE = 0.002;
export const MOST_STROKES = 64;
export const MOST_LETTERS = 6_000;

/** @param {readonly Stroke[]} strokes */
export function writeDrawing(strokes) {
  const text = strokes.map((stroke) => simplified(stroke).map(writePoint).join('')).join('.');
  if (strokes.length <= MOST_STROKES && text.length <= MOST_LETTERS) return text;
  throw new Unreadable('The drawing is too long for a link.');
}

/** @param {string} text @returns {Stroke[]} */
export function readDrawing(text) {
  if (text.length > MOST_LETTERS) throw new Unreadable('Its drawing is too long.');
  const strokes = text.split('.', MOST_STROKES + 1);
  if (strokes.length > MOST_STROKES) throw new Unreadable('Its drawing has too many strokes.');
  return strokes.map(readStroke);
}

/** Whether anything of a drawing can be seen. @param {readonly Stroke[]} strokes */
export const isOnCanvas = (strokes) =>
  strokes.flat().some(({ x, y }) => Math.abs(x - 0.5) <= 0.5 && Math.abs(y - 0.5) <= 0.5);

/** @param {string} text @returns {Point[]} */
function readStroke(text) {
  if (text.length === 0 || text.length % 4 !== 0) throw new Unreadable('Its drawing is cut off.');
  const points = [];
  for (let at = 0; at < text.length; at += 4) {
    points.push({ x: readPlace(text[at], text[at + 1]), y: readPlace(text[at + 2], text[at + 3]) });
  }
  return points;
}

/** @param {string | undefined} high @param {string | undefined} low */
function readPlace(high, low) {
  const [upper, lower] = [NUMBERS.get(high ?? ''), NUMBERS.get(low ?? '')];
  if (upper === undefined || lower === undefined) throw new Unreadable('Its drawing has a malformed point.');
  return LEAST + ((upper * 64 + lower) * SPAN) / STEPS;
}

/** @param {Point} point */
const writePoint = ({ x, y }) => writePlace(x) + writePlace(y);

/** @param {number} place */
function writePlace(place) {
  const number = Math.round(((place - LEAST) * STEPS) / SPAN);
  const whole = Math.min(Math.max(Number.isNaN(number) ? 0 : number, 0), STEPS);
  return `${LETTERS[whole >> 6]}${LETTERS[whole & 63]}`;
}

/**
 * The algorithm of Ramer, Douglas and Peucker, without recursion.
 * @param {Stroke} stroke
 * @returns {Point[]}
 */
export function simplified(stroke) {
  const kept = new Set([0, stroke.length - 1]);
  const spans = [[0, stroke.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first = 0, last = 0] = span;
    const { index, distance } = farthest(stroke, first, last);
    if (distance <= TOLERANCE) continue;
    kept.add(index);
    spans.push([first, index], [index, last]);
  }
  return stroke.filter((_, index) => kept.has(index));
}

/** @param {Stroke} stroke @param {number} first @param {number} last */
function farthest(stroke, first, last) {
  const result = { index: first, distance: 0 };
  const [a, b] = [stroke[first], stroke[last]];
  for (let index = first + 1; index < last; index += 1) {
    const point = stroke[index];
    const distance = a && b && point ? distanceTo(a, b, point) : 0;
    if (distance > result.distance) Object.assign(result, { index, distance });
  }
  return result;
}

/** From a point to the stretch from a to b. @param {Point} a @param {Point} b @param {Point} point */
function distanceTo(a, b, { x, y }) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square));
  return Math.hypot(x - a.x - share * dx, y - a.y - share * dy);
}
