import { expect, test } from 'vitest';
import { PRESETS } from '../model/presets.js';
import { readSpec, writeSpec } from './spec-text.js';
import { generator, randomSpec } from './testing/random.js';
import { Unreadable } from './unreadable.js';

const text = (/** @type {import('../model/spec.js').Spec} */ spec) =>
  writeSpec(spec)
    .map(([key, value]) => `${key}=${value}`)
    .join('&');

/** @param {string} query */
const read = (query) =>
  readSpec(new Map(query.split('&').map((pair) => /** @type {[string, string]} */ (pair.split('=')))));

test('readSpec reads every preset as it was written, and each is short', () => {
  for (const { id, spec } of PRESETS) {
    expect(readSpec(new Map(writeSpec(spec))), id).toEqual(spec);
    expect(text(spec).length, text(spec)).toBeLessThan(130);
  }
});

test('writeSpec writes text that people can read', () => {
  const codelab = PRESETS.find(({ id }) => id === 'codelab');
  expect(text(/** @type {any} */ (codelab).spec)).toMatch(/^net=c\d+k\d[^&]*,r,m2,.*,f,d10/);
  const adam = read('net=c4k3x5s2p1,l0.1,m3s2,f,d10&opt=adam:0.001::1e-7&sched=step:2:0.5&data=fashion:200&faults=:1');
  expect(adam.layers.slice(0, 3)).toEqual([
    { type: 'conv2d', filters: 4, kernel_size: [3, 5], stride: [2, 2], padding: [1, 1] },
    { type: 'leaky_relu', slope: 0.1 },
    { type: 'max_pool2d', kernel_size: [3, 3], stride: [2, 2], padding: [0, 0] },
  ]);
  expect(adam.training.optimizer).toEqual({
    ...{ type: 'adam', learning_rate: 0.001, betas: [0.9, 0.999], epsilon: 1e-7, weight_decay: 0 },
  });
  expect(adam.training.faults).toEqual({ forgotten_relu_mask: false, wrong_sign: true, gradient_to_ties: false });
  expect(adam.data).toEqual({ set: 'fashion', training_images: 200, wrong_labels: 0 });
});

test('readSpec reads random specs back bit for bit', () => {
  const random = generator(1);
  for (let i = 0; i < 1_000; i += 1) {
    const spec = randomSpec(random);
    expect(readSpec(new Map(writeSpec(spec)))).toEqual(spec);
  }
}, 20_000);

test('writeSpec fills in the defaults of missing fields, as the engine does', () => {
  const spec = /** @type {any} */ ({ layers: [{ type: 'max_pool2d', kernel_size: [2, 2] }, { type: 'flatten' }] });
  const full = { initialization: { type: 'he' }, training: { optimizer: { type: 'sgd', learning_rate: 0.5 } } };
  expect(writeSpec({ ...spec, ...full, training: { ...full.training, schedule: { type: 'constant' } } })).toEqual([
    ['net', 'm2,f'],
    ['opt', 'sgd:0.5'],
  ]);
});

test('writeSpec refuses what a link cannot carry', () => {
  const [preset] = PRESETS;
  const spec = /** @type {any} */ (preset).spec;
  expect(() => writeSpec({ ...spec, novelty: 1 })).toThrow(Unreadable);
  expect(() => writeSpec({ ...spec, layers: [{ type: 'attention' }] })).toThrow(Unreadable);
  expect(() => writeSpec({ ...spec, training: { ...spec.training, clip: 5 } })).toThrow(Unreadable);
  expect(() => writeSpec({ ...spec, normalization: { mean: NaN, deviation: 1 } })).toThrow(Unreadable);
});

test.each([
  ['seed=1', 'It has no network.'],
  ['net=z9', '“z9” in its network is not a layer.'],
  ['net=', 'It has no network.'],
  ['net=c', 'The filters is missing in “c”.'],
  ['net=c8', 'The kernel size is missing in “c8”.'],
  ['net=c8k3k3', '“c8k3k3” in its network is not a layer.'],
  ['net=r5', '“r5” in its network has too many settings.'],
  ['net=d1.5', 'The units must be a whole number; got “1.5”.'],
  ['net=d-3', 'The units must be a whole number; got “-3”.'],
  ['net=d9007199254740993', 'The units must be a whole number; got “9007199254740993”.'],
  ['net=d99999999999999999999', 'The units must be a whole number; got “99999999999999999999”.'],
  ['net=o1e999', 'The rate must be a number; got “1e999”.'],
  ['net=c8k1x2x3', 'The kernel size must be 2 numbers; got “1x2x3”.'],
  [`net=${'r,'.repeat(64)}r`, 'It has more than 64 layers.'],
  ['net=d10&opt=toString', 'It has an unknown setting, “opt=toString”.'],
  ['net=d10&opt=sgd', 'The learning rate is missing in “opt”.'],
  ['net=d10&opt=sgd:0.1:0:yes', 'The nesterov must be 0 or 1; got “yes”.'],
  ['net=d10&opt=sgd:0x10', 'The learning rate must be a number; got “0x10”.'],
  ['net=d10&opt=sgd:Infinity', 'The learning rate must be a number; got “Infinity”.'],
  ['net=d10&batch=1:2', 'It has too many settings for “batch”.'],
  ['net=d10&data=cifar', 'The set “cifar” is not known.'],
])('readSpec refuses %s with one sentence', (query, sentence) => {
  expect(() => read(query)).toThrow(new Unreadable(sentence));
});
