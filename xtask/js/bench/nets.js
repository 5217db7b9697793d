/** What is measured: the three networks of the comparison with other trainers, and the shipped presets. */

import { PRESETS } from '../../../www/model/presets.js';

/** @typedef {import('../../../www/model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../../../www/model/spec.js').Optimizer} Optimizer */
/** @typedef {import('../../../www/model/spec.js').Spec} Spec */

/** @typedef {{ id: string, name: string, spec: Spec }} Subject */

/** @type {Optimizer} */
const MOMENTUM = { type: 'sgd', learning_rate: 0.01, momentum: 0.9, nesterov: false, weight_decay: 0 };

/** @type {Optimizer} */
const ADAM = { type: 'adam', learning_rate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0 };

const BATCHES = [32, 128];

/** More than any measurement gets through. */
const EPOCHS = 1000;

/** Net T as other trainers are timed until it has learned. */
export const LEARNER = netT(64, ADAM);

/**
 * All kinds of layers in so few numbers that a million steps take minutes. Seventeen images are two
 * blocks: one for a helper.
 */
export const TINY = spec(
  [{ type: 'conv2d', filters: 1, kernel_size: [4, 4], stride: [4, 4], padding: [0, 0] }, { type: 'relu' }, pool()],
  17,
  MOMENTUM,
);

/**
 * @param {string[]} names
 * @returns {string | null} what is wrong with them
 */
export function unknownName(names) {
  const known = [...new Set(everything().map(({ id }) => id))];
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined ? null : `There is no network "${unknown}"; there are ${known.join(', ')}.`;
}

/**
 * @param {string[]} names of networks and presets; all if there is none
 * @returns {Subject[]}
 */
export function subjects(names) {
  return everything().filter(({ id }) => names.length === 0 || names.includes(id));
}

/** @returns {Subject[]} */
function everything() {
  const nets = Object.entries({ S: netS, T: netT, M: netM }).flatMap(([id, net]) =>
    BATCHES.map((batch) => ({ id, name: `net ${id}`, spec: net(batch, MOMENTUM) })),
  );
  const presets = PRESETS.map(({ id, name, spec }) => ({ id, name, spec: endless(spec) }));
  return [...nets, ...presets];
}

/** @param {number} batch @param {Optimizer} optimizer */
function netS(batch, optimizer) {
  return spec(convolution(8, 3, 1), batch, optimizer);
}

/** @param {number} batch @param {Optimizer} optimizer */
function netT(batch, optimizer) {
  return spec([...convolution(8, 5), ...convolution(16, 5)], batch, optimizer);
}

/** @param {number} batch @param {Optimizer} optimizer */
function netM(batch, optimizer) {
  return spec([...convolution(32, 3), ...convolution(64, 3)], batch, optimizer);
}

/**
 * A convolution, a ReLU and a max pool.
 * @param {number} filters
 * @param {number} size
 * @returns {LayerSpec[]}
 */
function convolution(filters, size, padding = 0) {
  return [
    { type: 'conv2d', filters, kernel_size: [size, size], stride: [1, 1], padding: [padding, padding] },
    { type: 'relu' },
    pool(),
  ];
}

/** @returns {LayerSpec} */
function pool() {
  return { type: 'max_pool2d', kernel_size: [2, 2], stride: [2, 2], padding: [0, 0] };
}

/**
 * @param {LayerSpec[]} layers before the dense one
 * @param {number} batch_size
 * @param {Optimizer} optimizer
 * @returns {Spec}
 */
function spec(layers, batch_size, optimizer) {
  return {
    input: [1, 28, 28],
    layers: [...layers, { type: 'flatten' }, { type: 'dense', units: 10 }],
    initialization: { type: 'he' },
    normalization: { mean: 0, deviation: 1 },
    data: { set: 'mnist', training_images: 55_000, wrong_labels: 0 },
    seed: 1,
    training: {
      ...{ batch_size, epochs: EPOCHS, optimizer },
      schedule: { type: 'constant' },
      augmentation: { rotation: 0, shift: 0, scale: 0, shear: 0 },
      faults: { forgotten_relu_mask: false, wrong_sign: false, gradient_to_ties: false },
    },
  };
}

/** @param {Spec} spec @returns {Spec} */
function endless(spec) {
  return { ...spec, training: { ...spec.training, epochs: EPOCHS } };
}
