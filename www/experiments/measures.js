/** What claims of experiments can be about. Each is one number, measured when a run has ended. */

import { ATTACKED, NOISY, RANKS, SHIFTED, SHIFTS, STRENGTHS, WITHOUT } from './plots.js';

/** @typedef {keyof typeof MEASURES} Measure */

/** Steps at the end over which what changes from step to step is averaged. */
export const LAST_STEPS = 50;

/** Pixels by which digits are shifted, in four directions, to see what that changes. */
export const SHIFT = 3;

/** Of a dot plot, in this order. @type {readonly Measure[]} */
export const DOTS = ['peeked', 'honest'];

/** Test digits on which a network is chosen by someone who peeks. */
export const PEEKED = 100;

/**
 * Shares of which each is measured at a value.
 * @template {string} Name
 * @param {readonly Name[]} names
 * @param {readonly number[]} values
 * @param {(value: number) => string} words
 */
const shares = (names, values, words) =>
  /** @type {Record<Name, { name: string, share: true }>} */ (
    Object.fromEntries(names.map((name, at) => [name, { name: words(Number(values[at])), share: true }]))
  );

/**
 * Names, and how a value is shown: a share in percent, or a number; a difference of shares in points, where they are measures those it is `of`. Each has its function in engine/experiment/measures.js.
 * @satisfies {Record<string, { name: string, share: boolean, of?: [string, string], isDifference?: true }>}
 */
export const MEASURES = {
  loss: { name: `training loss, last ${LAST_STEPS} steps`, share: false },
  trainingAccuracy: { name: `training accuracy, last ${LAST_STEPS} steps`, share: true },
  validationAccuracy: { name: 'validation accuracy', share: true },
  testAccuracy: { name: 'test accuracy', share: true },
  gap: { name: 'training minus validation accuracy', share: true, of: ['trainingAccuracy', 'validationAccuracy'] },
  noise: { name: 'noise of the loss from step to step', share: false },
  diverged: { name: 'diverged: the loss is no longer a number', share: false },
  filterDistance: { name: 'distance between the filters of the first layer', share: false },
  smoothness: { name: 'similarity of neighbouring weights in the first layer', share: false },
  smoothnessGained: { name: 'similarity of neighbouring weights, gained by training', share: false },
  shiftedAccuracy: { name: `accuracy on images shifted by ${SHIFT} pixels`, share: true },
  lostByShift: {
    name: `accuracy lost by a shift of ${SHIFT} pixels`,
    share: true,
    of: ['shifted0', 'shiftedAccuracy'],
  },
  ...shares(SHIFTED, SHIFTS, (pixels) => `accuracy on images shifted by ${pixels} pixels`),
  ...shares(ATTACKED, STRENGTHS, (levels) =>
    levels === 0
      ? 'accuracy on unchanged images'
      : `accuracy after a change of ${levels} grey levels against the network`,
  ),
  ...shares(NOISY, STRENGTHS, (levels) =>
    levels === 0 ? 'accuracy without noise' : `accuracy with random noise of ${levels} grey levels`,
  ),
  ...shares(WITHOUT, RANKS, (rank) => `accuracy without the filter of rank ${rank}`),
  lostWithoutFirst: { name: 'accuracy lost without the filter that matters most', share: true, isDifference: true },
  lostWithoutMiddle: {
    name: 'accuracy lost without the filter in the middle of the ranking',
    share: true,
    isDifference: true,
  },
  dreamLikeness: { name: 'correlation of each dream with the mean digit of its class', share: false },
  dreamExcess: { name: 'score of a dream, less the best score of a real digit of its class', share: false },
  startLogits: { name: 'size of the scores (logits) before the first step', share: false },
  startGradient: { name: 'size of the first layer’s gradient before the first step', share: false },
  checkError: { name: 'difference between gradient and measured slope', share: true },
  multiplyAdds: { name: 'multiply-adds for one image', share: false },
  peeked: { name: `accuracy on the ${PEEKED} test images used to choose`, share: true },
  honest: { name: 'accuracy on the other test images', share: true },
};
