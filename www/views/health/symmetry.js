/**
 * How far apart the filters (or units) of a layer are. From a constant start all of them are the same, get the
 * same gradient, and so stay the same: the layer is worth one filter.
 */

import { kindOf } from '../../model/layer-kinds.js';

/** @typedef {import('../../model/spec.js').LayerSpec} LayerSpec */

/**
 * Distances between filters relative to their mean norm. `places` are the filters that were compared, `distances`
 * those of all pairs among them, [places, places]; `mean` and `least` are null where there is no pair.
 * @typedef {{
 *   filters: number, places: number[], distances: Float32Array, norm: number,
 *   mean: number | null, least: number | null, closest: [number, number] | null,
 * }} Distances
 */

/** At most so many filters are compared with one another, in so many multiply-adds: a few milliseconds. */
const MOST_COMPARED = 64;
const MOST_WORK = 2e6;

/** Nearer than this, relative to their norm, filters are identical but for rounding. */
const SAME = 1e-5;

/**
 * @param {Float32Array} weights [filters, ...]
 * @param {number} filters
 * @returns {Distances}
 */
export function distancesOf(weights, filters) {
  const size = Math.floor(weights.length / Math.max(1, filters));
  const fitting = Math.floor(Math.sqrt((2 * MOST_WORK) / Math.max(1, size)));
  const compared = Math.min(filters, MOST_COMPARED, Math.max(2, fitting));
  const places = Array.from({ length: compared }, (_, at) => Math.floor((at * filters) / compared));
  const parts = places.map((place) => weights.subarray(place * size, (place + 1) * size));
  const norm = parts.reduce((sum, part) => sum + Math.sqrt(squares(part)), 0) / Math.max(1, compared);
  return { filters, places, norm, ...pairsOf(parts, places, norm) };
}

/**
 * @param {Float32Array[]} parts
 * @param {number[]} places
 * @param {number} norm that distances are told in
 */
function pairsOf(parts, places, norm) {
  const count = parts.length;
  const distances = new Float32Array(count * count);
  let [sum, least] = [0, Infinity];
  /** @type {[number, number] | null} */
  let closest = null;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const apart = Math.sqrt(squaresBetween(parts[a], parts[b]));
      const distance = apart === 0 ? 0 : apart / norm;
      distances[a * count + b] = distances[b * count + a] = distance;
      sum += distance;
      if (!(distance < least)) continue;
      least = distance;
      closest = [places[a] ?? 0, places[b] ?? 0];
    }
  }
  const pairs = (count * (count - 1)) / 2;
  return { distances, mean: pairs > 0 ? sum / pairs : null, least: closest ? least : null, closest };
}

/** @param {Float32Array} part */
function squares(part) {
  let sum = 0;
  for (let index = 0; index < part.length; index++) sum += Number(part[index]) ** 2;
  return sum;
}

/** @param {Float32Array | undefined} a @param {Float32Array | undefined} b */
function squaresBetween(a, b) {
  if (!a || !b) return NaN;
  let sum = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = Number(a[index]) - Number(b[index]);
    sum += difference * difference;
  }
  return sum;
}

/** Whether all filters that were compared are the same. @param {Distances} distances */
export const identical = ({ distances, mean }) => mean !== null && distances.every((distance) => distance <= SAME);

/** Whether some, but not all, are. @param {Distances} distances */
const hasTwins = ({ least }) => least !== null && least <= SAME;

/**
 * What the distances mean, in a sentence.
 * @param {Distances} distances
 * @param {readonly LayerSpec[]} layers
 * @param {number} layer
 * @param {string} kind what the images are sorted by
 */
export function symmetrySentence(distances, layers, layer, kind) {
  const { filters, mean, norm, closest } = distances;
  const word = layers[layer]?.type === 'dense' ? 'units' : 'filters';
  if (filters < 2) return 'There is only one, so there is nothing to compare.';
  if (mean === null || Number.isNaN(mean)) return 'The weights are NaN (not a number).';
  if (identical(distances)) {
    const all = norm === 0 ? `All ${filters} ${word} are 0.` : `All ${filters} ${word} are identical.`;
    return `${all} ${prospectOf(layers, layer, kind)}`;
  }
  if (hasTwins(distances) && closest)
    return `Some are identical: ${word} ${closest[0] + 1} and ${closest[1] + 1}, for example, do the same work twice.`;
  return `No two of the ${filters} ${word} are alike.`;
}

/** What can become of identical filters. @param {readonly LayerSpec[]} layers @param {number} layer @param {string} kind */
function prospectOf(layers, layer, kind) {
  const after = layers.slice(layer + 1);
  if (!after.some((next) => kindOf(next).trainable))
    return `Each scores a different ${kind} and gets a different gradient, so the first step makes them differ.`;
  if (after.some(({ type }) => type === 'dropout'))
    return 'They get the same gradient except for dropout, which drops them at random and may make them differ.';
  return 'They get the same gradient, so they stay identical and do the work of one. A random start breaks this symmetry.';
}
