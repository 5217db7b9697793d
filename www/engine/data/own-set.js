/** What is said of a set of the visitor's own that the page has not handed over. */

import { isKnown, setOf, shortHash } from '../../model/data-sets.js';

/** @typedef {import('../../model/spec.js').OwnName} OwnName */
/** @typedef {import('../../model/spec.js').Spec} Spec */

/**
 * What is missing, as far as it is known, and what to do.
 * @param {OwnName} set
 * @param {Spec | null} spec of the run that wants it
 */
export function whyNotOffered(set, spec) {
  const last = spec?.layers.findLast((layer) => layer.type === 'dense');
  const form = spec ? `: ${spec.input.join('×')}${last ? ` in ${last.units} classes` : ''}` : '';
  const which = isKnown(set) ? `: “${setOf(set).name}”` : form;
  return `This run needs images that are not on this device${which} (set ${shortHash(set)}). Open their file, or go on with MNIST.`;
}
