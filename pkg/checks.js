/** What comes from the caller, checked before anything is copied or computed. */

import { ConvscopeError } from './errors.js';

/** The most that are taken at a time, as many as a run can learn from, and their bytes. */
const MOST_IMAGES = 100_000;
const MOST_BYTES = 2 ** 28;
/** No file of a network is larger. */
const LARGEST_FILE = 2 ** 26;
const MOST_PROOFS = 8;
const LONGEST_NAME = 100;
const MOST_STEPS = 1e9;

/** @typedef {Uint8Array | Uint8ClampedArray} Images */
/** @typedef {Uint8Array | readonly number[]} Labels */

/** The images that a network takes, and its classes. `bytes` are of one image. @typedef {{ dims: [number, number, number], bytes: number, classes: number }} ImageForm */

/** @param {{ input: [number, number, number], classes: number }} summary @returns {ImageForm} */
export function formOf({ input, classes }) {
  return { dims: input, bytes: input.reduce((product, size) => product * size), classes };
}

/** The most images of this form at a time. @param {ImageForm} form */
export const mostImages = ({ bytes }) => Math.min(MOST_IMAGES, Math.floor(MOST_BYTES / bytes));

/**
 * @param {Images} images
 * @param {ImageForm} form
 * @returns {Uint8Array<ArrayBuffer>} a copy
 */
export function checkedImages(images, form) {
  const bytes = images instanceof Uint8Array || images instanceof Uint8ClampedArray;
  if (!bytes) {
    throw new ConvscopeError('bad_images', `Expected the images as one Uint8Array; got ${kindOf(images)}.`);
  }
  const { dims, bytes: size } = form;
  if (images.length === 0 || images.length % size !== 0) {
    const message = `Each image has ${size} bytes (${dims.join('×')}, one each); got ${images.length} bytes.`;
    throw new ConvscopeError('bad_images', `${message} Hand over all images one after the other.`);
  }
  const most = mostImages(form);
  if (images.length > most * size) {
    const message = `Expected at most ${most} images; got ${images.length / size}. Hand over fewer at a time.`;
    throw new ConvscopeError('too_large', message);
  }
  return Uint8Array.from(images);
}

/**
 * @param {Labels} labels
 * @param {number} count of images
 * @param {ImageForm} form
 * @returns {Uint8Array<ArrayBuffer>} a copy
 */
export function checkedLabels(labels, count, { classes }) {
  if (!(labels instanceof Uint8Array || Array.isArray(labels))) {
    throw new ConvscopeError('bad_labels', `Expected the labels as a Uint8Array or an array; got ${kindOf(labels)}.`);
  }
  if (labels.length !== count) {
    throw new ConvscopeError('bad_labels', `Expected one label for each of ${count} images; got ${labels.length}.`);
  }
  const wrong = labels.findIndex((/** @type {unknown} */ label) => !isWhole(label, 0, classes - 1));
  if (wrong >= 0) {
    const message = `A label is a whole number from 0 to ${classes - 1}; label ${wrong} is ${shown(labels[wrong])}.`;
    throw new ConvscopeError('bad_labels', message);
  }
  return Uint8Array.from(labels);
}

/** How long to train: so many steps, so many epochs, or to the end of the run. @typedef {{ steps?: number, epochs?: number }} Length */

/** @param {Length} options @returns {Length} only these fields */
export function checkedLength({ steps, epochs }) {
  for (const [name, value] of Object.entries({ steps, epochs })) {
    if (value === undefined || isWhole(value, 0, MOST_STEPS)) continue;
    throw new ConvscopeError('out_of_range', `The ${name} must be a whole number from 0 on; got ${shown(value)}.`);
  }
  if (steps !== undefined && epochs !== undefined) {
    throw new ConvscopeError('out_of_range', 'Expected steps or epochs; got both. Leave one of them out.');
  }
  return { ...(steps !== undefined && { steps }), ...(epochs !== undefined && { epochs }) };
}

/** @param {Uint8Array} bytes @returns {Uint8Array<ArrayBuffer>} a copy */
export function checkedBytes(bytes) {
  if (!(bytes instanceof Uint8Array)) {
    throw new ConvscopeError('bad_file', `Expected a file as a Uint8Array; got ${kindOf(bytes)}.`);
  }
  if (bytes.length > LARGEST_FILE) {
    throw new ConvscopeError('too_large', `A file has at most 64 MiB; got ${bytes.length} bytes. Choose another one.`);
  }
  return Uint8Array.from(bytes);
}

/** @param {Images} images by which a file can be checked @param {ImageForm} form */
export function checkedProofs(images, form) {
  if (images.length <= MOST_PROOFS * form.bytes) return checkedImages(images, form);
  const message = `A file carries at most ${MOST_PROOFS} images; got ${images.length / form.bytes}. Choose a few.`;
  throw new ConvscopeError('too_large', message);
}

/** @param {readonly string[]} names @param {ImageForm} form @returns {readonly string[]} */
export function checkedClasses(names, { classes }) {
  const isName = (/** @type {unknown} */ name) => typeof name === 'string' && name.length <= LONGEST_NAME;
  if (Array.isArray(names) && names.length === classes && names.every(isName)) return names;
  throw new ConvscopeError(
    'bad_classes',
    `Expected the names of ${classes} classes, of at most ${LONGEST_NAME} letters.`,
  );
}

/** @param {unknown} value @param {number} least @param {number} most */
const isWhole = (value, least, most) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** @param {unknown} value */
function kindOf(value) {
  if (value === null || typeof value !== 'object') return shown(value);
  return `an object of class ${value.constructor?.name || 'Object'}`;
}

/** @param {unknown} value */
const shown = (value) => (typeof value === 'string' ? `the text “${value.slice(0, 40)}”` : String(value).slice(0, 40));
