/**
 * People's handwriting, made up: a hand chooses a way of writing each digit and bends it in its own manner, and each digit
 * that it writes comes out a little different. Everything follows from the hand's number.
 */

import ways from './glyphs.json' with { type: 'json' };

/** @typedef {{ x: number, y: number }} Point */
/** A stroke: the points that the pen passes. A point that is there twice is a corner. @typedef {readonly (readonly [number, number])[]} Path */
/** @typedef {readonly Path[]} Glyph */
/** @typedef {{ glyphs: Glyph[], slant: number, aspect: number, size: number, tremor: number, care: number, turn: number }} Style */

/** The ways in which people write each digit, in the unit square; the file has x and y of each point, in thousandths. @type {Glyph[][]} */
const GLYPHS = ways.map((glyphs) =>
  glyphs.map(({ strokes }) =>
    strokes.map((flat) =>
      Array.from({ length: flat.length / 2 }, (_, at) => [
        Number(flat[2 * at]) / 1000,
        Number(flat[2 * at + 1]) / 1000,
      ]),
    ),
  ),
);

/** How far a hand moves the points of a glyph, and how far each digit moves them again. */
const OWN = 0.08;

/** @param {number} seed @returns {() => number} from 0 to 1 (Mulberry32, by Tommy Ettinger) */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {() => number} random @param {number} low @param {number} high */
const within = (random, low, high) => low + (high - low) * random();

/** Roughly normal, deviation 1. @param {() => number} random */
const bell = (random) => (random() + random() + random() + random() - 2) * Math.sqrt(3);

/** @param {number} number of the hand @returns {Style} */
export function handOf(number) {
  const random = randomFrom(0x9e3779b9 ^ (number * 7919));
  return {
    glyphs: GLYPHS.map((ways) => {
      const glyph = ways[Math.floor(random() * ways.length)] ?? [];
      return moved(glyph, OWN, random);
    }),
    slant: within(random, -0.5, 0.8),
    aspect: within(random, 0.35, 1.4),
    size: within(random, 0.25, 0.9),
    tremor: within(random, 0, 0.02),
    care: within(random, 0.02, 0.06),
    turn: within(random, 3, 12),
  };
}

/**
 * A digit as strokes in the unit square, as the canvas of the page would have it.
 * @param {Style} style
 * @param {number} digit
 * @param {() => number} random
 * @returns {Point[][]}
 */
export function write(style, digit, random) {
  const glyph = moved(style.glyphs[digit] ?? [], style.care, random);
  const angle = (bell(random) * style.turn * Math.PI) / 180;
  const slant = style.slant + 0.06 * bell(random);
  const aspect = style.aspect * (1 + 0.08 * bell(random));
  const size = style.size * (1 + 0.08 * bell(random));
  const middle = { x: within(random, 0.4, 0.6), y: within(random, 0.4, 0.6) };
  return glyph.map((path) =>
    smooth(path).map(([x, y]) => {
      const [u, v] = [(x - 0.5) * aspect - slant * (y - 0.5), y - 0.5];
      const across = u * Math.cos(angle) - v * Math.sin(angle) + style.tremor * bell(random);
      const down = u * Math.sin(angle) + v * Math.cos(angle) + style.tremor * bell(random);
      return { x: middle.x + size * across, y: middle.y + size * down };
    }),
  );
}

/** @param {Glyph} glyph @param {number} by @param {() => number} random @returns {Glyph} corners stay corners */
function moved(glyph, by, random) {
  return glyph.map((path) => {
    /** @type {[number, number][]} */
    const points = [];
    path.forEach(([x, y], index) => {
      const [before, last] = [path[index - 1], points.at(-1)];
      const corner = before && before[0] === x && before[1] === y;
      points.push(corner && last ? last : [x + by * bell(random), y + by * bell(random)]);
    });
    return points;
  });
}

/** Points between two of a path. */
const STEPS = 6;

/** A curve through the points (Catmull and Rom, 1974). @param {Path} path @returns {[number, number][]} */
function smooth(path) {
  /** @type {[number, number][]} */
  const curve = [];
  for (let at = 0; at + 1 < path.length; at++) {
    const [b, c] = [path[at] ?? [0, 0], path[at + 1] ?? [0, 0]];
    if (b[0] === c[0] && b[1] === c[1]) continue;
    const [a, d] = [path[at - 1] ?? b, path[at + 2] ?? c];
    for (let step = 0; step < STEPS; step++) {
      const t = step / STEPS;
      const along = (/** @type {0 | 1} */ axis) => {
        const [p, q, r, s] = [a[axis], b[axis], c[axis], d[axis]];
        return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
      };
      curve.push([along(0), along(1)]);
    }
  }
  const end = path.at(-1) ?? [0, 0];
  return [...curve, [end[0], end[1]]];
}
