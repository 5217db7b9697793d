/** How the spec being edited differs from the one that runs. */

/** @typedef {import('../model/spec.js').Spec} Spec */

/**
 * @param {unknown} a
 * @param {unknown} b
 */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Whether they differ in something that cannot change in the middle of a run.
 * @param {{ draft: Spec, spec: Spec }} specs
 */
export const needsRestart = ({ draft, spec }) => !same({ ...draft, training: null }, { ...spec, training: null });
