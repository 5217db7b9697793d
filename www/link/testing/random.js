/** Random experiments for tests, the same ones for the same seed. */

/** Mulberry32: small, and good enough to choose test cases. @param {number} seed @returns {() => number} from 0 to 1 */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @typedef {() => number} Random */

/** @param {Random} random @param {number} low @param {number} high */
export const whole = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** @template Item @param {Random} random @param {readonly Item[]} items @returns {Item} */
export const one = (random, items) => /** @type {Item} */ (items[whole(random, 0, items.length - 1)]);

/** Typed ones, f32 ones with all their digits, tiny and round ones. @param {Random} random @returns {number} */
const any = (random) =>
  one(random, [
    0,
    -0,
    0.1,
    1e-8,
    0.999,
    Math.fround(0.1),
    Math.fround(random()),
    random() * 10 ** whole(random, -30, 30),
  ]);

/** @param {Random} random @returns {[number, number]} */
const pair = (random) => [whole(random, 0, 9), whole(random, 0, 12)];

/** @param {Random} random @returns {any} */
function layer(random) {
  const kernel_size = pair(random);
  return one(random, [
    { type: 'conv2d', filters: whole(random, 1, 512), kernel_size, stride: pair(random), padding: pair(random) },
    { type: 'conv2d', filters: whole(random, 1, 512), kernel_size: [3, 3], stride: [1, 1], padding: [0, 0] },
    { type: 'relu' },
    { type: 'leaky_relu', slope: any(random) },
    { type: 'tanh' },
    { type: 'sigmoid' },
    { type: 'gelu' },
    { type: 'max_pool2d', kernel_size, stride: [...kernel_size], padding: [0, 0] },
    { type: 'max_pool2d', kernel_size, stride: pair(random), padding: pair(random) },
    { type: 'avg_pool2d', kernel_size, stride: pair(random) },
    { type: 'flatten' },
    { type: 'dense', units: whole(random, 1, 4096) },
    { type: 'dropout', rate: any(random) },
  ]);
}

/** @param {Random} random @returns {any} */
function optimizer(random) {
  const adam = { learning_rate: any(random), betas: [any(random), any(random)], epsilon: any(random) };
  const sgd = { learning_rate: any(random), momentum: any(random), nesterov: random() < 0.5 };
  return one(random, [
    { type: 'sgd', ...sgd, weight_decay: any(random) },
    { type: 'sgd', learning_rate: 0.01, momentum: 0.9, nesterov: false, weight_decay: 0 },
    { type: 'adam', ...adam, weight_decay: any(random) },
    { type: 'adamw', ...adam, betas: [0.9, 0.999], weight_decay: 0 },
  ]);
}

/** @param {Random} random @returns {`own-${string}`} */
const ownSet = (random) => `own-${Array.from({ length: 64 }, () => whole(random, 0, 15).toString(16)).join('')}`;

/**
 * A well-formed spec, though the engine would refuse many of them.
 * @param {Random} random
 * @returns {import('../../model/spec.js').Spec}
 */
export function randomSpec(random) {
  return {
    input: one(random, [
      [1, 28, 28],
      [3, 32, 16],
    ]),
    layers: Array.from({ length: whole(random, 1, 64) }, () => layer(random)),
    initialization: one(random, [
      { type: 'zeros' },
      { type: 'constant', value: any(random) },
      { type: 'normal', deviation: any(random) },
      { type: 'uniform', limit: any(random) },
      { type: 'xavier' },
      { type: 'he' },
    ]),
    normalization: { mean: any(random), deviation: one(random, [0.3081, any(random)]) },
    data: {
      set: one(random, ['mnist', 'fashion', ownSet(random)]),
      training_images: whole(random, 1, 100_000),
      wrong_labels: any(random),
    },
    seed: one(random, [1, whole(random, 0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER]),
    training: {
      batch_size: whole(random, 1, 4096),
      epochs: whole(random, 1, 1000),
      optimizer: optimizer(random),
      schedule: one(random, [
        { type: 'constant' },
        { type: 'step', epochs: whole(random, 1, 9), factor: any(random) },
        { type: 'cosine', floor: any(random) },
        { type: 'one_cycle', warmup: any(random) },
      ]),
      augmentation: { rotation: any(random), shift: any(random), scale: 0, shear: any(random) },
      faults: { forgotten_relu_mask: random() < 0.5, wrong_sign: random() < 0.2, gradient_to_ties: random() < 0.5 },
    },
  };
}

/** A text with a few characters changed, moved, doubled or cut out. @param {Random} random @param {string} text */
export function damaged(random, text) {
  let result = text;
  for (let times = whole(random, 1, 4); times > 0; times -= 1) {
    const at = whole(random, 0, result.length);
    const end = Math.min(result.length, at + whole(random, 0, 12));
    const odd = one(random, [
      '&',
      '=',
      ',',
      ':',
      'x',
      '%',
      '%00',
      '%ff',
      '<b>',
      '-',
      'e',
      '9'.repeat(30),
      '\u202e',
      '\ud800',
      '#',
      'NaN',
      '__proto__',
      'constructor',
    ]);
    const piece = one(random, ['', odd, result.slice(at, end), String.fromCharCode(whole(random, 32, 900))]);
    result = result.slice(0, at) + piece + result.slice(random() < 0.5 ? at : end);
  }
  return result;
}
