/** What a change to an image does to the network's answer, in figures and sentences. */

import { integer, probability } from '../../lib/format.js';

/** @typedef {import('../../model/data-sets.js').Classes} Classes */
/** @typedef {import('../../model/inquiry.js').Compared} Compared */
/** @typedef {import('../../model/inquiry.js').Kind} Kind */
/** @typedef {import('../../model/inquiry.js').Method} Method */

/** The strongest change, in grey levels: half of the way from black to white. */
export const MOST_LEVELS = 128;
/** Where the slider begins. */
export const FIRST_LEVELS = 16;
/** Of the methods that go by small steps. */
export const STEPS = 20;

/** @type {readonly { value: Method, name: string, says: string }[]} */
export const METHODS = [
  {
    value: 'sign',
    name: 'Gradient sign',
    says: 'One step: every pixel moves by the full strength, if it can, in the direction that raises the loss.',
  },
  {
    value: 'iterated',
    name: 'Iterated',
    says: `${STEPS} small steps that raise the loss, each along a new gradient. No pixel moves by more than the strength.`,
  },
  {
    value: 'targeted',
    name: 'Targeted',
    says: `${STEPS} small steps that lower the loss of the class you choose. No pixel moves by more than the strength.`,
  },
];

/** @param {ArrayLike<number>} probabilities */
export const answerOf = (probabilities) => {
  let best = 0;
  for (let label = 1; label < probabilities.length; label++) {
    if (Number(probabilities[label]) > Number(probabilities[best])) best = label;
  }
  return best;
};

/**
 * `values` are the grey levels by which each pixel was changed; of several channels, the one that was changed most.
 * @typedef {{ values: Float32Array, largest: number, changed: number, mean: number }} Change
 */

/**
 * @param {Uint8Array} before channel by channel
 * @param {Uint8Array} after
 * @param {number} area the pixels of a channel
 * @returns {Change}
 */
export function changeOf(before, after, area) {
  const values = new Float32Array(area);
  before.forEach((value, index) => {
    const change = Number(after[index]) - value;
    if (Math.abs(change) > Math.abs(Number(values[index % area]))) values[index % area] = change;
  });
  const sizes = values.map(Math.abs);
  return {
    values,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    changed: sizes.filter((size) => size > 0).length,
    mean: sizes.reduce((sum, size) => sum + size, 0) / area,
  };
}

/** The grey levels that have the strongest colour where a change is shown as it is. */
export const FULL_LEVELS = 240;
const FACTORS = [50, 25, 10, 5, 2];

/** How many times larger a change can be drawn without leaving the scale. @param {number} largest */
export const amplification = (largest) => FACTORS.find((factor) => factor * largest <= FULL_LEVELS) ?? 1;

/** @param {Classes} classes @param {number} from @param {number} to */
function turn({ kind, long, articled }, from, to) {
  if (kind === 'digit') return `this ${long[from]} into ${articled[to]}`;
  return `the answer from ${articled[from]} to ${articled[to]}`;
}

/** @param {number} strength */
const levelsOf = (strength) => (strength === 1 ? '1 grey level' : `${integer(strength)} grey levels`);

/** @param {number} strength */
const upTo = (strength) => `A change of at most ${integer(strength)} of 255 grey levels`;

/**
 * Why an image that is classified wrongly is of no use here.
 * @param {Classes} classes
 * @param {number} label
 * @param {number} answer
 */
export function wrongWords({ articled }, label, answer) {
  return (
    `The network already takes ${articled[label]} for ${articled[answer]} here, so there is nothing to fool. ` +
    'Choose an image that it classifies correctly, or train it further.'
  );
}

/** So many images are tried in search of one that is classified correctly. */
const TRIES = 100;

/**
 * The next test image that the network classifies correctly.
 * @param {(after: number) => Promise<number | null>} nextWrong the next one that it does not
 * @param {number} after
 * @param {number} count of the test images
 * @returns {Promise<number | null>} null if none was found
 */
export async function nextCorrect(nextWrong, after, count) {
  for (let by = 1; by <= Math.min(TRIES, count); by++) {
    const index = (after + by) % count;
    if ((await nextWrong(index - 1)) !== index) return index;
  }
  return null;
}

/**
 * What a change of a strength does, in a sentence.
 * @param {Classes} classes
 * @param {{
 *   label: number, target: number | null, strength: number,
 *   before: ArrayLike<number>, after: ArrayLike<number>,
 * }} change `label` is the answer before; `target`, if any, the class it is meant to be turned to
 */
export function foolWords(classes, { label, target, strength, before, after }) {
  const read = answerOf(after);
  const share = probability(after[read]);
  if (strength === 0) return `Nothing is changed yet: the answer is ${classes.articled[label]} (${share}).`;
  if (read === label) {
    const was = `${share}, ${probability(before[label])} before`;
    return `${upTo(strength)} is not enough: the answer is still ${classes.articled[label]} (${was}).`;
  }
  const but = target !== null && read !== target ? `, but not yet to ${classes.articled[target]}` : '';
  return `${upTo(strength)} turns ${turn(classes, label, read)} (${share})${but}.`;
}

/**
 * @param {Classes} classes
 * @param {{ label: number, target: number | null, strength: number, turned: boolean }} found
 */
export function smallestWords(classes, { label, target, strength, turned }) {
  const { articled } = classes;
  if (!turned) {
    const to = target === null ? 'away' : `to ${articled[target]}`;
    return `No change of up to ${MOST_LEVELS} grey levels that this method finds turns the answer ${to}.`;
  }
  return `${levelsOf(strength)} is the least this method needs to turn ${articled[label]} ${target === null ? 'into something else' : `into ${articled[target]}`}.`;
}

/** @type {Record<Kind, { name: string, says: string }>} */
export const CHANGES = {
  attack: { name: 'Attack', says: 'along the gradient' },
  noise: { name: 'Noise', says: 'at random' },
  blur: { name: 'Blur', says: 'neighbours mixed' },
  rotation: { name: 'Rotation', says: 'turned about its middle' },
  occlusion: { name: 'Occlusion', says: 'a patch is hidden' },
};

/** A change that falls short of the attack's size by more than this share is said to be smaller. */
const SHORT = 0.05;

/**
 * Of how much of the attack's size a change is; null where it is the same.
 * @param {number} size
 * @param {number} attack
 */
export const shareOfSize = (size, attack) => (attack > 0 && size < (1 - SHORT) * attack ? size / attack : null);

/** @param {readonly string[]} names @returns {string} a, b and c */
const listed = (names) => [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * What other changes of the same size do, in a sentence or two.
 * @param {Classes} classes
 * @param {number} label the answer before
 * @param {readonly { kind: Kind, probabilities: ArrayLike<number> }[]} rows
 * @param {number} strength of the attack, in grey levels
 */
export function rivalWords(classes, label, rows, strength) {
  const attack = rows.find(({ kind }) => kind === 'attack');
  const others = rows.filter(({ kind }) => kind !== 'attack');
  if (!attack || others.length === 0) return '';
  const names = (/** @type {boolean} */ turned) =>
    others
      .filter(({ probabilities }) => (answerOf(probabilities) !== label) === turned)
      .map(({ kind }) => CHANGES[kind].name.toLowerCase());
  const [turning, leaving] = [names(true), names(false)];
  const attackTurns = answerOf(attack.probabilities) !== label;
  const answer = classes.articled[label];
  if (!attackTurns && turning.length === 0)
    return `At this size, no kind of change turns the answer away from ${answer}.`;
  if (turning.length === 0) {
    return `${capital(listed(leaving))} of the same size leave the answer at ${answer}: at ${levelsOf(strength)}, the direction of the change counts, not its size.`;
  }
  const too = `${capital(listed(turning))} of the same size ${turning.length === 1 ? 'turns' : 'turn'} the answer${attackTurns ? ' too' : ', the attack does not'}`;
  return leaving.length > 0 ? `${too}; ${listed(leaving)} ${leaving.length === 1 ? 'does' : 'do'} not.` : `${too}.`;
}
