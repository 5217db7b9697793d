import { describe, expect, it } from 'vitest';
import { Smoothing } from '../../lib/curve.js';
import { Curves } from '../../model/curves.js';
import { accuracyRange, curveData, heldWithin, lossRange, valuesAt } from './curve-data.js';

const curves = new Curves();
for (let step = 1; step <= 4; step++) curves.train.add(step, 1 / step, step / 10);
curves.validation.add(2, 0.6, 0.8);
curves.validation.add(4, 0.4, 0.9);
curves.test.add(4, 0.5, 0.85);

describe('curves for a chart', () => {
  const data = curveData(curves, 'loss', new Smoothing());

  it('stand over one row of steps', () => {
    expect(data[0]).toEqual([1, 2, 3, 4]);
    expect(data.length).toBe(5);
  });

  it('tell the value at a step, or the last one before it', () => {
    const found = valuesAt(data, 2);
    expect(found?.step).toBe(3);
    expect(found?.values[2]).toBeCloseTo(0.6);
    expect(found?.values[3]).toBeNull();
    expect(valuesAt(data, 9)).toBeNull();
  });

  it('have the training curve as it is, then smoothed, and those of others smoothed', () => {
    const [, raw, smooth] = data;
    expect(raw).toEqual([1, 0.5, expect.closeTo(1 / 3), 0.25]);
    expect(Number(smooth?.[3])).toBeGreaterThan(0.5);
    const other = { curves, smoothing: new Smoothing() };
    expect(curveData(curves, 'loss', new Smoothing(), [other])[5]).toEqual(smooth);
    expect(valuesAt(data, 0)?.values[0]).toBe(1);
  });

  it('have a gap where a loss is not a number', () => {
    const broken = new Curves();
    broken.train.add(1, Number.NaN, 0.1);
    expect(curveData(broken, 'loss', new Smoothing())[1]).toEqual([null]);
  });
});

describe('the bounds of a chart', () => {
  /** @param {number[]} train @param {number[]} validation */
  const rows = (train, validation) => /** @type {import('uplot').AlignedData} */ ([[1, 2], train, train, validation]);

  it('show every evaluated accuracy when zoomed, and the end of every curve', () => {
    expect(accuracyRange(true, rows([0.1, 0.85], [0.8, 0.9]))[0]).toBeLessThan(0.8);
    expect(accuracyRange(true, rows([0.1, 0.85], [0.8, 0.9]))[0]).toBeGreaterThan(0.1);
    expect(accuracyRange(true, rows([0.1, 0.5], [0.8, 0.9]))[0]).toBeLessThan(0.5);
    expect(accuracyRange(false, rows([0.1, 0.5], [0.8, 0.9]))).toEqual([0, 1]);
    expect(accuracyRange(true, rows([], []))).toEqual([0, 1]);
  });

  it('are whole powers of ten below on a log scale, and 0 else', () => {
    expect(lossRange(true, rows([2, 0.03], []))).toEqual([0.01, 2]);
    expect(lossRange(true, rows([1e9, 0], []))).toEqual([0.1, 100]);
    expect(lossRange(false, rows([2, 0.03], []))[0]).toBe(0);
    expect(lossRange(false, rows([900, 0.03], []))).toEqual([0, expect.closeTo(3.06)]);
  });

  it('follow a loss as low as a network that knows its images by heart can make it', () => {
    expect(lossRange(true, rows([2.3, 2.7e-6], [2.2, 0.9]))).toEqual([1e-6, 2.3]);
  });

  it('hold what is beyond them at the edge, and say so unless it is the raw curve only', () => {
    const [raw, train] = [
      [1e9, 0.03],
      [900, 0.04],
    ];
    const held = heldWithin([[1, 2], raw, train, [null, 0.5]], [0.01, 100]);
    expect(held).toEqual({
      data: [
        [1, 2],
        [100, 0.03],
        [100, 0.04],
        [null, 0.5],
      ],
      beyond: true,
    });
    expect(heldWithin([[1, 2], raw, [2, 0.04]], [0.01, 100]).beyond).toBe(false);
  });
});
