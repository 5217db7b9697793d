/** What is said of images on their way to a data set. */

import { integer, shape } from '../../lib/format.js';

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

/** @type {Record<import('../../model/collected.js').SourceKind, string>} */
const SOURCES = {
  idx: 'IDX files',
  npz: 'an NPZ file',
  csv: 'a CSV table',
  pictures: 'pictures, a folder for each class',
  set: 'a saved set',
};

/** @param {number} count @param {string} one @param {string} [many] */
export const countOf = (count, one, many = `${one}s`) => `${integer(count)} ${count === 1 ? one : many}`;

/** @param {Survey} survey */
export function foundIn({ images, classes, kind, sizes, channels }) {
  const sizesSaid =
    sizes.length === 1 ? `${sizeOf(sizes[0])}` : `${integer(sizes.length)} sizes, ${sizeOf(sizes[0])} most often`;
  const colour = channels === 3 ? 'in colour' : 'in grey';
  return `${countOf(images, 'image')} in ${countOf(classes.length, 'class', 'classes')}, from ${SOURCES[kind]}. ${sizesSaid}, ${colour}.`;
}

/** @param {{ rows: number, columns: number } | undefined} size */
const sizeOf = (size) => (size ? shape([size.rows, size.columns]) : '–');

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

/** @param {OwnSet} about */
export function aboutInWords({ classes, form, sizes }) {
  const { channels, rows, columns } = form;
  const images = sizes.training + sizes.validation + sizes.test;
  const colour = channels === 3 ? 'colour' : 'grey';
  return `${countOf(images, 'image')}, ${countOf(classes.length, 'class', 'classes')}, ${shape([rows, columns])}, ${colour}`;
}

/** @param {ClassCount} count */
export const totalOf = ({ training, validation, test }) => training + validation + test;

/** A class with less than this share of the largest is pointed out. */
const RARE = 0.2;

/**
 * What is worth knowing before training on a set.
 * @param {SetReport} report
 * @returns {string[]}
 */
export function remarksOn({ classes, duplicates, constant, warnings }) {
  const remarks = [];
  if (duplicates > 0) {
    remarks.push(
      `${countOf(duplicates, 'image')} ${duplicates === 1 ? 'is' : 'are'} in more than one split. Accuracy on them is too good: the network has seen them.`,
    );
  }
  if (constant > 0) {
    remarks.push(
      `${countOf(constant, 'image')} ${constant === 1 ? 'has' : 'have'} the same value in every pixel. There is nothing to learn from.`,
    );
  }
  const most = Math.max(...classes.map(totalOf));
  const rare = classes.filter((count) => totalOf(count) < RARE * most);
  if (rare.length > 0) {
    const names = rare
      .slice(0, 3)
      .map(({ name }) => `“${name}”`)
      .join(', ');
    remarks.push(
      `${names}${rare.length > 3 ? ` and ${rare.length - 3} more` : ''} ${rare.length === 1 ? 'has' : 'have'} far fewer images than the largest class. The network will rarely answer with ${rare.length === 1 ? 'it' : 'them'}.`,
    );
  }
  return [...remarks, ...warnings];
}

/** Of the file that a set is saved as. @param {string} title */
export const fileNameOf = (title) =>
  `${
    title
      .trim()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'images'
  }.zip`;
