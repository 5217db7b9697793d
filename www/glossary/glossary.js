/** Every term that the page uses: what it means, in plain words, and where the page shows it. */

import { NETWORK } from './network.js';
import { RESULTS, RUNS, TROUBLE } from './results.js';
import { TRAINING } from './training.js';

/** @typedef {import('./term.js').Term} Term */
/** @typedef {import('./term.js').Group} Group */

/** In the order in which they are shown. @type {{ id: Group, name: string, entries: import('./term.js').Entry[] }[]} */
const ALL = [
  { id: 'network', name: 'The network', entries: NETWORK },
  { id: 'training', name: 'Training', entries: TRAINING },
  { id: 'results', name: 'Results', entries: RESULTS },
  { id: 'trouble', name: 'What can go wrong', entries: TROUBLE },
  { id: 'runs', name: 'Runs', entries: RUNS },
];

export const GROUPS = ALL.map(({ id, name }) => ({ id, name }));

/** @type {readonly Term[]} */
export const TERMS = ALL.flatMap(({ id: group, entries }) =>
  entries.map((entry) => ({ name: entry.id.replaceAll('-', ' '), ...entry, group })),
);

/** @param {string} id of a term, or the kind of a layer */
export const termOf = (id) => TERMS.find((term) => term.id === id || term.kinds?.some((kind) => kind === id)) ?? null;

/** The term that explains a setting. @param {string} key of the setting */
export const termOfSetting = (key) =>
  TERMS.find(({ settings, show }) => settings?.includes(key) || (show.view === 'setting' && show.key === key)) ?? null;

/**
 * The terms that a search may mean: those whose names begin with it come first, then those that contain it,
 * then those that only speak of it.
 * @param {string} typed
 * @returns {readonly Term[]}
 */
export function found(typed) {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return TERMS;
  const rank = (/** @type {Term} */ { name, also = [], says }) => {
    const names = [name, ...also].map((each) => each.toLowerCase());
    if (names.some((each) => each.startsWith(wanted))) return 0;
    if (names.some((each) => each.includes(wanted))) return 1;
    return says.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return TERMS.map((term) => ({ term, at: rank(term) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ term }) => term);
}
