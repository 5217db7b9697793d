/** What the page says made the difference of two scores, against the engine's own scores, whatever a network ends in. */

import { beforeAll, expect, test } from 'vitest';
import { Session } from '../../pkg/convscope.js';
import { contrastOf } from '../engine/run/contrast.js';
import { withTrace } from '../engine/trace.js';
import { loadEngine } from '../engine/testing/real-engine.js';
import { SETS } from '../model/data-sets.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { accountOf, total } from './contrast.js';
import { counterfactual } from './counterfactual.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/** The engine computes with 24 bits; a sum of many terms loses a few of them. */
const CLOSE = 2e-5;
const MOST = 4;

const conv = (/** @type {number} */ filters, stride = 3) =>
  /** @type {LayerSpec} */ ({
    ...{ type: 'conv2d', filters, kernel_size: [5, 5], stride: [stride, stride], padding: [1, 1] },
  });
/** The two convolutions before it leave 8 × 8. @param {'max_pool2d' | 'avg_pool2d'} type @returns {LayerSpec} */
const wholeMap = (type) =>
  type === 'max_pool2d'
    ? { type, kernel_size: [8, 8], stride: [1, 1], padding: [0, 0] }
    : { type, kernel_size: [8, 8], stride: [1, 1] };
/** @type {LayerSpec} */
const flatten = { type: 'flatten' };
/** @param {number} units @returns {LayerSpec} */
const dense = (units) => ({ type: 'dense', units });

/** @type {Record<string, LayerSpec[]>} */
const NETWORKS = {
  'a flattened map': [conv(6), { type: 'relu' }, flatten, dense(10)],
  'a hidden dense layer': [conv(3), { type: 'gelu' }, flatten, dense(20), { type: 'tanh' }, dense(10)],
  'dropout before the last layer': [
    conv(3),
    flatten,
    dense(12),
    { type: 'relu' },
    { type: 'dropout', rate: 0.5 },
    dense(10),
  ],
  'the pixels alone': [flatten, dense(10)],
  'maps averaged': [conv(4, 1), { type: 'gelu' }, conv(10), wholeMap('avg_pool2d'), flatten],
  'the largest of each map': [conv(4, 1), { type: 'relu' }, conv(10), wholeMap('max_pool2d'), flatten],
  ReLU: [conv(3), flatten, dense(10), { type: 'relu' }],
  'leaky ReLU': [conv(3), flatten, dense(10), { type: 'leaky_relu', slope: 0.2 }, { type: 'dropout', rate: 0.2 }],
  'no weights at all': [{ type: 'avg_pool2d', kernel_size: [14, 5], stride: [14, 5] }, flatten],
};
const BENT = /** @type {const} */ (['tanh', 'sigmoid', 'gelu']);

beforeAll(() => void loadEngine());

/** Numbers from −0.5 to 0.5 that are the same in every run. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

/** @param {LayerSpec[]} layers @param {number} seed */
function contrastIn(layers, seed) {
  const random = generator(seed);
  const spec = { ...DEFAULT_PRESET.spec, seed, layers };
  const session = new Session();
  const summary = session.start(spec);
  summary.layers.forEach((/** @type {{ parameters: number }} */ { parameters }, /** @type {number} */ layer) => {
    if (parameters === 0) return;
    session.setParameter(`${layer}.bias`, session.parameter(`${layer}.bias`).map(random));
  });
  const pixels = Uint8Array.from({ length: 784 }, () => Math.max(0, 511 * random()));
  const contrast = contrastOf(session, spec, { pixels, first: seed % 10, second: (3 * seed + 1) % 10 });
  const before = session.fingerprint();
  const trace = session.trace(pixels);
  const logits = trace.logits();
  trace.free();
  expect(session.fingerprint()).toBe(before);
  session.free();
  return { contrast, logits, account: accountOf(spec, summary, contrast, MOST) };
}

/** @param {number} actual @param {number} expected @param {number} size of the terms */
const same = (actual, expected, size) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(CLOSE * Math.max(1, size));

for (const [name, layers] of Object.entries(NETWORKS)) {
  test(`the terms sum to the difference of the scores: ${name}`, () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { contrast, logits, account } = contrastIn(layers, seed);
      if (!account) throw new Error('no account');
      const { forFirst, forSecond, rest, bias, bend, sum, difference, products } = account;
      expect(difference).toBe(Number(logits[contrast.first]) - Number(logits[contrast.second]));
      expect(bend).toBe(0);
      const size = products.reduce((total, product) => total + Math.abs(product), 0);
      same(sum, difference, size);
      same(total(forFirst) + total(forSecond) + rest + bias, sum, size);
    }
  });
}

for (const type of BENT) {
  test(`the terms sum to the difference of the scores after ${type}, with what it bends`, () => {
    const { account, logits, contrast } = contrastIn([conv(3), flatten, dense(10), { type }], 2);
    expect(account?.bend).not.toBe(0);
    expect(account?.sum).toBeCloseTo(Number(logits[contrast.first]) - Number(logits[contrast.second]), 5);
  });
}

test('the slopes of a dense layer are the differences of its weights', () => {
  const spec = { ...DEFAULT_PRESET.spec, layers: /** @type {LayerSpec[]} */ ([flatten, dense(10)]) };
  const session = new Session();
  session.start(spec);
  const { slopes } = contrastOf(session, spec, { pixels: new Uint8Array(784), first: 9, second: 4 });
  const weights = session.parameter('1.weight');
  slopes.forEach((slope, index) => expect(slope).toBeCloseTo(weights[9 * 784 + index] - weights[4 * 784 + index], 6));
  session.free();
});

test('what is said to turn the verdict turns it, and the same is found each time', async () => {
  const spec = { ...DEFAULT_PRESET.spec, seed: 4 };
  const session = new Session();
  session.start(spec);
  const logitsOf = (/** @type {Uint8Array} */ pixels) => withTrace(session, pixels, (trace) => trace.logits());
  const network = {
    logits: async (/** @type {Uint8Array[]} */ images) => images.map(logitsOf),
    gradient: async (/** @type {Uint8Array} */ pixels, /** @type {number} */ first, /** @type {number} */ second) =>
      contrastOf(session, spec, { pixels, first, second }).gradient,
  };
  const image = new Uint8Array(784);
  for (let row = 6; row < 22; row++) image.fill(255, row * 28 + 13, row * 28 + 16);
  const ranked = (/** @type {Uint8Array} */ pixels) =>
    Array.from(logitsOf(pixels), (logit, label) => ({ logit, label })).sort((a, b) => b.logit - a.logit);
  const target = Number(ranked(image)[1]?.label);
  const found = await counterfactual(network, image, target, { most: 30, form: SETS.mnist.form });
  expect(found.reached).toBe(true);
  expect(found.logits).toEqual(logitsOf(found.pixels));
  expect(ranked(found.pixels)[0]?.label).toBe(target);
  expect(found.changed).toEqual([...image.keys()].filter((index) => image[index] !== found.pixels[index]));
  expect(await counterfactual(network, image, target, { most: 30, form: SETS.mnist.form })).toEqual(found);
  session.free();
});
