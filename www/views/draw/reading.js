/** The network's verdict on the image being viewed. */

/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */
/** @typedef {{ probabilities: Float32Array, digit: number, share: number, label: number | null, of: string }} Verdict `of` names the image */

/**
 * A drawing is answered at once, by a prediction; the snapshots that follow are newer, for training goes on.
 * @param {Pick<Lab, 'probe' | 'prediction' | 'snapshot'>} lab
 * @returns {Verdict | null} null for an empty canvas, and before the first answer
 */
export function verdict({ probe, prediction, snapshot }) {
  if (probe.kind === 'drawing') {
    if (!probe.pixels || !prediction) return null;
    const latest = snapshot?.reading?.probe.kind === 'drawing' && equal(snapshot.reading.pixels, probe.pixels);
    const { probabilities } = latest && snapshot.reading ? snapshot.reading : prediction;
    return verdictOf(probabilities, null, `drawing ${prediction.drawnAt}`);
  }
  const reading = snapshot?.reading;
  if (reading?.probe.kind !== probe.kind || reading.probe.index !== probe.index) return null;
  return verdictOf(reading.probabilities, reading.label, `${probe.kind} ${probe.index}`);
}

/**
 * Whether the verdict is about the image being viewed, as it is now.
 * @param {Pick<Lab, 'probe' | 'prediction' | 'snapshot'>} lab
 */
export function isAnswered({ probe, prediction, snapshot }) {
  if (probe.kind !== 'drawing') return verdict({ probe, prediction, snapshot }) !== null;
  return !probe.pixels || (prediction !== null && equal(prediction.pixels, probe.pixels));
}

/**
 * The predicted class and the one that is most worth comparing with it: the label, or the second most likely.
 * @param {Float32Array} probabilities
 * @param {number | null} label
 */
export function rivalsOf(probabilities, label) {
  const share = (/** @type {number} */ digit) => probabilities[digit] || 0;
  const [first = 0, next = 1] = [...probabilities.keys()].sort((a, b) => share(b) - share(a));
  return { first, second: label === null || label === first ? next : label };
}

/**
 * @param {{ pixels: Uint8Array } | null | undefined} a
 * @param {{ pixels: Uint8Array } | null | undefined} b
 */
export const sameImage = (a, b) => Boolean(a && b && equal(a.pixels, b.pixels));

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
const equal = (a, b) => a.length === b.length && a.every((value, index) => value === b[index]);

/**
 * @param {Float32Array} probabilities
 * @param {number | null} label
 * @param {string} of
 * @returns {Verdict}
 */
function verdictOf(probabilities, label, of) {
  const digit = probabilities.indexOf(Math.max(...probabilities));
  return { probabilities, digit, share: probabilities[digit] ?? 0, label, of };
}
