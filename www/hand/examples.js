/** Examples of the visitor's own: drawings with the class that they show, as data and as a file. */

import { ALL_STEPS, digitFromStrokes } from '../lib/digit.js';
import { setOf } from '../model/data-sets.js';

/** @typedef {import('../lib/strokes.js').Stroke} Stroke */
/** @typedef {import('../model/data-sets.js').DataSet} DataSet */
/** `pixels` are what the network sees. A picture that was not drawn here has no strokes. @typedef {{ id: string, set: DataSet, label: number, strokes: readonly Stroke[], pixels: Uint8Array }} Example */

/** As many as the engine teaches at once. */
export const MOST_EXAMPLES = 500;
/** More than anyone draws. */
const MOST_STROKES = 100;
const MOST_POINTS = 10_000;
/** A file of as many examples as there may be is smaller. */
export const LARGEST_FILE = 32 * 2 ** 20;
/** A thousandth of the canvas is less than a pixel of what the network sees. */
const DECIMALS = 1000;

const KIND = 'convscope examples';
const VERSION = 1;

/**
 * @param {readonly Example[]} examples of one data set
 * @param {DataSet} set
 * @returns {string} JSON; a stroke is x and y of its points, one after the other, in the unit square
 */
export function examplesAsJson(examples, set) {
  const rounded = (/** @type {number} */ value) => Math.round(value * DECIMALS) / DECIMALS;
  const items = examples.map(({ label, strokes, pixels }) =>
    strokes.length > 0
      ? { label, strokes: strokes.map((stroke) => stroke.flatMap(({ x, y }) => [rounded(x), rounded(y)])) }
      : { label, pixels: [...pixels] },
  );
  return JSON.stringify({ kind: KIND, version: VERSION, set, examples: items });
}

/**
 * @param {string} text of a file
 * @param {DataSet} set that is trained on
 * @param {() => string} newId
 * @returns {Example[]}
 * @throws {RangeError} a sentence with what is wrong with the file
 */
export function examplesFromJson(text, set, newId) {
  const file = object(parsed(text), 'the file');
  if (file.kind !== KIND || file.version !== VERSION) {
    throw new RangeError(`Expected a file of examples, "kind": "${KIND}" and "version": ${VERSION}; got another file.`);
  }
  if (file.set !== set) {
    throw new RangeError(`These examples are for the data set ${String(file.set)}; the network trains on ${set}.`);
  }
  const items = file.examples;
  if (!Array.isArray(items) || items.length > MOST_EXAMPLES) {
    throw new RangeError(`Expected a list of up to ${MOST_EXAMPLES} examples under "examples".`);
  }
  return items.map((item, index) => ({ id: newId(), set, ...exampleFrom(item, setOf(set), `Example ${index + 1}`) }));
}

/** @param {unknown} item @param {import('../model/data-sets.js').Classes} classes @param {string} name */
function exampleFrom(item, { form, long }, name) {
  const { label, strokes = [], pixels } = object(item, name);
  if (!Number.isInteger(label) || !(Number(label) >= 0 && Number(label) < long.length)) {
    throw new RangeError(`${name}: expected a label from 0 to ${long.length - 1}; got ${String(label)}.`);
  }
  const drawn = strokesFrom(strokes, name);
  const image = digitFromStrokes(drawn, ALL_STEPS, form) ?? pixelsFrom(pixels, form.rows * form.columns, name);
  return { label: Number(label), strokes: drawn, pixels: image };
}

/** @param {unknown} strokes @param {string} name @returns {Stroke[]} */
function strokesFrom(strokes, name) {
  if (!Array.isArray(strokes) || strokes.length > MOST_STROKES) {
    throw new RangeError(`${name}: expected a list of up to ${MOST_STROKES} strokes.`);
  }
  const isPlace = (/** @type {unknown} */ value) => typeof value === 'number' && value >= -1 && value <= 2;
  return strokes.map((stroke) => {
    const fits = Array.isArray(stroke) && stroke.length >= 2 && stroke.length <= 2 * MOST_POINTS;
    if (!fits || stroke.length % 2 !== 0 || !stroke.every(isPlace)) {
      throw new RangeError(`${name}: expected each stroke as x and y of its points, from 0 to 1.`);
    }
    return Array.from({ length: stroke.length / 2 }, (_, at) => ({ x: stroke[2 * at], y: stroke[2 * at + 1] }));
  });
}

/** @param {unknown} pixels @param {number} size so many @param {string} name */
function pixelsFrom(pixels, size, name) {
  const isByte = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 256;
  if (!Array.isArray(pixels) || pixels.length !== size || !pixels.every(isByte)) {
    throw new RangeError(`${name}: expected strokes, or ${size} pixels from 0 to 255.`);
  }
  return Uint8Array.from(pixels);
}

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('Expected JSON; the file is cut off, or something else.');
  }
}

/** @param {unknown} value @param {string} name @returns {Record<string, unknown>} */
function object(value, name) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return /** @type {Record<string, unknown>} */ (value);
  }
  throw new RangeError(`Expected an object as ${name}.`);
}
