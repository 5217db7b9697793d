/** The direction in which the network is shown: its layers' outputs, or the gradient of the loss with respect to that. */

/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {'forward' | 'backward'} Direction */

/** @type {Direction[]} */
export const DIRECTIONS = ['forward', 'backward'];

/** Where limits of colour scales ask for a layer, the input is this one. */
export const INPUT = -1;

/**
 * All maps of a layer, or, where `layer` is null, of the input.
 * @param {Snapshot | null} snapshot
 * @param {number | null} layer
 * @param {Direction} direction
 * @returns {ArrayLike<number> | null} null while there is nothing to show
 */
export function mapsOf(snapshot, layer, direction) {
  if (direction === 'backward') {
    const backward = snapshot?.backward;
    return (layer === null ? backward?.input : backward?.activations[layer]) ?? null;
  }
  const reading = snapshot?.reading;
  return (layer === null ? reading?.pixels : reading?.activations[layer]) ?? null;
}

/**
 * The weights of a convolution's filters, or their gradients.
 * @param {Snapshot | null} snapshot
 * @param {number | null} layer
 * @param {Direction} direction
 * @returns {Float32Array | null}
 */
export function filterWeights(snapshot, layer, direction) {
  const filters = direction === 'backward' ? snapshot?.backward?.filters : snapshot?.filters;
  return filters?.find((entry) => entry.layer === layer)?.weights ?? null;
}
