import { expect, test } from 'vitest';
import { readEach, shipped } from './shipped.js';

const FILES = { './b.json': { default: 2 }, './z.json': { default: 3 }, './a.json': { default: 1 } };

test('shipped lists the files of the order first, then the others by name', () => {
  expect(shipped(FILES, ['z']).map(({ id, json }) => `${id}${json}`)).toEqual(['z3', 'a1', 'b2']);
});

test('readEach puts the reason in place of a file that is malformed', () => {
  const read = (/** @type {unknown} */ json) => {
    if (json === 2) throw new RangeError('Expected another number.');
    return { value: json };
  };
  const problem = 'Expected another number.';
  expect(readEach(shipped(FILES, []), read)).toEqual([
    ...[
      { id: 'a', value: 1 },
      { id: 'b', problem },
      { id: 'z', value: 3 },
    ],
  ]);
});
