import { describe, expect, it } from 'vitest';
import { figuresOf, isOneSided, momentsOf, reachOf, ROWS, rowsOf } from './histogram-data.js';

/** @param {number} least @param {number} most @param {number[]} counts */
const histogram = (least, most, counts, zeros = 0) => ({ least, most, counts: Uint32Array.from(counts), zeros });
const sum = (/** @type {Float32Array} */ rows) => rows.reduce((total, value) => total + value, 0);

describe('histograms on one axis', () => {
  it('keep every share, whatever their own bins are', () => {
    const rows = rowsOf(histogram(-0.3, 0.9, [1, 2, 3, 4, 5]), -1, 1);
    expect(sum(rows)).toBeCloseTo(1);
    expect(rowsOf(histogram(-1, 1, new Array(ROWS).fill(2)), -1, 1)[5]).toBeCloseTo(1 / ROWS);
  });

  it('have large values at the top', () => {
    const rows = rowsOf(histogram(0.9, 1, [7]), -1, 1);
    expect(rows[0]).toBeGreaterThan(0.2);
    expect(rows[ROWS - 1]).toBe(0);
  });

  it('leave out what is exactly 0', () => {
    const rows = rowsOf(histogram(0, 1, [70, 10, 10, 10], 60), 0, 1);
    expect(sum(rows)).toBeCloseTo(0.4);
    expect(sum(rowsOf(histogram(0, 0, [5, 0], 5), -1, 1))).toBe(0);
  });

  it('hold values that are all the same', () => {
    expect(sum(rowsOf(histogram(0.1, 0.1, [9, 0]), -1, 1))).toBeCloseTo(1);
    expect(rowsOf(histogram(0.5, 0.5, [9, 0]), -0.5, 0.5)[0]).toBe(1);
    expect(rowsOf(histogram(-0.5, -0.5, [9, 0]), -0.5, 0.5)[ROWS - 1]).toBe(1);
    expect(sum(rowsOf(histogram(0, 0, [0, 0]), -1, 1))).toBe(0);
  });
});

it('finds the moments of a layer that has such numbers', () => {
  const one = histogram(-2, 1, [1]);
  const all = [{ step: 5, images: 16, layers: [{ layer: 3, weights: null, activations: one, gradients: one }] }];
  expect(momentsOf(all, 3, 'weights')).toEqual([]);
  expect(momentsOf(all, 4, 'gradients')).toEqual([]);
  const moments = momentsOf(all, 3, 'gradients');
  expect(moments).toEqual([{ step: 5, histogram: one }]);
  expect([reachOf(moments), isOneSided(moments), reachOf([])]).toEqual([2, false, 0]);
  expect(isOneSided([{ step: 5, histogram: histogram(0, 1, [1]) }])).toBe(true);
});

it('tells mean, deviation and the share of zeros', () => {
  const figures = figuresOf(histogram(-1, 1, [10, 0, 0, 10]));
  expect(figures.mean).toBeCloseTo(0);
  expect(figures.deviation).toBeCloseTo(0.75);
  expect(figuresOf(histogram(4, 6, [10, 0, 0, 10])).deviation).toBeCloseTo(0.75);
  expect(figuresOf(histogram(0, 1, [60, 0, 0, 20], 60))).toMatchObject({ zeros: 0.75, total: 80 });
  expect(figuresOf(histogram(0, 1, [60, 0, 0, 20], 60)).mean).toBeCloseTo(0.25 * 0.875);
  expect(figuresOf(histogram(0, 0, [0])).mean).toBeNaN();
});
