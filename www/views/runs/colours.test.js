import { expect, test } from 'vitest';
import { megabytes, runColour, runDash } from './colours.js';

test('runs that follow one another differ in colour and dashes, and one of many comes round again', () => {
  const looks = Array.from({ length: 12 }, (_, index) => `${runColour(index + 1, 'light')} ${runDash(index + 1)}`);
  expect(new Set(looks).size).toBe(12);
  expect(looks[0]).toBe('#8746c4 6,3');
  expect([runColour(7, 'dark'), runDash(5)]).toEqual([runColour(1, 'dark'), runDash(1)]);
});

test('bytes are in megabytes, with a decimal where there are few', () => {
  expect([0, 1_260_000, 12_600_000].map(megabytes)).toEqual([...['0\u00a0MB', '1.3\u00a0MB', '13\u00a0MB']]);
});
