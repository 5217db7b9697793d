/**
 * The smallest pieces of a link: a number, a size, a word. A value that is read always has the kind that was
 * asked for; the engine decides whether it makes sense.
 */

import { isDataSet } from '../model/data-sets.js';
import { quoted, Unreadable } from './unreadable.js';

/** @typedef {'whole' | 'number' | 'flag' | 'set' | 'pair' | 'triple' | 'numbers'} Kind */
/** @typedef {number | boolean | string | number[]} Value */

/**
 * One field of a layer or a setting. A `default` that is a name means the value of that field; `mark` is
 * the letter before the value in a layer.
 * @typedef {{ name: string, kind: Kind, default?: Value, mark?: string }} Part
 */

/** The longest number JavaScript writes has 25 characters. */
const NUMBER = /^-?\d{1,22}(\.\d{1,22})?(e[+-]?\d{1,3})?$/;
const WHOLE = /^\d{1,16}$/;

/** @param {Kind} kind @param {Value} value */
export function writeValue(kind, value) {
  switch (kind) {
    case 'flag':
      return value === true ? '1' : '0';
    case 'pair': {
      const [height, width] = /** @type {number[]} */ (value);
      return height === width ? String(height) : `${height}x${width}`;
    }
    case 'triple':
    case 'numbers':
      return /** @type {number[]} */ (value).map(writeNumber).join('x');
    default:
      return typeof value === 'number' ? writeNumber(value) : String(value);
  }
}

/** The fewest digits that read as the same number. @param {number} value */
const writeNumber = (value) => (Object.is(value, -0) ? '-0' : String(value));

/**
 * @param {Part} part
 * @param {string} text
 * @returns {Value}
 */
export function readValue({ name, kind }, text) {
  switch (kind) {
    case 'whole':
      return readWhole(name, text);
    case 'number':
      return readNumber(name, text);
    case 'flag':
      if (text !== '0' && text !== '1') throw new Unreadable(`${plain(name)} must be 0 or 1; got ${quoted(text)}.`);
      return text === '1';
    case 'set':
      if (!isDataSet(text)) throw new Unreadable(`${plain(name)} ${quoted(text)} is not known.`);
      return text;
    case 'pair':
      return readPair(name, text);
    case 'triple':
      return list(name, text, 3).map((item) => readWhole(name, item));
    case 'numbers':
      return list(name, text, 2).map((item) => readNumber(name, item));
  }
}

/** @param {string} name @param {string} text */
export function readWhole(name, text) {
  const value = WHOLE.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new Unreadable(`${plain(name)} must be a whole number; got ${quoted(text)}.`);
}

/** @param {string} name @param {string} text */
export function readNumber(name, text) {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  throw new Unreadable(`${plain(name)} must be a number; got ${quoted(text)}.`);
}

/** @param {string} name @param {string} text */
function readPair(name, text) {
  if (text.includes('x')) return list(name, text, 2).map((item) => readWhole(name, item));
  const side = readWhole(name, text);
  return [side, side];
}

/** @param {string} name @param {string} text @param {number} count */
function list(name, text, count) {
  const items = text.split('x', count + 1);
  if (items.length === count) return items;
  throw new Unreadable(`${plain(name)} must be ${count} numbers; got ${quoted(text)}.`);
}

/** A field's name at the start of a sentence. @param {string} name */
export const plain = (name) => `The ${name.replaceAll('_', ' ')}`;
