/** What evaluations on the validation images say: how good the network is, and what it has learned and forgotten. */

import { integer, percent } from '../../lib/format.js';
import { listed, MATRIX } from './record.js';

/** @typedef {import('../data-sets.js').Classes} Classes */
/** @typedef {import('./record.js').Entry} Entry */
/** @typedef {import('./record.js').Evaluation} Evaluation */
/** @typedef {import('./record.js').RunRecord} RunRecord */

/** A class counts as learned from this recall on: nine in ten are found. */
const LEARNED = 0.9;
/** And from this precision on: a network that calls everything a 2 finds every 2, and has not learned what one is. */
const MEANT = 0.5;
/** It is forgotten below this recall: far enough from the other that chance (1 % on 500 images) does not cross both. */
const FORGOTTEN = 0.8;

/** So many evaluations without a new best, over so many steps: a single bad one is chance, a few steps are no time. */
const PATIENCE = { evaluations: 3, steps: 500 };
/** After a plateau there is another one only if the accuracy rose by a point in between. */
const RISE = 0.01;

/** @param {RunRecord} record @returns {Entry[]} */
export function firstEvaluation({ evaluations: [first], classes }) {
  if (!first) return [];
  const sentence = `First evaluation: ${percent(first.accuracy)} of ${integer(first.images)} validation ${classes.many} are classified correctly.`;
  return [{ step: first.step, kind: 'evaluated', sentence, show: MATRIX }];
}

/** The first evaluation after an epoch has ended is made with its last weights. @param {RunRecord} record @returns {Entry[]} */
export function epochs({ evaluations }) {
  return evaluations.flatMap(({ step, epoch, accuracy }, index) => {
    if (!isTold(epoch) || epoch === evaluations[index - 1]?.epoch) return [];
    const sentence = `Epoch ${epoch} ended: validation accuracy ${percent(accuracy, 2)}.`;
    return [{ step, kind: 'epoch', sentence, show: { tab: 'classes' } }];
  });
}

/** Epochs 1, 2, … 9, 10, 20, … 90, 100, 200: of few images there may be thousands. @param {number} epoch */
const isTold = (epoch) => epoch > 0 && epoch % 10 ** Math.floor(Math.log10(epoch)) === 0;

/** @param {RunRecord} record @returns {Entry[]} */
export function classesLearned({ evaluations, classes }) {
  /** @type {Set<number>} */
  const learned = new Set();
  return evaluations.flatMap(({ step, perClass }) => {
    const recalls = perClass.map(({ recall, precision }) => ((precision ?? 0) < MEANT ? 0 : (recall ?? 0)));
    const gained = recalls.flatMap((recall, index) => (recall >= LEARNED && !learned.has(index) ? [index] : []));
    const lost = recalls.flatMap((recall, index) => (recall < FORGOTTEN && learned.has(index) ? [index] : []));
    for (const index of lost) learned.delete(index);
    for (const index of gained) learned.add(index);
    return [
      ...(gained.length > 0 ? [gainedEntry(step, gained, classes)] : []),
      ...(lost.length > 0 ? [lostEntry(step, lost, classes)] : []),
    ];
  });
}

/** @param {number[]} indices @param {Classes} classes */
const named = (indices, { long, kinds }) =>
  indices.length === long.length ? `all ${long.length} ${kinds}` : listed(indices.map((index) => String(long[index])));

/** @param {number} step @param {number[]} gained @param {Classes} classes @returns {Entry} */
function gainedEntry(step, gained, classes) {
  // Before the first step, nothing has been learned here: the weights are of a file.
  const sentence = `${step === 0 ? 'Known from the start' : 'Learned'}: ${named(gained, classes)}. Recall is ${percent(LEARNED, 0)} or more.`;
  return { step, kind: 'learned', sentence, show: MATRIX };
}

/** @param {number} step @param {number[]} lost @param {Classes} classes @returns {Entry} */
function lostEntry(step, lost, classes) {
  const sentence = `Forgotten: ${named(lost, classes)}. Recall fell below ${percent(FORGOTTEN, 0)}.`;
  return { step, kind: 'forgotten', sentence, show: MATRIX, warns: true };
}

/** @param {RunRecord} record @returns {Entry[]} */
export function plateaus({ evaluations, classes }) {
  /** @type {Entry[]} */
  const entries = [];
  let [best, since, last] = [evaluations[0], 0, 0];
  for (const one of evaluations.slice(1)) {
    since += 1;
    if (!best || one.accuracy > best.accuracy) [best, since] = [one, 0];
    const waited = since >= PATIENCE.evaluations && one.step - best.step >= PATIENCE.steps;
    // A network that guesses is another matter.
    if (!waited || best.accuracy < last + RISE || best.accuracy < 2 / classes.long.length) continue;
    last = best.accuracy;
    entries.push(plateauEntry(one.step, best));
  }
  return entries;
}

/** @param {number} step @param {Evaluation} best @returns {Entry} */
function plateauEntry(step, best) {
  const sentence = `Plateau: validation accuracy has not risen since step ${integer(best.step)} (${percent(best.accuracy, 2)}).`;
  return { step, kind: 'plateau', sentence, show: { tab: 'points' } };
}
