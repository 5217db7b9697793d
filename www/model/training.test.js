import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from './presets.js';
import { extended, sameSteps, sameTraining, shortened, trainingOf } from './training.js';

const A = DEFAULT_PRESET.spec.training;
const B = { ...A, batch_size: 64 };
const C = { ...A, batch_size: 128 };

test('trainingOf finds what a step was made with', () => {
  const stretches = extended([{ after: 5, training: A }], 20, B);
  expect([0, 5, 6, 20, 21, Infinity].map((step) => trainingOf(stretches, step))).toEqual([A, A, A, A, B, B]);
});

test('extended begins a stretch only where the settings differ', () => {
  const first = [{ after: 0, training: A }];
  expect(extended(first, 10, { ...A })).toEqual(first);
  expect(extended(extended(first, 10, B), 20, A).map(({ after }) => after)).toEqual([0, 10, 20]);
});

test('shortened drops the stretches whose steps are undone, never the first', () => {
  const stretches = extended(extended([{ after: 0, training: A }], 10, B), 20, C);
  expect(shortened(stretches, 21)).toHaveLength(3);
  expect(shortened(stretches, 20)).toHaveLength(2);
  expect(shortened(stretches, 0)).toHaveLength(1);
});

test('sameTraining compares as the engine computes, in 32 bits', () => {
  const slower = (/** @type {number} */ rate) => ({ ...A, optimizer: { ...A.optimizer, learning_rate: rate } });
  expect(sameTraining(slower(0.0123456789), slower(Math.fround(0.0123456789)))).toBe(true);
  expect(sameTraining(slower(0.0123), slower(0.0124))).toBe(false);
});

test('sameSteps ignores the number of epochs, unless the schedule is stretched over them', () => {
  const longer = { ...A, epochs: A.epochs + 5 };
  expect(sameSteps(A, longer)).toBe(true);
  expect(sameSteps(A, B)).toBe(false);
  const schedule = /** @type {const} */ ({ type: 'cosine', floor: 0 });
  expect(sameSteps({ ...A, schedule }, { ...longer, schedule })).toBe(false);
});
