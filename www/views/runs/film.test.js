import { expect, test } from 'vitest';
import { spread } from './film.js';

const steps = Array.from({ length: 30 }, (_, at) => at);

test('spread keeps as many frames as fit, the first and the last among them', () => {
  for (let most = 2; most <= 30; most += 1) {
    const kept = spread(steps, most);
    expect(kept).toHaveLength(most);
    expect([kept[0], kept.at(-1)]).toEqual([0, 29]);
  }
  expect(spread(steps, 4)).toEqual([0, 10, 20, 29]);
});

test('spread keeps all where there is room, and two where there is hardly any', () => {
  expect(spread([1, 2, 3], 9)).toEqual([1, 2, 3]);
  expect(spread(steps, 0)).toEqual([0, 29]);
  expect([spread([], 4), spread([5], 4)]).toEqual([[], [5]]);
});
