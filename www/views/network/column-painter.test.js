import { expect, test } from 'vitest';
import { meanOverChannels } from './column-painter.js';

test('meanOverChannels is the mean of a filter’s own channels', () => {
  const weights = Float32Array.of(1, 2, 3, 4, 10, 20, 30, 40, 5, 6, 7, 8);
  expect([...meanOverChannels(weights, { channels: 2, height: 1, width: 2 })]).toEqual([2, 3, 20, 30, 6, 7]);
  expect([...meanOverChannels(weights, { channels: 1, height: 2, width: 2 })]).toEqual([...weights]);
});
