/** How far pictures of where a network looks agree with one another: numbers for what the eye only guesses. */

/** How two maps agree: the rank correlation of their strengths and the share of their strongest pixels in common; null where a map is the same everywhere. @typedef {{ correlation: number | null, common: number | null }} Agreement */

/** Of all pixels, how many count as the strongest. By chance, two maps have the same share of these in common. */
export const STRONGEST = 1 / 10;

/** What is compared of a map: the rank of each pixel by its strength, and which are the strongest. @typedef {{ ranks: Float64Array, strongest: Set<number> }} Profile */

/**
 * What is compared is how strong a pixel is, whatever its sign: the maps mean different things by it.
 * @param {ArrayLike<number>} map
 * @returns {Profile}
 */
export function profileOf(map) {
  const strengths = Float64Array.from(map, Math.abs);
  const order = [...strengths.keys()].sort((a, b) => Number(strengths[a]) - Number(strengths[b]));
  return { ranks: ranksOf(strengths, order), strongest: strongestOf(strengths, order) };
}

/**
 * @param {Profile | null} a
 * @param {Profile | null} b of as many pixels
 * @returns {Agreement}
 */
export function agreementOf(a, b) {
  if (!a || !b || a.ranks.length !== b.ranks.length) return { correlation: null, common: null };
  return { correlation: correlation(a.ranks, b.ranks), common: inCommon(a.strongest, b.strongest) };
}

/**
 * The rank of each pixel, from 0; equal ones share the mean of theirs.
 * @param {Float64Array} strengths
 * @param {readonly number[]} order of the pixels, the weakest first
 */
function ranksOf(strengths, order) {
  const ranks = new Float64Array(strengths.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && strengths[Number(order[to])] === strengths[Number(order[from])]) to += 1;
    for (let at = from; at < to; at++) ranks[Number(order[at])] = (from + to - 1) / 2;
  }
  return ranks;
}

/** A pixel of no strength is never among them. @param {Float64Array} strengths @param {readonly number[]} order the weakest first */
function strongestOf(strengths, order) {
  const count = Math.ceil(strengths.length * STRONGEST);
  return new Set(order.slice(-count).filter((pixel) => Number(strengths[pixel]) > 0));
}

/**
 * Pearson's, which of ranks is Spearman's.
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function correlation(a, b) {
  const mean = (a.length - 1) / 2;
  let [both, first, second] = [0, 0, 0];
  a.forEach((rank, at) => {
    const [x, y] = [rank - mean, Number(b[at]) - mean];
    both += x * y;
    first += x * x;
    second += y * y;
  });
  return first > 0 && second > 0 ? both / Math.sqrt(first * second) : null;
}

/** @param {Set<number>} a @param {Set<number>} b */
function inCommon(a, b) {
  if (a.size === 0 || b.size === 0) return null;
  const both = [...a].filter((pixel) => b.has(pixel)).length;
  return both / Math.max(a.size, b.size);
}

/**
 * The share of a map's strength that is on ink; null for an image in colour, which has none, and for an empty map.
 * @param {ArrayLike<number>} map
 * @param {ArrayLike<number>} pixels
 */
export function shareOnInk(map, pixels) {
  if (pixels.length !== map.length) return null;
  let [on, all] = [0, 0];
  for (let at = 0; at < map.length; at++) {
    const strength = Math.abs(Number(map[at]));
    all += strength;
    if (Number(pixels[at]) > 0) on += strength;
  }
  return all > 0 ? on / all : null;
}

/** Where a map is strongest. @param {ArrayLike<number>} map @param {number} columns */
export function strongestPixel(map, columns) {
  let best = 0;
  for (let at = 1; at < map.length; at++) if (Math.abs(Number(map[at])) > Math.abs(Number(map[best]))) best = at;
  return { row: Math.floor(best / columns), column: best % columns, value: Number(map[best]) };
}
