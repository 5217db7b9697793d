/** The lessons that are shipped, in the order of the menu: each file added to this folder adds one. */

import { readEach, shipped } from '../lib/shipped.js';
import { readLesson } from './form.js';

const ORDER = ['reading', 'backprop', 'trust', 'asking'];

/** @type {Record<string, { default: unknown }>} */
const FILES = import.meta.glob('./*.json', { eager: true });

export const LESSON_FILES = shipped(FILES, ORDER);

/** All lessons; in place of one whose file is malformed, why. */
export const lessons = () => readEach(LESSON_FILES, (json) => ({ lesson: readLesson(json) }));
