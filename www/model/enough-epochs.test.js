import { expect, test } from 'vitest';
import { withEnoughEpochs } from './enough-epochs.js';
import { DEFAULT_PRESET } from './presets.js';

const SMALL = /** @type {const} */ (`own-${'0'.repeat(64)}`);

/** @param {number} images @param {number} epochs */
const spec = (images, epochs) => ({
  ...DEFAULT_PRESET.spec,
  data: { ...DEFAULT_PRESET.spec.data, training_images: images },
  training: { ...DEFAULT_PRESET.spec.training, batch_size: 32, epochs },
});

test('withEnoughEpochs lets a small set train for 400 steps, and says so', () => {
  const { spec: longer, changed } = withEnoughEpochs(spec(240, 5));
  expect(longer.training.epochs).toBe(50);
  expect(changed).toBe('An epoch is 8 steps, so it trains for 50 epochs.');
  expect(withEnoughEpochs(spec(5, 5)).spec.training.epochs).toBe(400);
});

test('withEnoughEpochs leaves a spec alone that has enough', () => {
  for (const enough of [spec(55_000, 1), spec(240, 60)]) {
    expect(withEnoughEpochs(enough)).toEqual({ spec: enough, changed: '' });
  }
});

test('withEnoughEpochs does not hand on the epochs that a smaller set asked for, but those that were chosen', () => {
  const on = (/** @type {import('./spec.js').Spec} */ { data, ...rest }) => ({
    ...rest,
    data: { ...data, set: SMALL },
  });
  const larger = (/** @type {number} */ epochs) => withEnoughEpochs(spec(9_600, epochs), on(spec(240, epochs)));
  expect(larger(50).spec.training.epochs).toBe(5);
  expect(larger(50).changed).toBe('An epoch is 300 steps, so it trains for 5 epochs.');
  expect(larger(60)).toMatchObject({ spec: { training: { epochs: 60 } }, changed: '' });
});
