/** What claims of experiments can be about. Each is one number, measured when a run has ended. */

/** @typedef {keyof typeof MEASURES} Measure */

/** Steps at the end over which what changes from step to step is averaged. */
export const LAST_STEPS = 50;

/** Pixels by which digits are shifted, in four directions, to see what that changes. */
export const SHIFT = 3;

/** Pixels by which images are shifted where accuracy is drawn against them. */
export const SHIFTS = /** @type {const} */ ([0, 1, 2, 3, 4, 5]);
/** Of the test images, the first are shifted: shifting all would take too long. */
export const SHIFTED_IMAGES = 500;
export const SHIFTED = SHIFTS.map((pixels) => /** @type {const} */ (`shifted${pixels}`));

/** Of a dot plot, in this order. @type {readonly Measure[]} */
export const DOTS = ['peeked', 'honest'];

/** Test digits on which a network is chosen by someone who peeks. */
export const PEEKED = 100;

/**
 * Names, and how a value is shown: a share in percent, or a number; a difference `of` two shares in points. Each has its function in engine/experiment/measures.js.
 * @satisfies {Record<string, { name: string, share: boolean, of?: [string, string] }>}
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
  shifted0: { name: 'accuracy on images not shifted', share: true },
  shifted1: { name: 'accuracy on images shifted by 1 pixel', share: true },
  shifted2: { name: 'accuracy on images shifted by 2 pixels', share: true },
  shifted3: { name: 'accuracy on images shifted by 3 pixels', share: true },
  shifted4: { name: 'accuracy on images shifted by 4 pixels', share: true },
  shifted5: { name: 'accuracy on images shifted by 5 pixels', share: true },
  startLogits: { name: 'size of the scores (logits) before the first step', share: false },
  startGradient: { name: 'size of the first layer’s gradient before the first step', share: false },
  checkError: { name: 'difference between gradient and measured slope', share: true },
  multiplyAdds: { name: 'multiply-adds for one image', share: false },
  peeked: { name: `accuracy on the ${PEEKED} test images used to choose`, share: true },
  honest: { name: 'accuracy on the other test images', share: true },
};
