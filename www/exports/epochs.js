/** How often a run has seen its training images after a step. A batch size that is changed on the way changes that. */

/** @typedef {import('../model/training.js').Stretch} Stretch */
/** Whole epochs, and images of the one that has begun. @typedef {{ epochs: number, images: number }} Position */

/**
 * @param {number} images that the run learns from
 * @param {readonly Stretch[]} stretches in order, the first from the run's first step on
 * @param {number} earlierBatchSize of the steps before the first stretch: those of the run that it branched off
 * @returns {(step: number) => number} epochs after a step, with the part of the last one
 */
export function epochsOf(images, stretches, earlierBatchSize) {
  let position = { epochs: 0, images: 0 };
  let [after, batchSize] = [0, earlierBatchSize];
  const starts = [{ after, batchSize, position }];
  for (const stretch of stretches) {
    position = moved(position, stretch.after - after, batchSize, images);
    [after, batchSize] = [stretch.after, stretch.training.batch_size];
    starts.push({ after, batchSize, position });
  }
  return (step) => {
    const start = starts.findLast((one) => one.after < step) ?? starts[0];
    if (!start) return 0;
    const { epochs, images: seen } = moved(start.position, step - start.after, start.batchSize, images);
    return epochs + seen / images;
  };
}

/**
 * The last step of an epoch takes the images that are left.
 * @param {Position} from @param {number} steps @param {number} batchSize @param {number} images
 * @returns {Position}
 */
function moved({ epochs, images: seen }, steps, batchSize, images) {
  const left = Math.ceil((images - seen) / batchSize);
  if (steps < left) return { epochs, images: seen + steps * batchSize };
  const perEpoch = Math.ceil(images / batchSize);
  const beyond = steps - left;
  return { epochs: epochs + 1 + Math.floor(beyond / perEpoch), images: (beyond % perEpoch) * batchSize };
}
