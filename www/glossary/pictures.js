/** All small pictures, by name. */

import { NETWORK_PICTURES } from './network-pictures.js';
import { RESULT_PICTURES, TRAINING_PICTURES } from './training-pictures.js';

/** @type {Record<string, import('./shapes.js').Shape[]>} */
export const PICTURES = { ...NETWORK_PICTURES, ...TRAINING_PICTURES, ...RESULT_PICTURES };

/**
 * The drawing of a term: the one that it names, or else the one with its id, if there is one.
 * @param {{ id: string, picture?: string | undefined }} term
 */
export const pictureOf = ({ id, picture = id }) => PICTURES[picture];
