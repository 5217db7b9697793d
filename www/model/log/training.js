/** What the training curve says of the whole network: that it guesses, learns, or has gone wild. */

import { integer, number, percent } from '../../lib/format.js';
import { layerNames } from '../layer-kinds.js';
import { CURVES } from './record.js';

/** @typedef {import('./record.js').Entry} Entry */
/** @typedef {import('./record.js').RunRecord} RunRecord */

/** Steps whose mean is compared: at 32 images a batch, 3,200 images, on which chance moves an accuracy by half a point. */
const WINDOW = 100;
/** After so many steps, every preset has long begun to learn. */
const LONG_ENOUGH = 300;
/** Of the accuracy of guessing: below `guesses` a network guesses, from `learns` on it has begun to learn. */
const TIMES_CHANCE = { guesses: 1.5, learns: 3 };
/** A step that makes the loss so many times what it was at the start was too large: batches differ by a tenth. */
const THROWN = 1.25;

/** A hundredth of what the presets train with. */
const TIMID = { sgd: 2e-4, adam: 1e-5, adamw: 1e-5 };
/** A network whose initial weights are of a sensible size has a loss near that of guessing at first, ln 10 = 2.3. */
const HUGE = 20;

/** @typedef {{ end: number, accuracy: number }} Window the last step of a window, and its mean accuracy */

/** @param {RunRecord} record @returns {Entry[]} */
export function settingsChanged({ marks }) {
  return marks.map(({ step, label }) => ({
    ...{
      step,
      kind: 'settings',
      sentence: label.startsWith('Taught') ? `${label}.` : `Settings changed: ${label}.`,
      show: { tab: 'points' },
    },
  }));
}

/** @param {RunRecord} record @returns {Entry[]} */
export function diverged({ divergence, spec }) {
  if (!divergence) return [];
  const { step, layer } = divergence;
  const what = layer === null ? 'the loss' : `the output of ${layerNames(spec.layers)[layer]}`;
  const sentence = `Diverged: ${what} is no longer a finite number. ${causeOf(spec)}`;
  return [{ step, kind: 'diverged', sentence, show: { mainPanel: 'health', part: 'flow' }, warns: true }];
}

/** The network guesses after a time in which others learn, begins to learn after all, or falls back to guessing. @param {RunRecord} record @returns {Entry[]} */
export function guessing(record) {
  const chance = 1 / record.classes.long.length;
  /** @type {Entry[]} */
  const entries = [];
  /** @type {'unknown' | 'guesses' | 'learns'} */
  let state = 'unknown';
  for (const window of windowsOf(record.train)) {
    if (window.accuracy >= TIMES_CHANCE.learns * chance) {
      if (state === 'guesses') entries.push(learningEntry(window));
      state = 'learns';
    } else if (window.accuracy < TIMES_CHANCE.guesses * chance && window.end >= LONG_ENOUGH && state !== 'guesses') {
      entries.push(state === 'learns' ? fallenEntry(window, record) : guessingEntry(window, record));
      state = 'guesses';
    }
  }
  return entries;
}

/** @param {Window} window @returns {Entry} */
function learningEntry({ end, accuracy }) {
  const sentence = `It has begun to learn: it classifies ${percent(accuracy, 0)} of its last ${WINDOW} batches correctly.`;
  return { step: end, kind: 'guessing', sentence, show: CURVES };
}

/** @param {Window} window @param {RunRecord} record @returns {Entry} */
function fallenEntry({ end }, { spec }) {
  const sentence = `It has fallen back to guessing. ${causeOf(spec)}`;
  return { step: end, kind: 'guessing', sentence, show: CURVES, warns: true };
}

/** @param {Window} window @param {RunRecord} record @returns {Entry} */
function guessingEntry({ end }, record) {
  const { sentence, show } = reasonFor(record);
  return {
    ...{ step: end, kind: 'guessing', show, warns: true },
    sentence: `After ${integer(end)} steps it still guesses. ${sentence}`,
  };
}

/** Why a network that learned no longer does. @param {RunRecord['spec']} spec */
const causeOf = ({ training }) =>
  Object.values(training.faults).some(Boolean)
    ? 'A mistake on purpose is switched on in Settings.'
    : 'The learning rate is probably too high.';

/** Why a network never began to learn: the likeliest reason. @param {RunRecord} record @returns {Pick<Entry, 'sentence' | 'show'>} */
function reasonFor({ spec, train }) {
  const { type } = spec.initialization;
  const { optimizer, faults } = spec.training;
  const [first, highest] = [Number(train.loss[0]), Math.max(...train.loss.slice(0, LONG_ENOUGH))];
  if (Object.values(faults).some(Boolean)) return { sentence: causeOf(spec), show: CURVES };
  if (type === 'zeros' || type === 'constant')
    return {
      sentence: 'All weights began the same, so its filters stay the same. Choose other initial weights.',
      show: { mainPanel: 'health', part: 'symmetry' },
    };
  if (first > HUGE)
    return { sentence: `Its initial weights are too large: the loss began at ${number(first, 2)}.`, show: CURVES };
  if (highest > THROWN * first)
    return {
      sentence: `The learning rate is probably too high: a step raised the loss from ${number(first, 2)} to ${number(highest, 2)}.`,
      show: CURVES,
    };
  if (optimizer.learning_rate < TIMID[optimizer.type])
    return { sentence: 'The learning rate is very low.', show: CURVES };
  return { sentence: 'See whether gradients reach its layers.', show: { mainPanel: 'health', part: 'flow' } };
}

/** Whole windows of the curve. @param {RunRecord['train']} train @returns {Window[]} */
function windowsOf({ step, accuracy }) {
  /** @type {Window[]} */
  const windows = [];
  let [count, sum] = [0, 0];
  for (let index = 0; index < step.length; index++) {
    count += 1;
    sum += Number(accuracy[index]);
    const [end, next] = [Number(step[index]), Number(step[index + 1] ?? Infinity)];
    const edge = Math.ceil(end / WINDOW) * WINDOW;
    if (next <= edge || (index === step.length - 1 && end < edge)) continue;
    windows.push({ end, accuracy: sum / count });
    [count, sum] = [0, 0];
  }
  return windows;
}
