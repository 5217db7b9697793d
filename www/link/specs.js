/** Compares specs by the links that open them. */

import { same } from '../lib/same.js';
import { withSet } from '../model/data-sets.js';
import { PRESETS } from '../model/presets.js';
import { writeSpec } from './spec-text.js';
import { Unreadable } from './unreadable.js';

/** @typedef {import('../model/spec.js').Spec} Spec */

/** @param {Spec} a @param {Spec} b */
export const sameSpec = (a, b) => a === b || textOf(a) === textOf(b);

/**
 * The preset whose layers these are; of several, the one that warps its images in this way. An empty name if there is none.
 * @param {Spec} spec
 */
export function presetOf(spec) {
  const net = netOf(spec);
  const alike = PRESETS.filter((preset) => netOf(withSet(preset.spec, spec.data.set)) === net);
  const { augmentation } = spec.training;
  return (alike.find((preset) => same(preset.spec.training.augmentation, augmentation)) ?? alike[0])?.id ?? '';
}

/** @param {Spec} spec */
const textOf = (spec) => JSON.stringify(written(spec) ?? spec);

/** @param {Spec} spec */
const netOf = (spec) => written(spec)?.[0]?.[1] ?? JSON.stringify(spec.layers);

/** The link's text for it; null if no link can hold it. @param {Spec} spec */
function written(spec) {
  try {
    return writeSpec(spec);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
