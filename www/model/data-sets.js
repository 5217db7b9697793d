/** What the data sets are called, where they are, what is in them, and how their pixels are normalised by default. */

/** @typedef {import('./spec.js').Spec['data']['set']} DataSet */

/**
 * `short` names fit where a digit does, `long` ones are for sentences, `articled` ones have their article. `one` and
 * `many` are what an image shows, `kind` and `kinds` are what it is sorted by, and `item` is what one of the test set is
 * called; `draw` is what the canvas asks for. `normalization` is the mean and deviation of the training pixels.
 * @typedef {{
 *   name: string, short: string[], long: string[], articled: string[], one: string, many: string, kind: string,
 *   kinds: string, item: string, draw: string, normalization: { mean: number, deviation: number },
 * }} Classes
 */

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

/** @type {Record<DataSet, Classes>} */
export const SETS = {
  mnist: {
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

/** @param {string} dataUrl of the folder of all sets, with a slash at its end @param {DataSet} set */
export const folderOf = (dataUrl, set) => `${dataUrl}${set}/`;

/**
 * The spec with another data set. The default normalisation of the old set is replaced by that of the new one; a
 * normalisation that was chosen by hand is kept.
 * @param {Spec} spec
 * @param {DataSet} set
 * @returns {Spec}
 */
export function withSet(spec, set) {
  const usual = SETS[spec.data.set].normalization;
  const { mean, deviation } = spec.normalization;
  const isUsual = mean === usual.mean && deviation === usual.deviation;
  const normalization = isUsual ? SETS[set].normalization : spec.normalization;
  return { ...spec, data: { ...spec.data, set }, normalization };
}

/** @typedef {import('./spec.js').Spec} Spec */
