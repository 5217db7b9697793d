import { expect, test } from 'vitest';
import { halvedAt, NAMES, robustnessChart, robustnessTable, robustnessWords, STRENGTHS } from './robustness.js';

const accuracies = {
  sign: STRENGTHS.map((strength) => Math.max(0, 0.98 - 0.98 * (strength / 32))),
  iterated: STRENGTHS.map((strength) => Math.max(0, 0.98 - 0.98 * (strength / 16))),
  noise: STRENGTHS.map(() => 0.97),
  blur: STRENGTHS.map(() => 0.96),
};
const here = { name: 'This network', images: 500, accuracies };

test('halvedAt: the strength at which half of the accuracy is lost, between two that were measured', () => {
  expect(halvedAt(accuracies.sign)).toBeCloseTo(16);
  const uneven = STRENGTHS.map((strength) => (strength === 0 ? 1 : strength === 8 ? 0.25 : 0));
  expect(halvedAt(uneven)).toBeCloseTo((8 * 0.5) / 0.75);
});

test('halvedAt: nowhere, where more than half is kept', () => {
  expect(halvedAt(accuracies.noise)).toBeNull();
});

test('robustnessChart: a line for each kind, in percent, and dashed ones for a second network', () => {
  const { lines, data } = robustnessChart([here, { ...here, name: 'Run 2' }], String);
  expect(lines.map(({ name }) => name)).toContain('Run 2: noise');
  expect(lines.map(({ dash }) => Boolean(dash))).toEqual([...Array(4).fill(false), ...Array(4).fill(true)]);
  expect(data).toHaveLength(9);
  expect(data[0]).toEqual(STRENGTHS);
  expect(data[1]?.[0]).toBeCloseTo(98);
  expect(robustnessChart([here], String).lines.map(({ name }) => name)).toEqual(Object.values(NAMES));
});

test('robustnessWords: what halves the accuracy, and what noise of the same size leaves', () => {
  expect(robustnessWords(here).replaceAll('\u00a0', ' ')).toBe(
    'This network: on 500 validation images, one step along the gradient halves the accuracy of 98.0 % at about 16 grey levels, ' +
      'many small steps at about 8 grey levels; noise of the same size leaves 97.0 % even at 128 grey levels.',
  );
  const strong = { ...here, accuracies: { ...accuracies, sign: accuracies.noise } };
  expect(robustnessWords(strong)).toContain('leaves more than half');
});

test('robustnessTable: a row for each strength, and a column for each kind and network', () => {
  const table = robustnessTable([here, here]);
  expect(table).toHaveLength(STRENGTHS.length + 1);
  expect(table.every((row) => row.length === 9)).toBe(true);
  expect(table[1]?.slice(0, 2)).toEqual([0, 0.98]);
});
