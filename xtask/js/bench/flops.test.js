import { expect, test } from 'vitest';
import { trainingFlops } from './flops.js';

test('trainingFlops: net T takes 1.70 million operations an image, its first layer no gradient of the image', () => {
  const layers = [115_200, 0, 0, 204_800, 0, 0, 0, 2_560].map((multiply_adds) => ({ multiply_adds }));
  expect(trainingFlops(layers)).toBe(2 * (2 * 115_200 + 3 * 204_800 + 3 * 2_560));
});

test('trainingFlops is 0 for a network without a layer that learns', () => {
  expect(trainingFlops([])).toBe(0);
});
