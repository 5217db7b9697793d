/** What the data sets are called, where they are, what is in them, and how their pixels are normalised by default. */

import { shortNames } from './short-names.js';

/** @typedef {import('./spec.js').DataSet} DataSet */
/** @typedef {import('./spec.js').HostedSet} HostedSet */
/** @typedef {import('./spec.js').OwnName} OwnName */
/** @typedef {import('./spec.js').Spec} Spec */

/** What all images of a set have in common: bytes an image, channel by channel, row by row. @typedef {{ channels: number, rows: number, columns: number }} ImageForm */

/** How many images each split has. @typedef {{ training: number, validation: number, test: number }} Sizes */

/**
 * `short` names fit where a digit does, `long` ones are for sentences, `articled` ones have their article. `one` and
 * `many` are what an image shows, `kind` and `kinds` are what it is sorted by, and `item` is what one of the test set is
 * called; `draw` is what the canvas asks for. `normalization` is the mean and deviation of the training pixels.
 * @typedef {{
 *   form: ImageForm, sizes: Sizes,
 *   name: string, short: string[], long: string[], articled: string[], one: string, many: string, kind: string,
 *   kinds: string, item: string, draw: string, normalization: { mean: number, deviation: number },
 * }} Classes
 */

const MNIST_LIKE = {
  form: { channels: 1, rows: 28, columns: 28 },
  sizes: { training: 55_000, validation: 5_000, test: 10_000 },
};

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

/** Those that a host has. @type {Record<HostedSet, Classes>} */
export const SETS = {
  mnist: {
    ...MNIST_LIKE,
    name: 'MNIST',
    short: DIGITS,
    long: DIGITS,
    articled: DIGITS.map((digit) => `${digit === '8' ? 'an' : 'a'} ${digit}`),
    one: 'digit',
    many: 'digits',
    kind: 'digit',
    kinds: 'digits',
    item: 'digit',
    draw: 'Draw a digit',
    normalization: { mean: 0.1307, deviation: 0.3081 },
  },
  fashion: {
    ...MNIST_LIKE,
    name: 'Fashion-MNIST',
    short: ['top', 'trs', 'pul', 'drs', 'coat', 'snd', 'shirt', 'snk', 'bag', 'boot'],
    long: [
      ...['T-shirt or top', 'trousers', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
    articled: [
      ...['a T-shirt or top', 'trousers', 'a pullover', 'a dress', 'a coat'],
      ...['a sandal', 'a shirt', 'a sneaker', 'a bag', 'an ankle boot'],
    ],
    one: 'piece of clothing',
    many: 'clothes',
    kind: 'class',
    kinds: 'classes',
    item: 'image',
    draw: 'Draw a piece of clothing',
    normalization: { mean: 0.286, deviation: 0.353 },
  },
};

/** The set that every host has, and that the page begins with. @type {DataSet} */
export const DEFAULT_SET = 'mnist';

/** Sets of one's own that have been met. A name is the hash of the contents, so what it stands for never changes. @type {Map<DataSet, Classes>} */
const own = new Map();

/** @param {string} set @returns {set is HostedSet} */
export const isHosted = (set) => Object.hasOwn(SETS, set);

/** The name of a set of one's own: the SHA-256 of its contents. */
const OWN_NAME = /^own-[0-9a-f]{64}$/;

/** @param {string} text @returns {text is DataSet} */
export const isDataSet = (text) => isHosted(text) || OWN_NAME.test(text);

/** The hash of a set of one's own. @param {OwnName} set */
export const hashOf = (set) => set.slice('own-'.length);

/** What people tell it by. @param {OwnName} set */
export const shortHash = (set) => hashOf(set).slice(0, 8);

/** More images than any set of one's own has. */
export const MOST_IMAGES = 100_000;

/** Of a set that is only a name yet. @type {OwnSet} */
const UNKNOWN = {
  title: 'Your images',
  classes: DIGITS,
  ...MNIST_LIKE,
  normalization: { mean: 0.5, deviation: 0.25 },
};

/** Whether it is known what is in a set. @param {DataSet} set */
export const isKnown = (set) => isHosted(set) || own.has(set);

/**
 * Makes a set of one's own known, under its name; to be called before anything speaks of it.
 * @param {DataSet} set
 * @param {OwnSet} about
 */
export function makeKnown(set, about) {
  own.set(set, classesOf(about));
}

/** What is in a set; of one that is not known, what can be said of any. @param {DataSet} set @returns {Classes} */
export const setOf = (set) => (isHosted(set) ? SETS[set] : (own.get(set) ?? classesOf(UNKNOWN)));

/**
 * What is kept of a set of one's own beside its four files; part of what its name is the hash of, but for `title`, which
 * can be changed.
 * @typedef {{ title: string, classes: string[], form: ImageForm, sizes: Sizes, normalization: { mean: number, deviation: number } }} OwnSet
 */

/** @param {OwnSet} about @returns {Classes} */
function classesOf({ title, classes, form, sizes, normalization }) {
  return {
    ...{ form, sizes, normalization, name: title, long: classes },
    short: shortNames(classes),
    // No article: these can be names of anything.
    articled: classes.map((name) => `“${name}”`),
    ...{ one: 'image', many: 'images', kind: 'class', kinds: 'classes', item: 'image' },
    draw: form.channels === 1 ? 'Draw one of them' : 'Choose a picture',
  };
}

/** @param {string} dataUrl of the folder of all sets, with a slash at its end @param {DataSet} set of those that a host has */
export const folderOf = (dataUrl, set) => `${dataUrl}${set}/`;

/** An image as the first layer gets it: channels, height and width. @param {ImageForm} form @returns {[number, number, number]} */
export const inputOf = ({ channels, rows, columns }) => [channels, rows, columns];

/**
 * The spec with another data set. Between sets that a host has, which are all alike, the default normalisation of the old set
 * is replaced by that of the new one, and one that was chosen by hand is kept. Where a set of one's own is involved, the spec is
 * fitted to the new set.
 * @param {Spec} spec
 * @param {DataSet} set
 * @returns {Spec}
 */
export function withSet(spec, set) {
  if (!isHosted(set) || !isHosted(spec.data.set)) return set === spec.data.set ? spec : fittedTo(spec, set).spec;
  const usual = setOf(spec.data.set).normalization;
  const { mean, deviation } = spec.normalization;
  const isUsual = mean === usual.mean && deviation === usual.deviation;
  const normalization = isUsual ? setOf(set).normalization : spec.normalization;
  return { ...spec, data: { ...spec.data, set }, normalization };
}

/**
 * The spec as it must be for the images of a set, and what was changed of its network, in a sentence; empty if nothing was.
 * The engine decides whether the layers still fit. The command line fits specs in the same way.
 * @param {Spec} spec
 * @param {DataSet} set
 * @returns {{ spec: Spec, changed: string }}
 */
export function fittedTo(spec, set) {
  const { form, sizes, long, normalization } = setOf(set);
  const input = inputOf(form);
  const last = spec.layers.findLastIndex(({ type }) => type === 'dense');
  const layers = spec.layers.map((layer, at) =>
    at === last && layer.type === 'dense' ? { ...layer, units: long.length } : layer,
  );
  const data = { ...spec.data, set, training_images: sizes.training };
  const changes = [];
  if (input.join() !== spec.input.join()) changes.push(`the input is now ${input.join('×')}`);
  const before = spec.layers[last];
  if (before?.type === 'dense' && before.units !== long.length) {
    changes.push(`the last layer now has ${long.length} units`);
  }
  return { spec: { ...spec, input, layers, data, normalization }, changed: sentenceOf(changes) };
}

/** @param {string[]} changes */
function sentenceOf(changes) {
  const text = changes.join(', and ');
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
