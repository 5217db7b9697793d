/**
 * A spec as the fields of a link: `net=c8k5,r,m2,f,d10&opt=adam:0.001&seed=7`. What equals the defaults is left
 * out. form.json defines the letters, the keys and their defaults; the command line reads the same file.
 * None of it may change once links have been sent: a new form gets a new version.
 *
 * A layer is a letter and its numbers: `c8k5s2p1` is a convolution of 8 filters of 5×5, stride 2, padding 1.
 * The numbers of a setting are separated by colons; one that is empty or missing at the end is the default.
 */

import form from './form.json' with { type: 'json' };
import { plain, readValue, writeValue } from './parts.js';
import { quoted, Unreadable } from './unreadable.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./parts.js').Part} Part */
/** @typedef {import('./parts.js').Value} Value */

/** An object of a spec, seen as data. @typedef {Record<string, any>} Data */
/** A setting has `parts`, or one of several `kinds` with parts of its own, and a `default` one. @typedef {{ key: string, path: string, parts?: Part[], kinds?: Record<string, Part[]>, default?: string }} Setting */

const LAYERS = /** @type {Record<string, { type: string, parts: Part[] }>} */ (form.layers);
const SETTINGS = /** @type {Setting[]} */ (form.settings);
const LETTERS = new Map(Object.entries(LAYERS));
/** As many as the engine takes (src/spec/limits.rs). */
const MOST_LAYERS = 64;
/** Marks of a layer's numbers, and what comes before the next mark. */
const PIECES = /([a-z]?)([-\d][-+\d.ex]*)/y;

/** The names of all fields that a spec can have. @type {readonly string[]} */
export const SPEC_KEYS = ['net', ...SETTINGS.map(({ key }) => key)];

/**
 * @param {Spec} spec
 * @returns {[key: string, text: string][]}
 */
export function writeSpec(spec) {
  /** @type {[string, string][]} */
  const fields = [['net', spec.layers.map(writeLayer).join(',')]];
  for (const setting of SETTINGS) {
    const text = writeSetting(setting, at(spec, setting.path) ?? {});
    if (text !== (setting.default ?? '')) fields.push([setting.key, text]);
  }
  if (!covers(readSpec(new Map(fields)), spec)) throw new Unreadable('It has settings that a link cannot carry.');
  return fields;
}

/**
 * @param {ReadonlyMap<string, string>} fields those that are not of a spec are ignored
 * @returns {Spec} well-formed; the engine decides whether it can be built
 */
export function readSpec(fields) {
  const net = fields.get('net');
  if (!net) throw new Unreadable('It has no network.');
  const tokens = net.split(',', MOST_LAYERS + 1);
  if (tokens.length > MOST_LAYERS) throw new Unreadable(`It has more than ${MOST_LAYERS} layers.`);
  /** @type {Data} */
  const spec = { input: [], layers: tokens.map(readLayer) };
  for (const setting of SETTINGS) {
    const value = readSetting(setting, fields.get(setting.key) ?? setting.default ?? '');
    Object.assign(made(spec, setting.path), value);
  }
  return /** @type {Spec} */ (spec);
}

/** @param {LayerSpec} layer */
function writeLayer(layer) {
  const [letter, { parts }] = Object.entries(LAYERS).find(([, { type }]) => type === layer.type) ?? unknown(layer.type);
  const text = (/** @type {Part} */ { mark, name, kind, ...part }) => {
    const value = /** @type {Data} */ (layer)[name] ?? standIn(part.default, layer);
    return same(value, standIn(part.default, layer)) ? '' : `${mark}${writeValue(kind, value)}`;
  };
  return letter + parts.map(text).join('');
}

/** @param {string} type @returns {never} */
function unknown(type) {
  throw new Unreadable(`A link cannot carry a layer of the type ${quoted(type)}.`);
}

/** @param {string} token @returns {LayerSpec} */
function readLayer(token) {
  const found = LETTERS.get(token.slice(0, 1));
  const texts = token.length <= 99 ? pieces(token.slice(1)) : null;
  if (!found || !texts) throw new Unreadable(`${quoted(token)} in its network is not a layer.`);
  /** @type {Data} */
  const layer = { type: found.type };
  for (const part of found.parts) {
    const text = texts.get(part.mark ?? '');
    texts.delete(part.mark ?? '');
    const value = text === undefined ? standIn(part.default, layer) : readValue(part, text);
    if (value === undefined) throw new Unreadable(`${plain(part.name)} is missing in ${quoted(token)}.`);
    layer[part.name] = Array.isArray(value) ? [...value] : value;
  }
  if (texts.size > 0) throw new Unreadable(`${quoted(token)} in its network has too many settings.`);
  return /** @type {LayerSpec} */ (layer);
}

/**
 * The numbers of a layer by their marks; null if the text is not such a list.
 * @param {string} text
 */
function pieces(text) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (PIECES.lastIndex = 0; PIECES.lastIndex < text.length;) {
    const [, mark = '', value = ''] = PIECES.exec(text) ?? [];
    if (value === '' || found.has(mark)) return null;
    found.set(mark, value);
  }
  return found;
}

/** @param {Setting} setting @param {Data} value */
function writeSetting({ kinds, parts }, value) {
  if (parts) return writeParts(parts, value);
  const own = Object.hasOwn(kinds ?? {}, value.type) ? kinds?.[value.type] : null;
  if (!own) throw new Unreadable(`A link cannot carry ${quoted(String(value.type))}.`);
  return [value.type, writeParts(own, value)].filter((text) => text !== '').join(':');
}

/** @param {Setting} setting @param {string} text @returns {Data} */
function readSetting({ key, kinds, parts }, text) {
  const items = text.split(':', 12);
  if (parts) return readParts(key, parts, items);
  const [type = '', ...rest] = items;
  const own = kinds && Object.hasOwn(kinds, type) ? kinds[type] : null;
  if (!own) throw new Unreadable(`It has an unknown setting, ${quoted(`${key}=${text}`)}.`);
  return { type, ...readParts(key, own, rest) };
}

/** @param {Part[]} parts @param {Data} value */
function writeParts(parts, value) {
  const texts = parts.map(({ name, kind, default: usual }) => {
    const own = value[name] ?? usual;
    return same(own, usual) ? '' : writeValue(kind, own);
  });
  return texts.join(':').replace(/:+$/, '');
}

/** @param {string} key @param {Part[]} parts @param {string[]} texts @returns {Data} */
function readParts(key, parts, texts) {
  if (texts.length > parts.length && texts.join('') !== '')
    throw new Unreadable(`It has too many settings for ${quoted(key)}.`);
  /** @type {Data} */
  const value = {};
  parts.forEach((part, index) => {
    const text = texts[index] ?? '';
    const own = text === '' ? structuredClone(part.default) : readValue(part, text);
    if (own === undefined) throw new Unreadable(`${plain(part.name)} is missing in ${quoted(key)}.`);
    value[part.name] = own;
  });
  return value;
}

/** @param {Value | undefined} usual @param {Data} owner */
const standIn = (usual, owner) => (typeof usual === 'string' ? owner[usual] : usual);

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => covers(a, b) && covers(b, a);

/** @param {Data} data @param {string} path */
const at = (data, path) => (path === '' ? data : path.split('.').reduce((inner, key) => inner?.[key], data));

/** The object at a path of form.json, made if it is not there. @param {Data} data @param {string} path @returns {Data} */
const made = (data, path) => (path === '' ? data : path.split('.').reduce((inner, key) => (inner[key] ??= {}), data));

/** Whether everything `some` says is in `all`, exactly. @param {any} all @param {any} some @returns {boolean} */
function covers(all, some) {
  if (typeof some !== 'object' || some === null) return Object.is(all, some);
  if (typeof all !== 'object' || all === null || (Array.isArray(some) && some.length !== all.length)) return false;
  return Object.entries(some).every(([key, value]) => value === undefined || covers(all[key], value));
}
