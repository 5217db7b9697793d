/** The four files of a set of one's own, as far as the stand-in for the engine cares. */

import { bytesOf, KINDS } from '../data/sources.js';

/** @typedef {import('../session.js').FileKind} FileKind */

/**
 * Each as long as the file of such a set is, and full of the number of its kind.
 * @param {import('../../model/data-sets.js').OwnSet} about
 * @returns {Record<FileKind, Blob>}
 */
export function filesOf(about) {
  const files = KINDS.map((kind, at) => [kind, new Blob([new Uint8Array(bytesOf(kind, about)).fill(at)])]);
  return /** @type {Record<FileKind, Blob>} */ (Object.fromEntries(files));
}
