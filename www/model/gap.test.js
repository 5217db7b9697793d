import { expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { Series } from './curves.js';
import { gapAt, gapSentence, hardshipsOf } from './gap.js';

/** @param {number} steps @param {(step: number) => number} accuracy */
function trained(steps, accuracy) {
  const series = new Series();
  for (let step = 1; step <= steps; step++) series.add(step, 0.1, accuracy(step));
  return series;
}

/** @param {number} step @param {number} accuracy @param {number} [epoch] */
const evaluated = (step, accuracy, epoch = 3) =>
  /** @type {import('./reports.js').Evaluation} */ (
    /** @type {unknown} */ ({ split: 'validation', step, epoch, accuracy, images: 5_000 })
  );

test('gapAt is the training accuracy of the last 5,000 images less the validation accuracy', () => {
  const train = trained(400, (step) => (step <= 300 ? 0.5 : 1));
  expect(gapAt(evaluated(400, 0.9), train, 50)).toMatchObject({ training: 1, steps: 100, is: 'strong' });
  expect(gapAt(evaluated(400, 0.9), train, 50)?.gap).toBeCloseTo(0.1);
  expect(gapAt(evaluated(350, 0.9), train, 50)?.training).toBeCloseTo(0.75);
});

test('gapAt calls a gap none, slight or strong, and nothing that chance makes', () => {
  const at = (/** @type {number} */ validation, /** @type {number} */ training) =>
    gapAt(
      evaluated(400, validation),
      trained(400, () => training),
      50,
    )?.is;
  expect(at(0.99, 0.995)).toBe('none');
  expect(at(0.995, 0.9)).toBe('none');
  expect(at(0.97, 0.99)).toBe('slight');
  expect(at(0.5, 0.515)).toBe('none');
  expect(at(0.84, 1)).toBe('strong');
});

test('gapAt finds no overfitting while every image is new', () => {
  const train = trained(400, () => 0.99);
  expect(gapAt(evaluated(400, 0.9, 0), train, 50)).toMatchObject({ isNew: true, is: 'none' });
  expect(gapAt(evaluated(400, 0.9, 1), train, 50)).toMatchObject({ isNew: true, is: 'none' });
});

test('gapAt knows nothing without training steps', () => {
  expect(gapAt(evaluated(400, 0.9), new Series(), 50)).toBeNull();
  expect(
    gapAt(
      evaluated(0, 0.1),
      trained(10, () => 1),
      50,
    ),
  ).toBeNull();
});

test('gapSentence says how the training accuracy was measured', () => {
  const found = gapAt(
    evaluated(400, 0.9),
    trained(400, () => 1),
    50,
  );
  const keras = PRESETS.find(({ id }) => id === 'keras')?.spec;
  expect(found && gapSentence(found, DEFAULT_PRESET.spec).replaceAll('\u00a0', ' ')).toBe(
    'Training 100.0 % (mean of the last 100 batches), validation 90.0 %. Strong overfitting.',
  );
  expect(found && keras && gapSentence(found, keras)).toContain('measured with dropout, which lowers it.');
  expect(keras && hardshipsOf({ ...keras, data: { ...keras.data, wrong_labels: 0.1 } })).toEqual([
    'dropout',
    'wrong labels',
  ]);
});
