/**
 * What became of each training image, epoch by epoch: the byte in which a pass is kept, and what is made of them.
 *
 * An image passes once an epoch, at the step that learns from it. A pass is 0 where there was none, else its top bit says
 * whether the image was classified correctly, and the other seven are the loss on a logarithmic scale: eight levels for each
 * doubling, from 2⁻¹² to 2⁴.
 *
 * Forgetting is that of Toneva et al., "An Empirical Study of Example Forgetting during Deep Neural Network Learning", 2019.
 */

const CORRECT = 128;
/** Of a pass, the bits that are the loss. */
const LEVELS = 127;
/** Levels in a doubling; they are the first three bits after the exponent of a float. */
const PER_DOUBLING = 8;
const SMALLEST = -12;
/** Where the exponent of a float is 2⁻¹², in the same levels. */
const OFFSET = (127 + SMALLEST) * PER_DOUBLING;

const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** @param {number} loss negative, or −0, where the image was misclassified */
export function passOf(loss) {
  scratch[0] = loss;
  const level = ((Number(bits[0]) >>> 20) & 2047) - OFFSET;
  const isWrong = Number(bits[0]) >>> 31;
  return Math.min(Math.max(level, 1), LEVELS) + (isWrong ? 0 : CORRECT);
}

/** Whether the image was classified correctly. @param {number} pass */
export const isCorrect = (pass) => pass >= CORRECT;

/** The loss in the middle of each level. */
const LOSSES = Float32Array.from({ length: LEVELS + 1 }, (_, level) => {
  const doublings = Math.floor(level / PER_DOUBLING);
  return 2 ** (SMALLEST + doublings) * (1 + ((level % PER_DOUBLING) + 0.5) / PER_DOUBLING);
});

/** The loss, within a sixteenth of its size. @param {number} pass */
export const lossOf = (pass) => Number(LOSSES[pass & LEVELS]);

/**
 * Of all training images, each in its place. `learned` is the epoch in which it was first classified correctly, counted
 * from 1, or 0; `forgotten` how often it was misclassified right after it had been classified correctly; `last` its last
 * pass. `meanLoss` leaves the first pass out once there is another: a network that knows nothing finds every image hard.
 * `labels` are those that the network learns.
 *
 * Nothing is known of what was before step `since`, in epoch `firstEpoch`; `epochs` have been counted from there, and
 * `epochLoss` is the mean loss of all that passed in each. `isFull`: no more are counted. All this is of whole epochs, so
 * that it means the same for every image; only where there is none yet, of the one that is `running`.
 * @typedef {{
 *   step: number, since: number, firstEpoch: number, epochs: number, isFull: boolean, images: number, labels: Uint8Array,
 *   passes: Uint16Array, learned: Uint16Array, forgotten: Uint16Array, meanLoss: Float32Array, last: Uint8Array,
 *   epochLoss: number[], running: Running | null,
 * }} Lives
 */

/**
 * The epoch under way: how many images have passed in it, and how many of them were learned in it.
 * @typedef {{ epoch: number, passed: number, learned: number }} Running
 */

/**
 * The passes of one training image from `firstEpoch` on, and what the network says of it now. `label` is the one that it
 * learns, `own` the one in the data set.
 * @typedef {{
 *   image: number, pixels: Uint8Array, label: number, own: number, predicted: number, confidence: number, passes: Uint8Array,
 * }} Life
 */

/** Adds up passes, an epoch after the other. */
export class Tally {
  /** @param {number} images */
  constructor(images) {
    this.passes = new Uint16Array(images);
    this.learned = new Uint16Array(images);
    this.forgotten = new Uint16Array(images);
    this.meanLoss = new Float32Array(images);
    this.last = new Uint8Array(images);
    /** @type {number[]} */
    this.epochLoss = [];
  }

  /** @param {Uint8Array} passes of all images in one epoch @param {number} epoch counted from 1 */
  add(passes, epoch) {
    const { last, learned, forgotten, meanLoss } = this;
    let [sum, count] = [0, 0];
    for (let image = 0; image < passes.length; image += 1) {
      const pass = /** @type {number} */ (passes[image]);
      if (pass === 0) continue;
      this.passes[image] += 1;
      const loss = lossOf(pass);
      const counted = Math.max(1, Number(this.passes[image]) - 1);
      meanLoss[image] += (loss - Number(meanLoss[image])) / counted;
      sum += loss;
      count += 1;
      if (isCorrect(pass)) learned[image] ||= epoch;
      else if (isCorrect(Number(last[image]))) forgotten[image] += 1;
      last[image] = pass;
    }
    this.epochLoss.push(sum / count);
  }
}
