/** How strong gradients look on a scale that stays the same, in words. */

/** Why there are no gradients. @param {import('../../model/reports.js').Probe} probe @param {import('../../model/data-sets.js').Classes} classes */
export const whyNone = (probe, { draw }) =>
  probe.kind === 'drawing' && !probe.pixels
    ? `${draw} first: gradients are those of an image.`
    : 'Computing the gradients …';

/** The gradient of the logits is at most about as large as the loss. */
const SMALL_LOSS = 0.1;

/**
 * @param {boolean} faint whether next to nothing can be seen
 * @param {number | undefined} loss whose gradients they are
 */
export function strengthWords(faint, loss = NaN) {
  if (!faint) return 'Colours keep their scale while it trains.';
  if (loss < SMALL_LOSS) return 'Hardly any gradient: the loss is small. Rescale the colours, or choose another class.';
  return 'Hardly any gradient, compared with the largest so far. Rescale the colours to see what is left.';
}
