/** When a network begins to know its training images by heart. */

import { integer, percent } from '../../lib/format.js';
import { gapAt } from '../gap.js';
import { CURVES } from './record.js';

/** @typedef {import('../gap.js').Gap} Gap */
/** @typedef {import('./record.js').Entry} Entry */
/** @typedef {import('./record.js').Evaluation} Evaluation */
/** @typedef {import('./record.js').RunRecord} RunRecord */

/** A validation loss this many times its lowest has risen, whatever chance does. */
const RISEN = 1.1;
/** At so many evaluations in a row. */
const IN_A_ROW = 2;
/** Steps over which the training loss is averaged, and that must lie between: two means of the same steps say nothing. */
const AROUND = 100;

/** The first sign, and when it is strong. @param {RunRecord} record @returns {Entry[]} */
export function gaps({ evaluations, trained, train, spec }) {
  const at = new Map(trained.map((one) => [one.step, one]));
  const found = evaluations.flatMap((one) => gapAt(one, at.get(one.step), train, spec) ?? []);
  const first = found.find(({ is }) => is !== 'none');
  const strong = found.find(({ is }) => is === 'strong');
  return [
    ...(first && first !== strong ? [gapEntry('First sign of overfitting', first, spec)] : []),
    ...(strong ? [gapEntry('Strong overfitting', strong, spec)] : []),
  ];
}

/** The fewer images there are, the sooner they are known by heart. @param {string} what @param {Gap} gap @param {RunRecord['spec']} spec @returns {Entry} */
function gapEntry(what, { step, training, validation }, { data }) {
  const measured = `${percent(training)} on training images, ${percent(validation)} on validation images`;
  const sentence = `${what}: ${measured}. It trains on ${integer(data.training_images)} images.`;
  return { step, kind: 'overfitting', sentence, show: CURVES, warns: true };
}

/** The loss shows it before the accuracy does: answers that are wrong become surer. @param {RunRecord} record @returns {Entry[]} */
export function risingLoss({ evaluations, train }) {
  let best = evaluations[0];
  let risen = 0;
  for (const one of evaluations.slice(1)) {
    if (!best || one.loss < best.loss) best = one;
    const isApart = one.step - best.step >= AROUND && lossAround(train, one.step) < lossAround(train, best.step);
    risen = one.loss > RISEN * best.loss && isApart ? risen + 1 : 0;
    if (risen === IN_A_ROW) return [lossEntry(one.step, best)];
  }
  return [];
}

/** @param {number} step @param {Evaluation} best @returns {Entry} */
function lossEntry(step, best) {
  const sentence = `Validation loss has risen since step ${integer(best.step)}, while training loss fell: it learns its images by heart.`;
  return { step, kind: 'overfitting', sentence, show: CURVES, warns: true };
}

/** @param {RunRecord['train']} train @param {number} step @returns {number} the mean of the steps before it */
function lossAround({ step: steps, loss }, step) {
  let [sum, count] = [0, 0];
  for (let index = 0; index < steps.length; index++) {
    const at = Number(steps[index]);
    if (at <= step - AROUND || at > step) continue;
    sum += Number(loss[index]);
    count += 1;
  }
  return sum / count;
}
