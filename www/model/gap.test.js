import { expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { Series } from './curves.js';
import { gapAt, gapSentence, hardshipsOf } from './gap.js';

/** @typedef {import('./gap.js').Gap} Gap */

/** @param {number} steps @param {(step: number) => number} accuracy */
function trained(steps, accuracy) {
  const series = new Series();
  for (let step = 1; step <= steps; step++) series.add(step, 0.1, accuracy(step));
  return series;
}

/** @param {number} step @param {number} accuracy @param {number} [epoch] @param {number} [images] */
const evaluated = (step, accuracy, epoch = 3, images = 5_000) =>
  /** @type {import('./reports.js').Evaluation} */ (
    /** @type {unknown} */ ({ step, epoch, accuracy, images, classes: 10 })
  );

const { spec: preset } = DEFAULT_PRESET;
const spec = { ...preset, training: { ...preset.training, batch_size: 50 } };

/** What the batches say. @param {ReturnType<typeof evaluated>} validation @param {Series} train */
const estimated = (validation, train) => gapAt(validation, null, train, spec);

test('gapAt is the training accuracy of the last 5,000 images less the validation accuracy', () => {
  const train = trained(400, (step) => (step <= 300 ? 0.5 : 1));
  expect(estimated(evaluated(400, 0.9), train)).toMatchObject({ training: 1, batches: 100, is: 'strong' });
  expect(estimated(evaluated(400, 0.9), train)?.gap).toBeCloseTo(0.1);
  expect(estimated(evaluated(350, 0.9), train)?.training).toBeCloseTo(0.75);
});

test('gapAt takes the accuracy on training images, where they were evaluated at the same step', () => {
  const train = trained(400, () => 1);
  const exact = gapAt(evaluated(400, 0.9), evaluated(400, 0.92, 3, 2_000), train, spec);
  expect(exact).toMatchObject({ training: 0.92, batches: null, is: 'slight' });
  expect(gapAt(evaluated(400, 0.9), evaluated(399, 0.92), train, spec)).toMatchObject({ training: 1, batches: 100 });
});

test('gapAt calls a gap none, slight or strong, and nothing that chance makes', () => {
  const at = (/** @type {number} */ validation, /** @type {number} */ training) =>
    estimated(
      evaluated(400, validation),
      trained(400, () => training),
    )?.is;
  expect(at(0.99, 0.995)).toBe('none');
  expect(at(0.995, 0.9)).toBe('none');
  expect(at(0.97, 0.99)).toBe('slight');
  expect(at(0.5, 0.515)).toBe('none');
  expect(at(0.84, 1)).toBe('strong');
});

test('gapAt finds no overfitting while every image is new', () => {
  const train = trained(400, () => 0.99);
  expect(estimated(evaluated(400, 0.9, 0), train)).toMatchObject({ isNew: true, is: 'none' });
  expect(estimated(evaluated(400, 0.9, 1), train)).toMatchObject({ isNew: true, is: 'none' });
  const few = { ...spec, data: { ...spec.data, training_images: 1_000 } };
  const exact = (/** @type {number} */ step) => gapAt(evaluated(step, 0.9, 1), evaluated(step, 0.99, 1), train, few);
  expect(exact(20)).toMatchObject({ isNew: true, is: 'none' });
  expect(exact(21)).toMatchObject({ isNew: false, is: 'strong' });
});

test('gapAt knows nothing without training steps', () => {
  expect(estimated(evaluated(400, 0.9), new Series())).toBeNull();
  expect(
    estimated(
      evaluated(0, 0.1),
      trained(10, () => 1),
    ),
  ).toBeNull();
});

test('gapSentence says how the training accuracy was measured, and what lowers it', () => {
  const train = trained(400, () => 1);
  const mean = estimated(evaluated(400, 0.9), train);
  const exact = gapAt(evaluated(400, 0.951), evaluated(400, 0.972, 3, 2_000), train, spec);
  if (!mean || !exact) throw new Error('no gap');
  const said = (/** @type {Gap} */ gap, of = spec) => gapSentence(gap, of).replaceAll('\u00a0', ' ');
  expect(said(mean)).toBe(
    '100.0 % on training images (mean of the last 100 batches), 90.0 % on validation images: a gap of 10.0 points. Strong overfitting.',
  );
  expect(said(exact)).toBe(
    '97.2 % on 2,000 training images, 95.1 % on validation images: a gap of 2.1 points. Slight overfitting.',
  );
  const keras = PRESETS.find(({ id }) => id === 'keras')?.spec ?? spec;
  expect(said(mean, keras)).toContain('measured with dropout, which lowers it.');
  expect(said(exact, keras)).not.toContain('dropout');
  const noisy = { ...keras, data: { ...keras.data, wrong_labels: 0.1 } };
  expect(hardshipsOf(noisy)).toEqual(['dropout', 'wrong labels']);
  expect(said(exact, noisy)).toContain('measured with wrong labels, which lowers it.');
});
