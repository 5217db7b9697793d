/** The name of a run: what it does that the one before it, or a preset, does not. */

import { same } from '../lib/same.js';
import { PRESETS } from './presets.js';
import { setOf, DEFAULT_SET, withSet } from './data-sets.js';
import { onSetOf, specChanges } from './difference.js';

/** @typedef {import('./spec.js').Spec} Spec */

/** If there are more changes than this, one less is listed, and the others are counted. */
const MOST_LISTED = 3;

/**
 * @param {Spec} spec
 * @param {{ before: Spec | null, fork: { of: string, step: number, spec: Spec } | null }} from the run before it,
 *   or the one it branched off
 */
export function automaticName(spec, { before, fork }) {
  if (fork) {
    const changes = listed(specChanges(fork.spec, spec));
    return `${fork.of} from step ${fork.step.toLocaleString('en')}${changes && `, ${changes}`}`;
  }
  const { set } = spec.data;
  const preset = PRESETS.find((candidate) => specChanges(onSetOf(candidate.spec, spec), spec).length === 0);
  const changes = before ? specChanges(before, spec) : [];
  if (before && changes.length === 0)
    return `${preset ? named(preset, set) : (nearest(spec) ?? 'Custom network')}, again`;
  if (preset) return named(preset, set);
  if (before && !sameLayers(before, spec)) return nearest(spec) ?? listed(changes);
  return listed(changes) || nearest(spec) || 'Custom network';
}

/** @param {Spec} a @param {Spec} b */
const sameLayers = (a, b) => same(a.layers, b.layers);

/** @param {Spec} spec a preset with the same layers, and what is different from it */
function nearest(spec) {
  const { set } = spec.data;
  const preset = PRESETS.find((candidate) => sameLayers(withSet(candidate.spec, set), spec));
  return preset && `${named(preset, set)}, ${listed(specChanges(onSetOf(preset.spec, spec), spec))}`;
}

/** @param {{ name: string }} preset @param {import('./data-sets.js').DataSet} set */
const named = ({ name }, set) => (set === DEFAULT_SET ? name : `${name}, ${setOf(set).name}`);

/** @param {string[]} changes */
function listed(changes) {
  if (changes.length <= MOST_LISTED) return changes.join(', ');
  const first = changes.slice(0, MOST_LISTED - 1);
  return `${first.join(', ')} and ${changes.length - first.length} more`;
}
