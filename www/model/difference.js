/** What two runs differ in: their specs, their confusion matrices, their F1 by class, and the digits they read differently. */

import { isKnown, setOf, withSet } from './data-sets.js';
import { layerWords } from './layer-kinds.js';
import { settingChanges } from './settings.js';

/** @typedef {import('./reports.js').Evaluation} Evaluation */
/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./spec.js').Spec} Spec */

/**
 * The layers that one spec has and the other has not, in order; one put in another's place is one change.
 * @param {readonly LayerSpec[]} before
 * @param {readonly LayerSpec[]} after
 * @returns {string[]}
 */
export function layerChanges(before, after) {
  const [old, next] = [before.map(layerWords), after.map(layerWords)];
  const common = commonLengths(old, next);
  const changes = [];
  for (let i = 0, j = 0; i < old.length || j < next.length;) {
    if (i < old.length && j < next.length && old[i] === next[j]) [i, j] = [i + 1, j + 1];
    else if (i < old.length && j < next.length && before[i]?.type === after[j]?.type) {
      changes.push(`${old[i++]} → ${next[j++]}`);
    } else if (j >= next.length || (i < old.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      changes.push(`without ${old[i++]}`);
    } else changes.push(`with ${next[j++]}`);
  }
  return changes;
}

/**
 * For each pair of remainders, the length of their longest common subsequence.
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 */
function commonLengths(a, b) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const best =
        a[i] === b[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      lengths[i]?.fill(best, j, j + 1);
    }
  }
  return lengths;
}

/** @param {readonly Uint16Array[]} table @param {number} i @param {number} j */
const at = (table, i, j) => Number(table[i]?.[j] ?? 0);

/**
 * All that changed from one spec to another, one entry a change. Another data set has another default
 * normalisation, which is not listed as a change of its own.
 * @param {Spec} before
 * @param {Spec} after
 * @returns {string[]}
 */
export function specChanges(before, after) {
  const changes = layerChanges(before.layers, after.layers);
  changes.push(...settingChanges(onSetOf(before, after), after));
  const [old, next] = [before.data.set, after.data.set];
  if (old !== next) changes.push(`Data ${setOf(old).name} → ${setOf(next).name}`);
  return [...new Set(changes)];
}

/**
 * A spec as it would be on the data set of another. What belongs to a set that is not here is known only from what runs on it.
 * @param {Spec} spec
 * @param {Spec} other
 * @returns {Spec}
 */
export function onSetOf(spec, { data, normalization }) {
  const fitted = withSet(spec, data.set);
  return spec.data.set === data.set || isKnown(data.set) ? fitted : { ...fitted, data, normalization };
}

/**
 * How many more images the second run has in each cell, as `confusion` is laid out; null for different classes.
 * @param {Evaluation} first
 * @param {Evaluation} second
 */
export function confusionDifference(first, second) {
  if (first.classes !== second.classes || first.images !== second.images) return null;
  return Int32Array.from(second.confusion, (count, cell) => count - Number(first.confusion[cell]));
}

/**
 * The images that the two runs classify differently, in the order of the split.
 * @param {Evaluation} first
 * @param {Evaluation} second
 * @returns {{ index: number, first: number, second: number, sure: [number, number] }[]}
 */
export function disagreements(first, second) {
  if (first.predicted.length !== second.predicted.length) return [];
  const found = [];
  for (let index = 0; index < first.predicted.length; index += 1) {
    const [a, b] = [Number(first.predicted[index]), Number(second.predicted[index])];
    if (a === b) continue;
    /** @type {[number, number]} */
    const sure = [first.confidence[index] ?? NaN, second.confidence[index] ?? NaN];
    found.push({ index, first: a, second: b, sure });
  }
  return found;
}
