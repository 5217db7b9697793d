import { expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { withSet } from './data-sets.js';
import { same } from '../lib/same.js';
import { generator, randomSpec } from '../link/testing/random.js';
import { confusionDifference, disagreements, layerChanges, specChanges } from './difference.js';
import { automaticName } from './naming.js';

const SPEC = DEFAULT_PRESET.spec;
/** @param {number} learning_rate @returns {import('./spec.js').Spec} */
const faster = (learning_rate) => ({
  ...SPEC,
  training: { ...SPEC.training, optimizer: { ...SPEC.training.optimizer, learning_rate } },
});
/** @type {import('./spec.js').LayerSpec} */
const CONV = { type: 'conv2d', filters: 8, kernel_size: [5, 5], stride: [1, 1], padding: [0, 0] };

test('layerChanges lists layers that were added, removed or changed', () => {
  expect(layerChanges([CONV, { type: 'relu' }], [CONV, { type: 'relu' }])).toEqual([]);
  expect(layerChanges([CONV, { type: 'relu' }], [{ ...CONV, filters: 16 }, { type: 'tanh' }])).toEqual([
    'conv 5×5, 8 filters → conv 5×5, 16 filters',
    'without ReLU',
    'with tanh',
  ]);
  expect(layerChanges([CONV, { type: 'flatten' }], [CONV, { type: 'relu' }, { type: 'flatten' }])).toEqual([
    'with ReLU',
  ]);
});

test('layerChanges names a stride that is not the default: 1 for a convolution, the window for a pool', () => {
  /** @type {Extract<import('./spec.js').LayerSpec, { type: 'max_pool2d' }>} */
  const pool = { type: 'max_pool2d', kernel_size: [3, 3], stride: [3, 3], padding: [0, 0] };
  expect(layerChanges([], [{ ...CONV, stride: [1, 2] }, pool, { ...pool, stride: [3, 2] }])).toEqual([
    'with conv 5×5, 8 filters, stride 1×2',
    'with max pool 3×3',
    'with max pool 3×3, stride 3×2',
  ]);
});

test('specChanges lists settings and data that differ one by one', () => {
  const other = {
    ...faster(0.5),
    seed: 99,
    data: { ...SPEC.data, set: /** @type {const} */ ('fashion'), training_images: 200, wrong_labels: 0.5 },
  };
  const changes = specChanges(SPEC, other);
  expect(changes.some((change) => /^Learning rate .* → 0.5$/.test(change))).toBe(true);
  expect(changes.some((change) => change.startsWith('Seed'))).toBe(true);
  expect(changes).toContain('Data MNIST → Fashion-MNIST');
  expect(changes).toContain('Wrong labels 0 → 0.5');
  expect(changes.some((change) => /images 55000 → 200$/.test(change))).toBe(true);
});

test('specChanges lists the same change of several layers once', () => {
  const linear = { ...SPEC, layers: SPEC.layers.filter(({ type }) => type !== 'relu') };
  expect(SPEC.layers.length - linear.layers.length).toBeGreaterThan(1);
  expect(specChanges(SPEC, linear)).toEqual(['without ReLU']);
});

test('automaticName does not list what a set that is not here was normalised by', () => {
  const spec = {
    ...SPEC,
    data: { ...SPEC.data, set: /** @type {const} */ (`own-${'e'.repeat(64)}`), training_images: 240 },
    normalization: { mean: 0.0423, deviation: 0.2 },
  };
  expect(automaticName(spec, { before: null, fork: null })).not.toMatch(/Pixel|images 2/);
});

test('automaticName names a run after its preset, or after what differs', () => {
  expect(automaticName(SPEC, { before: null, fork: null })).toBe(DEFAULT_PRESET.name);
  expect(automaticName(SPEC, { before: SPEC, fork: null })).toBe(`${DEFAULT_PRESET.name}, again`);
  expect(automaticName(faster(0.5), { before: SPEC, fork: null })).toMatch(/^Learning rate .* → 0.5$/);
  expect(automaticName(faster(0.5), { before: null, fork: null })).toMatch(/, Learning rate .* → 0.5$/);
  const other = PRESETS.find(({ id }) => id !== DEFAULT_PRESET.id);
  expect(automaticName(SPEC, { before: other?.spec ?? null, fork: null })).toBe(DEFAULT_PRESET.name);
  const fork = { of: 'Run 1', step: 1500, spec: SPEC };
  expect(automaticName(faster(0.5), { before: SPEC, fork })).toMatch(/^Run 1 from step 1,500, Learning rate .* → 0.5$/);
});

/** @param {number[]} predicted @returns {import('./reports.js').Evaluation} */
function evaluation(predicted) {
  const confusion = new Uint32Array(4);
  predicted.forEach((read, index) => (confusion[(index % 2) * 2 + read] += 1));
  return {
    ...{ split: 'test', step: 1, epoch: 0, images: predicted.length, loss: 1, accuracy: 1, classes: 2, confusion },
    ...{ perClass: [], macro: { precision: 1, recall: 1, f1: 1 } },
    ...{ predicted: Uint8Array.from(predicted), confidence: new Float32Array(predicted.length).fill(0.75) },
  };
}

test('confusionDifference and disagreements compare two evaluations by cell and by image', () => {
  const [a, b] = [evaluation([0, 1, 0, 1]), evaluation([0, 0, 1, 1])];
  expect([...(confusionDifference(a, b) ?? [])]).toEqual([-1, 1, 1, -1]);
  expect(disagreements(a, b)).toEqual([
    { index: 1, first: 1, second: 0, sure: [0.75, 0.75] },
    { index: 2, first: 0, second: 1, sure: [0.75, 0.75] },
  ]);
  expect(confusionDifference(a, evaluation([1]))).toBeNull();
  expect(disagreements(a, evaluation([1]))).toEqual([]);
  const sure = { ...a, confidence: new Float32Array(4).fill(0.5) };
  expect(disagreements(sure, b)[0]?.sure).toEqual([0.5, 0.75]);
});

test('specChanges lists another data set as one change, without its default normalisation', () => {
  const spec = PRESETS.find(({ id }) => id === 'lenet-5')?.spec ?? DEFAULT_PRESET.spec;
  expect(specChanges(spec, withSet(spec, 'fashion'))).toEqual(['Data MNIST → Fashion-MNIST']);
});

test('automaticName names a preset on another data set after both', () => {
  const { name, spec } = DEFAULT_PRESET;
  const clothes = withSet(spec, 'fashion');
  expect(automaticName(clothes, { before: spec, fork: null })).toBe(`${name}, Fashion-MNIST`);
  expect(automaticName(spec, { before: clothes, fork: null })).toBe(name);
});

test('automaticName also names a run without a preset, and lists up to three changes, of more the first two', () => {
  const [own, none] = [
    { ...SPEC, layers: SPEC.layers.slice(1) },
    { before: null, fork: null },
  ];
  expect(automaticName(own, none)).toBe('Custom network');
  expect(automaticName(own, { before: own, fork: null })).toBe('Custom network, again');
  const { training } = own;
  const three = { ...own, seed: 99, training: { ...training, batch_size: 7, epochs: 77 } };
  const name = automaticName(three, { before: own, fork: null });
  expect(name).toMatch(/^[^,]+ → [^,]+, [^,]+ → [^,]+, [^,]+ → [^,]+$/);
  const four = { ...three, data: { ...own.data, wrong_labels: 0.5 } };
  expect(automaticName(four, { before: own, fork: null })).toMatch(/^[^,]+ → [^,]+, [^,]+ → [^,]+ and 2 more$/);
});

test('specChanges names something for any two specs that differ', () => {
  const random = generator(4);
  const base = randomSpec(random);
  for (let round = 0; round < 300; round += 1) {
    const other = randomSpec(random);
    for (const key of /** @type {const} */ ([
      'layers',
      'initialization',
      'normalization',
      'data',
      'seed',
      'training',
    ])) {
      const changed = { ...base, [key]: other[key] };
      if (!same(base, changed))
        expect([key, specChanges(base, changed), changed[key], base[key]]).not.toEqual([
          key,
          [],
          changed[key],
          base[key],
        ]);
    }
  }
});
