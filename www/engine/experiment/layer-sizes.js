/** How large the numbers are that a network passes on and back, layer by layer: what a start does to a network. */

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * Root mean squares over some test images: of what each layer puts out, and of the gradient of an image's loss with
 * respect to that. The gradient of the loss with respect to the first weights is that of the mean loss.
 * @typedef {{ activations: number[], gradients: number[], firstWeights: number }} LayerSizes
 */

/** As many as can be looked at together. */
const IMAGES = 16;

/** @param {Session} session @param {Summary} summary @returns {LayerSizes} */
export function layerSizes(session, { layers }) {
  const labels = session.probeTest(0, IMAGES);
  const activations = layers.map((_, layer) =>
    rootMeanSquare(Array.from({ length: IMAGES }, (_, image) => session.activationOf(layer, image))),
  );
  session.lookBack(labels);
  // The mean loss shares itself out among the images.
  const gradients = layers.map((_, layer) => IMAGES * rootMeanSquare([session.gradientAt(layer + 1)]));
  const first = layers.findIndex(({ parameters }) => parameters > 0);
  const firstWeights = first < 0 ? NaN : rootMeanSquare([session.parameterGradient(`${first}.weight`)]);
  return { activations, gradients, firstWeights };
}

/** @param {readonly ArrayLike<number>[]} parts */
export function rootMeanSquare(parts) {
  let [sum, count] = [0, 0];
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) sum += Number(part[index]) ** 2;
    count += part.length;
  }
  return Math.sqrt(sum / Math.max(count, 1));
}
