/** What is said of images on their way to a data set. */

import { integer, shape } from '../../lib/format.js';
import { shortHash } from '../../model/data-sets.js';

/** @typedef {import('../../model/collected.js').Choices} Choices */
/** @typedef {import('../../model/collected.js').ClassCount} ClassCount */
/** @typedef {import('../../model/collected.js').SetReport} SetReport */
/** @typedef {import('../../model/collected.js').Survey} Survey */
/** @typedef {import('../../model/data-sets.js').OwnSet} OwnSet */

/** What the engine takes. */
export const SIDES = { least: 8, most: 64 };
export const MOST_PIXEL_BYTES = 256 * 2 ** 20;

/** In percent: the network learns from the rest. */
const MOST_HELD_OUT = 90;

/** @type {Record<Survey['kind'], string>} */
const SOURCES = {
  arrays: 'arrays of numbers',
  table: 'a table',
  pictures: 'picture files',
  saved: 'a saved set',
};

/** @param {number} count @param {string} one @param {string} [many] */
export const countOf = (count, one, many = `${one}s`) => `${integer(count)} ${count === 1 ? one : many}`;

/** @param {Survey} survey */
export function foundIn({ images, classes, kind, sizes: [size], equal, channels }) {
  const found = `${countOf(images, 'image')} in ${countOf(classes.length, 'class', 'classes')}, from ${SOURCES[kind]}`;
  const side = size ? `${equal ? '' : 'most of them '}${shape([size.rows, size.columns])}, ` : '';
  return `${found}: ${side}${channels === 3 ? 'in colour' : 'in grey'}.`;
}

/** @param {Survey} survey @param {Choices} choices */
export const bytesNeeded = ({ images }, { rows, columns, channels }) => images * rows * columns * channels;

/** Why these choices cannot be loaded; empty if they can. @param {Survey} survey @param {Choices} choices */
export function whyNot(survey, choices) {
  const { rows, columns, shares } = choices;
  const { least, most } = SIDES;
  const wrong = [rows, columns].find((side) => !Number.isInteger(side) || side < least || side > most);
  if (wrong !== undefined) return `Height and width must be whole numbers from ${least} to ${most} pixels.`;
  const { validation, test } = shares;
  const isShare = (/** @type {number} */ share) => Number.isInteger(share) && share >= 1;
  if (!isShare(validation) || !isShare(test)) return 'Give validation and test each a whole percentage, 1 or more.';
  if (validation + test > MOST_HELD_OUT) {
    return `Leave at least ${100 - MOST_HELD_OUT} % of the images for training. Validation and test take ${validation + test} %.`;
  }
  const bytes = bytesNeeded(survey, choices);
  if (bytes <= MOST_PIXEL_BYTES) return '';
  const got = integer(Math.ceil(bytes / 2 ** 20));
  return `These images need ${got} MiB, and 256 MiB is the limit. Make them smaller${choices.channels === 3 ? ', or load them in grey' : ''}.`;
}

/**
 * The set that a link or a run wants and that is not here: its form and classes, as far as its spec tells them.
 * @param {import('../../model/spec.js').OwnName} set
 * @param {import('../../model/spec.js').Spec} [spec]
 */
export function wantedInWords(set, spec) {
  const file = `Choose the file of set ${shortHash(set)}.`;
  if (!spec) return `The run that you opened needs images that are not here. ${file}`;
  const [channels, rows, columns] = spec.input;
  const units = spec.layers.findLast((layer) => layer.type === 'dense')?.units;
  const parts = [
    countOf(spec.data.training_images, 'training image'),
    ...(units ? [countOf(units, 'class', 'classes')] : []),
    `${shape([rows, columns])} in ${channels === 3 ? 'colour' : 'grey'}`,
  ];
  return `The run that you opened needs images that are not here: ${parts.join(', ')}. ${file}`;
}

/** @param {OwnSet} about */
export function aboutInWords({ classes, form, sizes }) {
  const { channels, rows, columns } = form;
  const images = sizes.training + sizes.validation + sizes.test;
  const colour = channels === 3 ? 'colour' : 'grey';
  return `${countOf(images, 'image')}, ${countOf(classes.length, 'class', 'classes')}, ${shape([rows, columns])}, ${colour}`;
}

/** @param {ClassCount} count */
export const totalOf = ({ training, validation, test, unassigned }) => training + validation + test + unassigned;

/** How many images each class of a set has. @param {SetReport} report @returns {ClassCount[]} */
export function countsOf({ classes, balance }) {
  const of = (/** @type {number[]} */ counts, /** @type {number} */ label) => counts[label] ?? 0;
  return classes.map((name, label) => ({
    ...{ name, unassigned: 0, training: of(balance.training, label) },
    ...{ validation: of(balance.validation, label), test: of(balance.test, label) },
  }));
}

/** Which runs a removed set is missed by; empty if none. @param {boolean} current whether by the current run @param {number} others */
export function usesInWords(current, others) {
  const users = [...(current ? ['The current run'] : []), ...(others ? [countOf(others, 'saved run')] : [])];
  if (users.length === 0) return '';
  const [needs, who] = Number(current) + others === 1 ? ['needs', 'it'] : ['need', 'they'];
  return `${users.join(' and ')} ${needs} these images. Once you close the page, ${who} cannot go on without the set’s file.`;
}
