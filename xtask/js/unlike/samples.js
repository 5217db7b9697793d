/** Images that are no digits, of several kinds; the same ones each time. */

import { digitFromStrokes, SIDE } from '../../../www/lib/digit.js';
import { STROKES } from './letters.js';

/** @typedef {import('../../../www/lib/strokes.js').Point} Point */
/** @typedef {() => number} Random from 0 to 1 */

const PIXELS = SIDE * SIDE;
/** Images of each kind, apart from the blank one. */
const COUNT = 660;

/** Marsaglia's xorshift: enough for samples. @param {number} seed @returns {Random} */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Between −1 and 1, mostly near 0. @param {Random} random */
const spread = (random) => random() + random() + random() - 1.5;

/** As a hand would write it: slanted, turned, wider or narrower, a little bent. @param {readonly (readonly Point[])[]} strokes @param {Random} random */
function byHand(strokes, random) {
  const [slant, turn, wide] = [0.25 * spread(random), 0.15 * spread(random), 1 + 0.25 * spread(random)];
  const [bend, phase] = [0.03 * random(), 7 * random()];
  /** @param {Point} point @returns {Point} */
  const move = ({ x, y }) => {
    const [u, v] = [wide * (x - 0.5) - slant * (y - 0.5), y - 0.5];
    return {
      x: 0.5 + u * Math.cos(turn) - v * Math.sin(turn) + bend * Math.sin(phase + 9 * y),
      y: 0.5 + u * Math.sin(turn) + v * Math.cos(turn) + bend * Math.sin(2 * phase + 9 * x),
    };
  };
  return strokes.map((stroke) => stroke.map(move));
}

/** One line that wanders over the canvas. @param {Random} random */
function scribble(random) {
  const waves = Array.from({ length: 4 }, () => [spread(random), 1 + 3 * random(), 7 * random(), spread(random)]);
  const at = (/** @type {number} */ t) => {
    const sum = (/** @type {number} */ part) =>
      waves.reduce(
        (all, wave) => all + Number(wave[part]) * Math.sin(Number(wave[1]) * 6.28 * t + Number(wave[2]) * (1 + part)),
        0,
      );
    return { x: 0.5 + 0.2 * sum(0), y: 0.5 + 0.2 * sum(3) };
  };
  return [Array.from({ length: 120 }, (_, index) => at(index / 119))];
}

/** Straight lines, each from anywhere to anywhere. @param {Random} random */
const lines = (random) =>
  Array.from({ length: 3 + Math.floor(4 * random()) }, () => [0, 1].map(() => ({ x: random(), y: random() })));

/** @param {readonly (readonly Point[])[]} strokes */
const drawn = (strokes) => digitFromStrokes(strokes) ?? new Uint8Array(PIXELS);

/** @param {(random: Random, index: number) => Uint8Array} make @param {number} seed */
function many(make, seed) {
  const random = randomFrom(seed);
  return Array.from({ length: COUNT }, (_, index) => make(random, index));
}

/**
 * @param {readonly Uint8Array[]} digits to turn into something else
 * @returns {Record<string, Uint8Array[]>}
 */
export function samples(digits) {
  return {
    letters: many((random, index) => drawn(byHand(STROKES[index % STROKES.length] ?? [], random)), 1),
    scribbles: many((random) => drawn(scribble(random)), 2),
    lines: many((random) => drawn(lines(random)), 3),
    noise: many((random) => Uint8Array.from({ length: PIXELS }, () => 256 * random()), 4),
    specks: many((random) => Uint8Array.from({ length: PIXELS }, () => (random() < 0.1 ? 255 : 0)), 5),
    'digits, white for black': digits.slice(0, COUNT).map((digit) => digit.map((ink) => 255 - ink)),
    'digits, upside down and two at once': many((_, index) => {
      const [one, other] = [digits[index], digits[index + COUNT]];
      return Uint8Array.from({ length: PIXELS }, (_, at) =>
        Math.max(Number(one?.[PIXELS - 1 - at]), Number(other?.[at])),
      );
    }, 6),
    blank: [new Uint8Array(PIXELS)],
  };
}
