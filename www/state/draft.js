/** How the spec being edited differs from the one that runs. */

import { same } from '../lib/same.js';

/** @typedef {import('../model/spec.js').Spec} Spec */

/**
 * Whether they differ in something that cannot change in the middle of a run.
 * @param {{ draft: Spec, spec: Spec }} specs
 */
export const needsRestart = ({ draft, spec }) => !same({ ...draft, training: null }, { ...spec, training: null });
