/** What the network says of the image being looked at. */

/** @typedef {import('../state/lab.svelte.js').Lab} Lab */
/** @typedef {{ probabilities: Float32Array, digit: number, share: number, label: number | null, of: string }} Verdict `of` names the image */

/**
 * @param {Pick<Lab, 'probe' | 'prediction' | 'snapshot'>} lab
 * @returns {Verdict | null} null for an empty canvas, and before the first answer
 */
export function verdict({ probe, prediction, snapshot }) {
  if (probe.kind === 'drawing') {
    if (!probe.pixels || !prediction) return null;
    return judged(prediction.probabilities, null, `drawing ${prediction.drawnAt}`);
  }
  const reading = snapshot?.reading;
  if (reading?.probe.kind !== 'test' || reading.probe.index !== probe.index) return null;
  return judged(reading.probabilities, reading.label, `test ${probe.index}`);
}

/**
 * @param {Float32Array} probabilities
 * @param {number | null} label
 * @param {string} of
 * @returns {Verdict}
 */
function judged(probabilities, label, of) {
  const digit = probabilities.indexOf(Math.max(...probabilities));
  return { probabilities, digit, share: probabilities[digit] ?? 0, label, of };
}
