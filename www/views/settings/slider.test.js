import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../model/settings.js';
import { fromSlider, neighbour, SLIDER_STEPS, slides, toSlider } from './slider.js';

const rate = { min: 1e-5, max: 10, step: 1e-5, scale: /** @type {const} */ ('log') };
const decay = { min: 0, max: 1, step: 1e-5, scale: /** @type {const} */ ('log') };

describe('a slider', () => {
  it('moves by factors on a log scale', () => {
    expect(toSlider(rate, 0.01)).toBe(SLIDER_STEPS / 2);
    expect(fromSlider(rate, SLIDER_STEPS / 2)).toBe(0.01);
  });

  it('has 0 at its left end where 0 is allowed', () => {
    expect(fromSlider(decay, 0)).toBe(0);
    expect(toSlider(decay, 0)).toBe(0);
    expect(fromSlider(decay, 1)).toBeGreaterThan(0);
    expect(toSlider(decay, 1e-9)).toBe(1);
  });

  it('moves evenly on a linear scale, wherever that begins', () => {
    expect(toSlider({ min: 10, max: 30, step: 1, scale: 'linear' }, 20)).toBe(SLIDER_STEPS / 2);
    // 57 · 0.01 is 0.5700000000000001.
    expect(fromSlider({ min: 0, max: 1, step: 0.01, scale: 'linear' }, 0.57 * SLIDER_STEPS)).toBe(0.57);
  });

  it('begins five powers of ten below the end, with round numbers', () => {
    expect(fromSlider(decay, 1)).toBe(1.1e-5);
    expect(fromSlider(rate, 1)).toBe(1e-5);
  });

  it('is for settings that have no more values than can be told apart', () => {
    expect([slides({ ...rate, max: 4_096 }), slides({ ...rate, max: 2 ** 53 })]).toEqual([true, false]);
  });

  it('never leaves the range of a setting, and reaches both ends', () => {
    for (const setting of SETTINGS) {
      if (setting.kind !== 'number' || !slides(setting)) continue;
      expect(fromSlider(setting, 0)).toBe(setting.min);
      expect(fromSlider(setting, SLIDER_STEPS)).toBe(setting.max);
      for (let place = 0; place <= SLIDER_STEPS; place += 7) {
        const value = fromSlider(setting, place);
        expect(value).toBeGreaterThanOrEqual(setting.min);
        expect(value).toBeLessThanOrEqual(setting.max);
      }
    }
  });

  it('has a neighbour in the field beside it: one step on, or the next place on a log scale', () => {
    expect([neighbour(rate, 0.02, 1), neighbour(rate, 0.02, -1)]).toEqual([0.021, 0.019]);
    expect([neighbour(decay, 0, 1), neighbour(decay, 0, -1), neighbour(decay, 1, 1)]).toEqual([1.1e-5, 0, 1]);
    expect(neighbour({ min: 0, max: 1, step: 0.01, scale: 'linear' }, 0.1, 1)).toBe(0.11);
    expect(neighbour({ min: 1, max: 1000, step: 1, scale: 'log' }, 5, -1)).toBe(4);
  });

  it('has neighbours that lead through the range of every setting, and never past it', () => {
    for (const setting of SETTINGS) {
      if (setting.kind !== 'number' || setting.step === 1) continue;
      expect(neighbour(setting, setting.min, 1), setting.key).toBeGreaterThan(setting.min);
      expect(neighbour(setting, setting.max, -1), setting.key).toBeLessThan(setting.max);
      if (setting.scale === 'log') expect(neighbour(setting, setting.max, 1), setting.key).toBe(setting.max);
    }
  });

  it('gives whole numbers where only those are allowed', () => {
    const batch = { min: 1, max: 4096, step: 1, scale: /** @type {const} */ ('log') };
    for (let place = 0; place <= SLIDER_STEPS; place += 3)
      expect(Number.isInteger(fromSlider(batch, place))).toBe(true);
  });
});
