/** A network for the images of any set: the default preset, with as many convolutions and poolings as the images are large. */

import { fittedTo, setOf } from './data-sets.js';
import { DEFAULT_PRESET } from './presets.js';

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */

/** Filters of each convolution in turn; each is twice as wide as the one before. */
const FILTERS = [8, 16, 32];
const KERNEL = 5;
const POOL = 2;
/** Maps are not made smaller than this: where a stroke is has to be seen in them. */
const SMALLEST = 3;

/**
 * @param {import('./spec.js').DataSet} set that is known
 * @returns {import('./spec.js').Spec} for MNIST, the default preset
 */
export function presetFor(set) {
  const { rows, columns } = setOf(set).form;
  /** @type {LayerSpec[]} */
  const layers = [];
  let side = Math.min(rows, columns);
  for (const filters of FILTERS) {
    const convolved = side - KERNEL + 1;
    const pooled = Math.floor(convolved / POOL);
    if (pooled < SMALLEST) {
      if (layers.length === 0) layers.push(...convolution(filters));
      break;
    }
    layers.push(...convolution(filters), pooling());
    side = pooled;
  }
  layers.push({ type: 'flatten' }, { type: 'dense', units: 1 });
  return fittedTo({ ...DEFAULT_PRESET.spec, layers }, set).spec;
}

/** @param {number} filters @returns {LayerSpec[]} */
const convolution = (filters) => [
  { type: 'conv2d', filters, kernel_size: [KERNEL, KERNEL], stride: [1, 1], padding: [0, 0] },
  { type: 'relu' },
];

/** @returns {LayerSpec} */
const pooling = () => ({ type: 'max_pool2d', kernel_size: [POOL, POOL], stride: [POOL, POOL], padding: [0, 0] });
