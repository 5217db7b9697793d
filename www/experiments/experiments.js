/** The experiments that are shipped, in the order of the menu: each file added to this folder adds one. */

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

/** @param {string} path */
const idOf = (path) => path.replace(/^.*\/|\.json$/g, '');

/** What the files hold, by their names: those of the list first, then any others. */
export const EXPERIMENT_FILES = Object.entries(FILES)
  .map(([path, file]) => ({ id: idOf(path), json: file.default }))
  .sort((a, b) => rank(a.id) - rank(b.id) || a.id.localeCompare(b.id));

/** @param {string} id */
function rank(id) {
  const place = ORDER.indexOf(id);
  return place < 0 ? ORDER.length : place;
}

/**
 * All experiments; in place of one whose file is malformed, why.
 * @returns {({ id: string, experiment: import('./form.js').Experiment } | { id: string, problem: string })[]}
 */
export function experiments() {
  return EXPERIMENT_FILES.map(({ id, json }) => {
    try {
      return { id, experiment: readExperiment(json) };
    } catch (error) {
      return { id, problem: error instanceof Error ? error.message : String(error) };
    }
  });
}
