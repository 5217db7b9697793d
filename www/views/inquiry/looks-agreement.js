/** How far pictures of where a network looks agree with one another: numbers for what the eye only guesses. */

/** How two maps agree: the rank correlation of their strengths and the share of their strongest pixels in common; null where a map is the same everywhere. @typedef {{ correlation: number | null, common: number | null }} Agreement */

/** Of all pixels, how many count as the strongest. By chance, two maps have the same share of these in common. */
export const STRONGEST = 1 / 10;

/**
 * What is compared is how strong a pixel is, whatever its sign: the maps mean different things by it.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b of as many pixels
 * @returns {Agreement}
 */
export function agreementOf(a, b) {
  const [first, second] = [a, b].map((map) => Array.from(map, Math.abs));
  if (!first || !second) return { correlation: null, common: null };
  return { correlation: correlation(ranks(first), ranks(second)), common: inCommon(first, second) };
}

/**
 * The rank of each value, from 0; equal values share the mean of theirs.
 * @param {readonly number[]} values
 */
export function ranks(values) {
  const order = [...values.keys()].sort((a, b) => Number(values[a]) - Number(values[b]));
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[Number(order[to])] === values[Number(order[from])]) to += 1;
    for (let at = from; at < to; at++) ranks[Number(order[at])] = (from + to - 1) / 2;
  }
  return ranks;
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

/** @param {readonly number[]} a @param {readonly number[]} b */
function inCommon(a, b) {
  const [first, second] = [strongest(a), strongest(b)];
  if (first.size === 0 || second.size === 0) return null;
  const both = [...first].filter((pixel) => second.has(pixel)).length;
  return both / Math.max(first.size, second.size);
}

/** A pixel of no strength is never among them. @param {readonly number[]} strengths */
function strongest(strengths) {
  const order = [...strengths.keys()].sort((a, b) => Number(strengths[b]) - Number(strengths[a]));
  const count = Math.ceil(strengths.length * STRONGEST);
  return new Set(order.slice(0, count).filter((pixel) => Number(strengths[pixel]) > 0));
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
