/** The experiments that are shipped, in the order of the menu: each file added to this folder adds one. */

import { readEach, shipped } from '../lib/shipped.js';
import { readExperiment } from './form.js';

const ORDER = [
  'filters',
  'bad-starts',
  'learning-rate',
  'kernel-size',
  'pooling',
  'why-convolution',
  'overfitting',
  'test-set',
  'batch-size',
  'which-filters',
  'dreams',
  'fooling',
  'broken-code',
];

/** @type {Record<string, { default: unknown }>} */
const FILES = import.meta.glob('./*.json', { eager: true });

export const EXPERIMENT_FILES = shipped(FILES, ORDER);

/** All experiments; in place of one whose file is malformed, why. */
export const experiments = () => readEach(EXPERIMENT_FILES, (json) => ({ experiment: readExperiment(json) }));
