/** The worker's report of a run, as a receipt; or why it has none. */

import { engineOf } from '../link/outcome.js';
import { sameSpec } from '../link/specs.js';

/** @typedef {import('../link/receipt.js').Receipt} Receipt */
/** @typedef {import('../model/reports.js').RunIdentity} RunIdentity */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./lab.svelte.js').Lab} Lab */

/** The mark of a change that seldom matters to the steps made so far. */
const JUST_LONGER = /^Epochs [^,]*$/;

/**
 * @param {RunIdentity} report
 * @param {readonly { step: number, label: string }[]} marks of what was changed in the middle of the run
 * @returns {string} empty if it has one
 */
export function whyNone({ touched }, marks) {
  if (touched.includes('file')) {
    return 'This run began with the weights of a file, so its settings alone do not reproduce it: it has no receipt.';
  }
  if (touched.includes('weights')) {
    return 'Weights were changed by hand, so the settings alone do not reproduce this run: it has no receipt.';
  }
  if (touched.includes('taught')) {
    return 'The network was taught examples of your own, so the settings alone do not reproduce it: it has no receipt.';
  }
  if (!touched.includes('settings')) return '';
  const mark = marks.findLast(({ label }) => !JUST_LONGER.test(label)) ?? marks.at(-1);
  const what = mark ? ` (step ${mark.step}: ${mark.label})` : '';
  return `Settings were changed in the middle of the run${what}, so it has no receipt. Restart to get one.`;
}

/**
 * Another run may have begun since, so the spec is the worker's, and the accuracy is stated only if it is the same run's.
 * @param {RunIdentity} report
 * @param {{ madeWith: Spec, evaluations: Lab['evaluations'] }} run that is shown
 * @returns {Receipt}
 */
export function takenReceipt({ spec, step, weights, data, version }, { madeWith, evaluations: { test } }) {
  const accuracy = test?.step === step && sameSpec(spec, madeWith) ? test.accuracy : null;
  return { spec, outcome: { steps: step, weights, data, engine: engineOf(version), accuracy } };
}
