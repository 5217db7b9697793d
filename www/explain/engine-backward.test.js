import { beforeAll, describe, expect, test } from 'vitest';
import { sessionWithDigits } from '../engine/testing/real-engine.js';
import { number } from '../lib/format.js';
import { gradientTerms, sumOf } from './backward.js';
import { geometryOf } from './geometry.js';
import { logitGradients, lossOf, normalised } from './loss.js';
import { updateOf } from './optimizer.js';
import { imageProducts, partsOf, probeProducts, sharesOf, sizesOf, pullOf } from './weight-story.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../model/spec.js').Optimizer} Optimizer */
/** @typedef {import('../model/spec.js').Spec} Spec */

/** Digits a reader is shown. Sums are added in another order here, in 64 bits, so later digits may differ. */
const PRINTED = 3;

/** Numbers from 0 to 1 that are the same in every run. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Networks of every kind of layer, with sizes drawn by lot. @param {number} seed @returns {LayerSpec[]} */
function randomLayers(seed) {
  const random = generator(seed);
  const among = (/** @type {number[]} */ values) => Number(values[Math.floor(random() * values.length)]);
  const pair = (/** @type {number[]} */ values) => /** @type {[number, number]} */ ([among(values), among(values)]);
  const bends = /** @type {LayerSpec[]} */ ([
    ...[{ type: 'relu' }, { type: 'leaky_relu', slope: 0.1 }, { type: 'tanh' }, { type: 'sigmoid' }],
    ...[{ type: 'gelu' }, { type: 'dropout', rate: 0.4 }],
  ]);
  const bend = () => /** @type {LayerSpec} */ (bends[Math.floor(random() * bends.length)]);
  const conv = () =>
    /** @type {LayerSpec} */ ({
      ...{ type: 'conv2d', filters: among([2, 3, 5]), kernel_size: pair([1, 2, 3, 5]), stride: pair([1, 2]) },
      padding: pair([0, 1]),
    });
  return [
    ...[conv(), bend()],
    { type: 'max_pool2d', kernel_size: pair([2, 3]), stride: pair([1, 2]), padding: [0, 1] },
    ...[conv(), bend()],
    { type: 'avg_pool2d', kernel_size: [2, 2], stride: pair([1, 2]) },
    ...[{ type: /** @type {const} */ ('flatten') }, { type: /** @type {const} */ ('dense'), units: 7 }, bend()],
    { type: 'dense', units: 10 },
  ];
}

/** @type {Optimizer[]} */
const OPTIMIZERS = [
  { type: 'sgd', learning_rate: 0.05, momentum: 0, nesterov: false, weight_decay: 0 },
  { type: 'sgd', learning_rate: 0.05, momentum: 0.9, nesterov: true, weight_decay: 0.01 },
  { type: 'adam', learning_rate: 0.01, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0.02 },
  { type: 'adamw', learning_rate: 0.01, betas: [0.8, 0.99], epsilon: 1e-8, weight_decay: 0.1 },
];

/** @type {ReturnType<typeof sessionWithDigits>} */
let session;

beforeAll(() => void (session = sessionWithDigits()), 30_000);

/** Starts a network and makes a few steps. @param {number} seed @returns {{ spec: Spec, summary: import('../model/spec.js').Summary }} */
function start(seed) {
  /** @type {Spec} */
  const spec = {
    ...{ input: [1, 28, 28], layers: randomLayers(seed), initialization: { type: 'he' }, seed },
    normalization: { mean: 0.1307, deviation: 0.3081 },
    data: { set: 'mnist', training_images: 55_000, wrong_labels: 0 },
    training: {
      ...{ batch_size: 24, epochs: 1, optimizer: /** @type {Optimizer} */ (OPTIMIZERS[seed % OPTIMIZERS.length]) },
      ...{
        schedule: { type: 'cosine', floor: 0.1 },
        augmentation: { rotation: 0, shift: 0, scale: 0, shear: 0 },
        faults: { forgotten_relu_mask: false, wrong_sign: false, gradient_to_ties: false },
      },
    },
  };
  const summary = session.start(spec);
  for (let step = 0; step < 3; step++) makeStep();
  return { spec, summary };
}

function makeStep() {
  session.compute(0, session.beginStep());
  session.finishStep();
}

/** Both print the same, or differ by less than the last printed digit of the largest number there is. @param {number} actual @param {number} expected @param {number} scale */
function same(actual, expected, scale) {
  const close = Math.abs(actual - expected) <= 1e-5 * Math.max(Math.abs(expected), 1e-2 * scale);
  if (!close) expect(number(actual, PRINTED)).toBe(number(expected, PRINTED));
  expect(close || number(actual, PRINTED) === number(expected, PRINTED)).toBe(true);
}

const largest = (/** @type {Float32Array} */ values) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('network %i', (seed) => {
  test('gradientTerms: every gradient is the sum of its terms', () => {
    const { spec, summary } = start(seed);
    const pixels = session.image('test', 1);
    const trace = session.trace(pixels);
    const back = session.backward(trace, Uint8Array.of(3));
    const outputs = spec.layers.map((_, layer) => trace.activation(layer, 0));
    const gradients = spec.layers.map((_, layer) => back.at(layer + 1));
    const input = Float32Array.from(pixels, (pixel) => normalised(pixel, spec.normalization));
    same(lossOf(trace.logits(), 3), back.loss(), 1);
    const last = /** @type {Float32Array} */ (gradients.at(-1));
    logitGradients(trace.probabilities(), 3).forEach((value, digit) => same(value, Number(last[digit]), 1));
    const random = generator(seed);
    spec.layers.forEach(({ type }, layer) => {
      const geometry = /** @type {import('./geometry.js').Geometry} */ (geometryOf(spec, summary, layer));
      const weights = type === 'conv2d' || type === 'dense' ? session.parameter(`${layer}.weight`) : null;
      const inputs = /** @type {Float32Array} */ (layer === 0 ? input : outputs[layer - 1]);
      const pass = {
        ...{ geometry, inputs, weights },
        ...{
          outputs: /** @type {Float32Array} */ (outputs[layer]),
          gradients: /** @type {Float32Array} */ (gradients[layer]),
        },
      };
      const expected = back.at(layer);
      const { channels, height, width } = geometry.input;
      for (let times = 0; times < 60; times++) {
        const index = Math.floor(random() * channels * height * width);
        const at = { row: Math.floor(index / width) % height, column: index % width };
        const terms = gradientTerms(pass, Math.floor(index / (height * width)), at);
        same(sumOf(terms ?? []), Number(expected[index]), largest(expected));
      }
    });
  });

  test('the gradient of a weight is the sum of its products, and the new weight is the engine’s own', () => {
    const { spec, summary } = start(seed);
    const pixels = session.image('test', 2);
    const random = generator(seed);
    for (const layer of spec.layers.flatMap(({ type }, index) => (/conv2d|dense/.test(type) ? [index] : []))) {
      const geometry = /** @type {import('./geometry.js').Geometry} */ (geometryOf(spec, summary, layer));
      for (const kind of /** @type {const} */ (['weight', 'bias'])) {
        const trace = session.trace(pixels);
        const back = session.backward(trace, Uint8Array.of(5));
        const name = `${layer}.${kind}`;
        const expected = back.parameter(name);
        const index = Math.floor(random() * expected.length);
        const place = { layer, kind, index };
        const inputs =
          layer === 0
            ? Float32Array.from(pixels, (pixel) => normalised(pixel, spec.normalization))
            : trace.activation(layer - 1, 0);
        const map = probeProducts(geometry, place, inputs, back.at(layer + 1));
        same(map.sum, Number(expected[index]), largest(expected));
        expect(partsOf(geometry, place).filter).toBeLessThan(sizesOf(geometry)[0]);

        /** @type {import('../model/reports.js').WeightStep} */
        const weightStep = { ...session.traceWeight(name, index), place };
        expect([weightStep.pixels.length, weightStep.pixels.some((pixel) => pixel > 200)]).toEqual([24 * 784, true]);
        const shares = sharesOf(geometry, weightStep);
        expect(shares).toHaveLength(24);
        expect(imageProducts(geometry, weightStep, Number(shares[0]?.at)).sum).toBe(shares[0]?.share);
        same(pullOf(shares).sum, weightStep.gradient, Math.abs(Number(shares[0]?.share)));
        expect(updateOf(spec.training.optimizer, weightStep).after).toEqual(weightStep.after);
        makeStep();
        expect(session.parameter(name)[index]).toBe(weightStep.after.value);
        expect(session.position().step - weightStep.step).toBe(1);
      }
    }
  });
});
