import { expect, test } from 'vitest';
import { isWaiting, occasionOf } from './renewal.js';

/** @param {number} step @param {number} [training] @param {'paused' | 'training'} [phase] */
const run = (step, training = 100, phase = 'paused') =>
  /** @type {Parameters<typeof occasionOf>[0]['lab']} */ ({
    ...{ phase, progress: { step }, loading: { training, done: false } },
  });

test('only missing images are waited for', () => {
  const problem = { layer: null, message: '' };
  expect(isWaiting({ ...problem, code: 'not_ready' })).toBe(true);
  expect(isWaiting({ ...problem, code: 'not_found' })).toBe(false);
  expect(isWaiting(null)).toBe(false);
});

test('a run at rest at another step is another occasion; one that trains is not', () => {
  const at = (/** @type {number} */ step) => occasionOf({ lab: run(step), waiting: false });
  expect(at(0)).not.toBe(at(50));
  expect(at(50)).toBe(at(50));
  const training = (/** @type {number} */ step) => occasionOf({ lab: run(step, 100, 'training'), waiting: false });
  expect(training(10)).toBe(training(20));
  expect(training(50)).not.toBe(at(50));
});

test('images that arrive matter only while some are missing', () => {
  const given = (/** @type {number} */ images, /** @type {boolean} */ waiting) =>
    occasionOf({ lab: run(0, images), waiting });
  expect(given(100, true)).not.toBe(given(4908, true));
  expect(given(100, false)).toBe(given(4908, false));
});
