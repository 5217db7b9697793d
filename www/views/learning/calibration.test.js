import { describe, expect, it } from 'vitest';
import { BINS, calibrationOf, verdictOf } from './calibration.js';

/** @param {[confidence: number, right: boolean][]} images */
function calibrated(images) {
  const evaluation = /** @type {any} */ ({
    predicted: Uint8Array.from(images, ([, right]) => (right ? 3 : 5)),
    confidence: Float32Array.from(images, ([confidence]) => confidence),
  });
  return calibrationOf(evaluation, new Uint8Array(images.length).fill(3));
}

describe('calibration', () => {
  it('sorts images into ten bins by confidence', () => {
    const found = calibrated([
      [0.75, true],
      [0.78, false],
      [0.95, true],
      [1, true],
    ]);
    expect(found?.bins.length).toBe(BINS);
    expect(found?.bins.map(({ images }) => images)).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 0, 2]);
    expect(found?.bins[7]?.accuracy).toBe(0.5);
    expect(found?.bins[7]?.confidence).toBeCloseTo(0.765);
    expect(found?.bins[0]?.accuracy).toBeNull();
    expect(found?.bins[7]).toMatchObject({ from: 0.7, to: 0.8 });
    expect(calibrated([[0.5, true]])?.bins[4]?.images).toBe(1);
  });

  it('averages the distance between confidence and accuracy over all images', () => {
    const found = calibrated([
      [0.75, true],
      [0.75, false],
      [0.95, true],
      [0.95, true],
    ]);
    expect(found?.error).toBeCloseTo((2 * 0.25 + 2 * 0.05) / 4);
    expect(found?.accuracy).toBe(0.75);
  });

  it('tells being too sure from being too modest', () => {
    const sure = calibrated([[0.95, false]]);
    const modest = calibrated([[0.35, true]]);
    const ofThreeInFour = (/** @type {number} */ confidence) =>
      calibrated(Array.from({ length: 4 }, (_, index) => [confidence, index > 0]));
    const [exact, off] = [ofThreeInFour(0.755), ofThreeInFour(0.765)];
    expect(sure && verdictOf(sure)).toContain('overconfident');
    expect(modest && verdictOf(modest)).toContain('underconfident');
    expect(exact && verdictOf(exact)).toContain('off by 0.5 points');
    expect(off && verdictOf(off)).toContain('overconfident: on average it is off by 1.5 points');
  });

  it('takes an evaluation without single images, and NaN', () => {
    expect(calibrationOf(/** @type {any} */ ({}), [])).toBeNull();
    expect(calibrated([[NaN, true]])?.error).toBe(0);
  });
});
