/** Accuracies that are drawn against a number: its values, and a measure at each of them. */

/** Pixels by which images are shifted. */
export const SHIFTS = /** @type {const} */ ([0, 1, 2, 3, 4, 5]);
export const SHIFTED = SHIFTS.map((pixels) => /** @type {const} */ (`shifted${pixels}`));

/** Grey levels by which pixels change, against the network or at random. */
export const STRENGTHS = /** @type {const} */ ([0, 8, 16, 24, 32, 48]);
export const ATTACKED = STRENGTHS.map((levels) => /** @type {const} */ (`attacked${levels}`));
export const NOISY = STRENGTHS.map((levels) => /** @type {const} */ (`noisy${levels}`));

/** Filters of the first layer, beginning with the one without which most accuracy is lost. */
export const RANKS = /** @type {const} */ ([1, 2, 3, 4, 6, 8, 12, 16]);
export const WITHOUT = RANKS.map((rank) => /** @type {const} */ (`without${rank}`));

/** Of the test images, the first are used: to change all of them would take too long. */
export const PLOTTED_IMAGES = 500;

/**
 * `lines`: what is drawn of each run, the second dashed, with the words that tell them apart.
 * @typedef {{
 *   title: string, by: string, unit: string, at: readonly number[], lines: { measures: readonly string[], words: string }[],
 * }} Plot
 */

/** @satisfies {Record<string, Plot>} */
export const PLOTS = {
  shift: {
    ...{ title: 'Accuracy on shifted images', by: 'pixels of shift', unit: '\u00a0px', at: SHIFTS },
    lines: [{ measures: SHIFTED, words: '' }],
  },
  strength: {
    ...{ title: 'Accuracy on changed images', by: 'grey levels of change', unit: '', at: STRENGTHS },
    lines: [
      { measures: ATTACKED, words: 'against the network' },
      { measures: NOISY, words: 'at random' },
    ],
  },
  rank: {
    ...{ title: 'Accuracy without one filter', by: 'rank of the filter that is off', unit: '', at: RANKS },
    lines: [{ measures: WITHOUT, words: '' }],
  },
};
