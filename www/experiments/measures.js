/** What claims of experiments can be about. Each is one number, measured when a run has ended. */

/** @typedef {keyof typeof MEASURES} Measure */

/** Steps at the end over which what changes from step to step is averaged. */
export const LAST_STEPS = 50;

/** Pixels by which digits are shifted, in four directions, to see what that changes. */
export const SHIFT = 3;

/** Test digits on which a network is chosen by someone who peeks. */
export const PEEKED = 100;

/**
 * Names, and how a value is shown: a share in percent, or a number. Each has its function in engine/experiment/measures.js.
 * @satisfies {Record<string, { name: string, share: boolean }>}
 */
export const MEASURES = {
  loss: { name: `training loss, last ${LAST_STEPS} steps`, share: false },
  trainingAccuracy: { name: `training accuracy, last ${LAST_STEPS} steps`, share: true },
  validationAccuracy: { name: 'validation accuracy', share: true },
  testAccuracy: { name: 'test accuracy', share: true },
  gap: { name: 'training minus validation accuracy', share: true },
  noise: { name: 'scatter of the loss from step to step', share: false },
  diverged: { name: 'ended in a loss that is not a number', share: false },
  filterDistance: { name: 'how far apart the filters of the first layer are', share: false },
  smoothness: { name: 'likeness of neighbouring weights in the first filters', share: false },
  smoothnessGained: { name: 'likeness of neighbouring weights, gained by learning', share: false },
  shiftedAccuracy: { name: `accuracy on images shifted by ${SHIFT} pixels`, share: true },
  lostByShift: { name: `accuracy lost when images are shifted by ${SHIFT} pixels`, share: true },
  startLogits: { name: 'size of the logits before the first step', share: false },
  startGradient: { name: 'size of the gradient of the first weights before the first step', share: false },
  checkError: { name: 'disagreement of gradient and measured slope', share: true },
  multiplyAdds: { name: 'multiply-adds for one image', share: false },
  peeked: { name: `accuracy on the ${PEEKED} test images that were peeked at`, share: true },
  honest: { name: 'accuracy on the other test images', share: true },
};
