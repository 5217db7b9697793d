import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { epochsOf } from './epochs.js';

/** @param {number} after @param {number} batch_size */
const stretch = (after, batch_size) => ({ after, training: { ...DEFAULT_PRESET.spec.training, batch_size } });

describe('epochsOf', () => {
  it('counts parts of an epoch, whose last step takes the images that are left', () => {
    const at = epochsOf(10, [stretch(0, 4)], 4);
    expect([0, 1, 2, 3, 4, 6, 7].map(at)).toEqual([0, 0.4, 0.8, 1, 1.4, 2, 2.4]);
  });

  it('goes on from where a changed batch size found the epoch', () => {
    const at = epochsOf(10, [stretch(0, 4), stretch(1, 2)], 4);
    expect([1, 2, 3, 4, 5].map(at)).toEqual([0.4, 0.6, 0.8, 1, 1.2]);
  });

  it('counts the steps of the run that it branched off', () => {
    expect(epochsOf(10, [stretch(5, 10)], 2)(6)).toBe(2);
  });

  it('counts billions of steps at once', () => {
    expect(epochsOf(60_000, [stretch(0, 60_000)], 1)(4e9)).toBe(4e9);
  });
});
