/** The log of a run: what happened in it, and when, in sentences. */

import { classesLearned, epochs, firstEvaluation, plateaus } from './log/evaluated.js';
import { gradientsExploded, gradientsGone, unitsDied } from './log/layers.js';
import { gaps, risingLoss } from './log/overfitting.js';
import { diverged, guessing, settingsChanged } from './log/training.js';

/** @typedef {import('./log/record.js').Entry} Entry */
/** @typedef {import('./log/record.js').RunRecord} RunRecord */

/** Each reads the whole record, so that what is forgotten of a run is forgotten here too. Of one step, in this order. */
const RULES = [
  ...[settingsChanged, diverged, guessing, gradientsExploded, gradientsGone, unitsDied],
  ...[firstEvaluation, epochs, classesLearned, plateaus, gaps, risingLoss],
];

/** @param {RunRecord} record @returns {Entry[]} by rising step */
export const logOf = (record) => RULES.flatMap((rule) => rule(record)).sort((a, b) => a.step - b.step);

/** These come whatever the network does. */
const ROUTINE = ['evaluated', 'epoch'];

/** The entry to be seen first: the last, but where that is routine it does not hide a warning. @param {readonly Entry[]} entries */
export function latestOf(entries) {
  const telling = entries.findLast(({ kind }) => !ROUTINE.includes(kind));
  return telling?.warns ? telling : entries.at(-1);
}
