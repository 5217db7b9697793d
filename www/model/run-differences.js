/** How two runs were made differently. */

import { specChanges } from './difference.js';

/** @typedef {import('./spec.js').Spec} Spec */

/**
 * What is known of how a run was made.
 * @typedef {{
 *   number: number, spec: Spec, changes: readonly number[], fork: { of: string, step: number } | null,
 *   fromFile: boolean, firstStep: number,
 *   curves: { marks: readonly { step: number, label: string }[] },
 * }} Made
 */

/**
 * All that two runs were made differently in: what they began with, and what was changed by hand on the way. Empty only if
 * both have the same settings and the same seed from the first step on.
 * @param {Made} first
 * @param {Made} second
 */
export function runDifferences(first, second) {
  return [...specChanges(first.spec, second.spec), ...history(first), ...history(second)];
}

/** What was done to a run after it began. @param {Made} run @returns {string[]} */
function history({ number, changes, fork, fromFile, firstStep, curves: { marks } }) {
  const run = (/** @type {string} */ text) => `Run ${number} ${text}`;
  const shown = (/** @type {number} */ step) => step.toLocaleString('en');
  const byHand = new Set(changes.filter((step) => !marks.some((mark) => mark.step === step)));
  return [
    ...(fork ? [run(`continues ${fork.of} from step ${shown(fork.step)}`)] : []),
    ...(fromFile
      ? [run(`began with the weights of a file${firstStep > 0 ? `, after step ${shown(firstStep)}` : ''}`)]
      : []),
    ...marks.map(({ step, label }) => run(`after step ${shown(step)}: ${label}`)),
    ...[...byHand].map((step) => run(`after step ${shown(step)}: weights changed by hand`)),
  ];
}
