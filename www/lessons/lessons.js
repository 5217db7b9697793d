/** The lessons that are shipped, in the order of the menu: each file added to this folder adds one. */

import { readLesson } from './form.js';

const ORDER = ['reading', 'backprop', 'trust'];

/** @type {Record<string, { default: unknown }>} */
const FILES = import.meta.glob('./*.json', { eager: true });

/** @param {string} path */
const idOf = (path) => path.replace(/^.*\/|\.json$/g, '');

/** What the files hold, by their names: those of the list first, then any others. */
export const LESSON_FILES = Object.entries(FILES)
  .map(([path, file]) => ({ id: idOf(path), json: file.default }))
  .sort((a, b) => rank(a.id) - rank(b.id) || a.id.localeCompare(b.id));

/** @param {string} id */
function rank(id) {
  const place = ORDER.indexOf(id);
  return place < 0 ? ORDER.length : place;
}

/**
 * All lessons; in place of one whose file is malformed, why.
 * @returns {({ id: string, lesson: import('./form.js').Lesson } | { id: string, problem: string })[]}
 */
export function lessons() {
  return LESSON_FILES.map(({ id, json }) => {
    try {
      return { id, lesson: readLesson(json) };
    } catch (error) {
      return { id, problem: error instanceof Error ? error.message : String(error) };
    }
  });
}
