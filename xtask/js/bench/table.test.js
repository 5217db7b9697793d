import { expect, test } from 'vitest';
import { table } from './table.js';

test('table makes every column as wide as its widest cell', () => {
  const rows = [
    { name: 'net S', speed: 12_345 },
    { name: 'the largest', speed: 7 },
  ];
  expect(
    table(rows, [
      ['name', ({ name }) => name],
      ['speed', ({ speed }) => String(speed)],
    ]),
  ).toBe('name         speed\nnet S        12345\nthe largest      7');
});
