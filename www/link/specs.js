/** Specs compared by what a link would say of them. */

import { PRESETS } from '../presets.js';
import { writeSpec } from './spec-text.js';
import { Unreadable } from './unreadable.js';

/** @typedef {import('../spec.js').Spec} Spec */

/** @param {Spec} a @param {Spec} b */
export const sameSpec = (a, b) => a === b || textOf(a) === textOf(b);

/** The preset whose layers these are; an empty name if there is none. @param {Spec} spec */
export function presetOf(spec) {
  const [net] = writeSpec(spec);
  return PRESETS.find((preset) => writeSpec(preset.spec)[0]?.[1] === net?.[1])?.id ?? '';
}

/** @param {Spec} spec */
function textOf(spec) {
  try {
    return JSON.stringify(writeSpec(spec));
  } catch (error) {
    if (error instanceof Unreadable) return JSON.stringify(spec);
    throw error;
  }
}
