/**
 * The form of a spec, as src/spec.rs defines and checks it. Types only.
 *
 * @typedef {[number, number]} Pair height and width
 *
 * @typedef {(
 *   | { type: 'conv2d', filters: number, kernel_size: Pair, stride: Pair, padding: Pair }
 *   | { type: 'relu' }
 *   | { type: 'leaky_relu', slope: number }
 *   | { type: 'tanh' }
 *   | { type: 'sigmoid' }
 *   | { type: 'gelu' }
 *   | { type: 'max_pool2d', kernel_size: Pair, stride: Pair, padding: Pair }
 *   | { type: 'avg_pool2d', kernel_size: Pair, stride: Pair }
 *   | { type: 'flatten' }
 *   | { type: 'dense', units: number }
 *   | { type: 'dropout', rate: number }
 * )} LayerSpec
 *
 * @typedef {(
 *   | { type: 'zeros' }
 *   | { type: 'constant', value: number }
 *   | { type: 'normal', deviation: number }
 *   | { type: 'uniform', limit: number }
 *   | { type: 'xavier' }
 *   | { type: 'he' }
 * )} Initialization
 *
 * @typedef {(
 *   | { type: 'sgd', learning_rate: number, momentum: number, nesterov: boolean, weight_decay: number }
 *   | { type: 'adam' | 'adamw', learning_rate: number, betas: [number, number], epsilon: number, weight_decay: number }
 * )} Optimizer
 *
 * @typedef {(
 *   | { type: 'constant' }
 *   | { type: 'step', epochs: number, factor: number }
 *   | { type: 'cosine', floor: number }
 *   | { type: 'one_cycle', warmup: number }
 * )} Schedule
 *
 * @typedef {{ rotation: number, shift: number, scale: number, shear: number }} Augmentation
 *
 * Mistakes made on purpose in the backward pass, to see what they look like.
 * @typedef {{ forgotten_relu_mask: boolean, wrong_sign: boolean, gradient_to_ties: boolean }} Faults
 *
 * Which images are learnt from: the first `training_images` of the training split, a share `wrong_labels` of them
 * with a label drawn at random.
 * @typedef {{ set: DataSet, training_images: number, wrong_labels: number }} Data
 *
 * Sets that a host has, by their names, and sets of one's own, by `own-` and the SHA-256 of their contents.
 * @typedef {HostedSet | OwnName} DataSet
 * @typedef {`own-${string}`} OwnName
 * @typedef {'mnist' | 'fashion'} HostedSet
 *
 * @typedef {{
 *   batch_size: number, epochs: number, optimizer: Optimizer, schedule: Schedule, augmentation: Augmentation,
 *   faults: Faults,
 * }} Training
 *
 * @typedef {{
 *   input: [number, number, number], layers: LayerSpec[], initialization: Initialization,
 *   normalization: { mean: number, deviation: number }, data: Data, seed: number, training: Training,
 * }} Spec
 *
 * The result of a valid spec. `shape` is the layer's output: [channels, height, width], or
 * [units]. `multiply_adds` are those of one image, forward. `stages` are the layers that the engine passes as one.
 * @typedef {{ type: string, shape: number[], parameters: number, multiply_adds: number }} LayerSummary
 * @typedef {{
 *   input: [number, number, number], layers: LayerSummary[], stages: { first_layer: number, last_layer: number }[], classes: number,
 *   parameters: number, multiply_adds: number,
 * }} Summary
 */

export {};
