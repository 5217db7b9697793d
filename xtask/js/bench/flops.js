/**
 * The useful arithmetic of training on one image, counted densely: two operations for each multiply-add,
 * forward, for the gradient of all weights, and for the gradient of the input of each layer except the
 * first that learns. What an engine skips because it is zero is counted too.
 * @param {{ multiply_adds: number }[]} layers multiply-adds forward
 */
export function trainingFlops(layers) {
  const learning = layers.map((layer) => layer.multiply_adds).filter((count) => count > 0);
  const forward = learning.reduce((sum, count) => sum + count, 0);
  return 2 * (3 * forward - (learning[0] ?? 0));
}
