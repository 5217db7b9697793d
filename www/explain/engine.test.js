/** What the page says a number is made of, against the engine's own numbers, on random networks. */

import { beforeAll, describe, expect, test } from 'vitest';
import { Session } from '../../pkg/convscope.js';
import { loadEngine } from '../engine/testing/real-engine.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { eachOf } from './activation.js';
import { contributions, unitWeights } from './dense.js';
import { inputOf, placeOf } from './forward.js';
import { geometryOf } from './geometry.js';
import { lossOf } from './loss.js';
import { pooled } from './pool.js';
import { softmax } from './softmax.js';
import { channelSums, filterSlice, partialMap } from './window-products.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../model/spec.js').Pair} Pair */
/** @typedef {import('./geometry.js').Geometry} Geometry */

const NETWORKS = 40;
/** The engine computes with 24 bits; a sum of many terms loses a few of them. Three digits are printed. */
const CLOSE = 2e-5;

beforeAll(() => void loadEngine());

/** A little generator, so that the same networks are tested each time. @param {number} seed */
function randomOf(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** @param {number} least @param {number} most */
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    /** @template T @param {T[]} choices @returns {T} */
    one: (choices) => /** @type {T} */ (choices[Math.floor(next() * choices.length)]),
  };
}

/** @param {ReturnType<typeof randomOf>} random @returns {LayerSpec} */
function randomActivation({ one, next }) {
  return one([
    { type: 'relu' },
    { type: 'leaky_relu', slope: next() * 0.4 },
    { type: 'tanh' },
    { type: 'sigmoid' },
    { type: 'gelu' },
    { type: 'dropout', rate: 0.3 },
  ]);
}

/**
 * A window that fits maps of a size, and the size it leaves.
 * @param {ReturnType<typeof randomOf>} random
 * @param {Pair} size
 * @param {boolean} padded
 * @returns {{ kernel_size: Pair, stride: Pair, padding: Pair, left: Pair }}
 */
function randomWindow({ whole }, size, padded) {
  const kernel_size = /** @type {Pair} */ (size.map((side) => whole(1, Math.min(6, side))));
  const padding = /** @type {Pair} */ (kernel_size.map((kernel) => (padded ? whole(0, Math.floor(kernel / 2)) : 0)));
  const stride = /** @type {Pair} */ ([whole(1, 3), whole(1, 3)]);
  const left = /** @type {Pair} */ (
    size.map((side, axis) => Math.floor((side + 2 * padding[axis] - kernel_size[axis]) / stride[axis]) + 1)
  );
  return { kernel_size, stride, padding, left };
}

/** @param {ReturnType<typeof randomOf>} random @returns {LayerSpec[]} */
function randomLayers(random) {
  /** @type {LayerSpec[]} */
  const layers = [];
  /** @type {Pair} */
  let size = [28, 28];
  for (let count = random.whole(0, 5); count > 0; count--) {
    const type = random.one(['conv2d', 'conv2d', 'max_pool2d', 'avg_pool2d', 'activation']);
    if (type === 'activation') {
      layers.push(randomActivation(random));
      continue;
    }
    const { left, padding, ...window } = randomWindow(random, size, type !== 'avg_pool2d');
    if (type === 'avg_pool2d') layers.push({ type, ...window });
    else if (type === 'max_pool2d') layers.push({ type, ...window, padding });
    else layers.push({ type: 'conv2d', filters: random.whole(1, 9), ...window, padding });
    size = left;
  }
  layers.push({ type: 'flatten' });
  for (let count = random.whole(0, 2); count > 0; count--) {
    layers.push({ type: 'dense', units: random.whole(1, 40) }, randomActivation(random));
  }
  return [...layers, { type: 'dense', units: 10 }];
}

/**
 * A network with random weights and biases, and a random image in it.
 * @param {number} seed
 */
function networkOf(seed) {
  const random = randomOf(seed);
  const spec = { ...DEFAULT_PRESET.spec, seed, layers: randomLayers(random) };
  const session = new Session();
  const summary = /** @type {import('../model/spec.js').Summary} */ (session.start(spec));
  summary.layers.forEach(({ parameters }, layer) => {
    if (parameters === 0) return;
    const bias = session.parameter(`${layer}.bias`);
    session.setParameter(
      `${layer}.bias`,
      Float32Array.from(bias, () => random.next() - 0.5),
    );
  });
  const pixels = Uint8Array.from({ length: 784 }, () => (random.next() < 0.4 ? 0 : random.whole(0, 255)));
  const trace = session.trace(pixels);
  const activations = summary.layers.map((_, layer) => trace.activation(layer, 0));
  return { spec, summary, session, trace, reading: { pixels, activations }, random };
}

/** @param {number} explained @param {number | undefined} actual @param {number} size of the largest term */
function same(explained, actual, size = 1) {
  const close = CLOSE * Math.max(1, size, Math.abs(Number(actual)));
  if (!(Math.abs(explained - Number(actual)) <= close)) expect(explained).toBe(actual);
}

/**
 * @param {Geometry} geometry
 * @param {Float32Array} input
 * @param {Float32Array} output
 * @param {Session} session
 */
function checkConvolution(geometry, input, output, session) {
  const [weights, bias] = ['weight', 'bias'].map((kind) => session.parameter(`${geometry.layer}.${kind}`));
  for (let filter = 0; filter < geometry.output.channels; filter++) {
    const maps = Array.from({ length: geometry.input.channels }, (_, channel) =>
      partialMap(geometry, input, filterSlice(geometry, weights, filter, channel), channel),
    );
    const area = geometry.output.height * geometry.output.width;
    for (let index = 0; index < area; index++) {
      const sum = maps.reduce((total, map) => total + map[index], Number(bias[filter]));
      same(sum, output[filter * area + index], Math.max(...maps.map((map) => Math.abs(map[index]))));
    }
    const last = area - 1;
    const sums = channelSums(geometry, input, weights, filter, placeOf(geometry.output, last));
    sums.forEach((sum, channel) => same(sum, maps[channel]?.[last], Math.abs(sum)));
  }
}

/**
 * @param {Geometry} geometry
 * @param {Float32Array} input
 * @param {Float32Array} output
 * @param {Session} session
 */
function checkDense(geometry, input, output, session) {
  const [weights, bias] = ['weight', 'bias'].map((kind) => session.parameter(`${geometry.layer}.${kind}`));
  output.forEach((value, unit) => {
    const { largest, rest, sum } = contributions(input, unitWeights(weights, input.length, unit), 5);
    same(sum + bias[unit], value, Math.abs(largest[0]?.product ?? 0));
    same(
      largest.reduce((total, { product }) => total + product, rest),
      sum,
      Math.abs(sum),
    );
  });
}

/**
 * @param {Geometry} geometry
 * @param {Float32Array} input
 * @param {Float32Array} output
 * @param {Session} session
 */
function checkLayer(geometry, input, output, session) {
  const { spec } = geometry;
  const each = eachOf(spec);
  if (each) input.forEach((value, index) => same(each.f(value), output[index]));
  else if (spec.type === 'conv2d') checkConvolution(geometry, input, output, session);
  else if (spec.type === 'dense') checkDense(geometry, input, output, session);
  else if (spec.type === 'flatten') expect(output).toEqual(input);
  else {
    output.forEach((value, index) => {
      const { channel, ...at } = placeOf(geometry.output, index);
      const found = pooled(geometry, input, channel, at);
      if (spec.type === 'max_pool2d') expect(found.largest).toBe(value);
      else same(found.mean, value);
    });
  }
}

describe('every number of a network is what the page says it is made of', () => {
  for (let seed = 1; seed <= NETWORKS; seed++) {
    test(`network ${seed}`, () => {
      const { spec, summary, session, trace, reading, random } = networkOf(seed);
      for (let layer = 0; layer < summary.layers.length; layer++) {
        const geometry = geometryOf(spec, summary, layer);
        const input = inputOf(spec, reading, layer);
        if (!geometry || !input) throw new Error('a layer without numbers');
        checkLayer(geometry, input, reading.activations[layer], session);
      }
      const [logits, probabilities] = [trace.logits(), trace.probabilities()];
      softmax(logits).probabilities.forEach((share, digit) => same(share, probabilities[digit]));
      const label = random.whole(0, 9);
      same(Math.exp(-lossOf(logits, label)), probabilities[label]);
      trace.free();
      session.free();
    });
  }
});
