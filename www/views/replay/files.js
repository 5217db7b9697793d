/** A replay as the file that a visitor saves. */

import { ENDING, LONGEST_FILE } from '../../replay/form.js';

/** No letter of it has more than four bytes. */
export const LARGEST_FILE = 4 * LONGEST_FILE;

/** @param {string} text */
export const fileOf = (text) => new File([text], `convscope${ENDING}`, { type: 'application/json' });
