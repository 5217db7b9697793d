/** How strong gradients look on a scale that stays the same, in words. */

/** The gradient of the logits is at most about as large as the loss. */
const SMALL_LOSS = 0.1;

/**
 * @param {boolean} faint whether next to nothing can be seen
 * @param {number | undefined} loss whose gradients they are
 */
export function strengthWords(faint, loss = NaN) {
  if (!faint) return 'The colours hold still: they reach to the largest gradient so far.';
  if (loss < SMALL_LOSS) return 'Hardly any gradient: the loss is small. Fit the colours, or ask for another class.';
  return 'Hardly any gradient, beside the largest so far. Fit the colours to see what is left.';
}
