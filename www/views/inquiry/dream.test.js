import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { SUMMARY } from '../../runs/testing/summary.js';
import {
  channelName,
  layersOf,
  meanOf,
  PAGE,
  pageOf,
  presetOf,
  PRESETS,
  reachWords,
  searchWords,
  SLIDERS,
} from './dream.js';

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));
const maps = /** @type {const} */ ({
  layer: 1,
  name: '2. ReLU',
  word: 'channel',
  isLast: false,
  hasMaps: true,
  count: 8,
});
const classes = { ...maps, word: 'class', isLast: true, hasMaps: false, count: 10 };

test('presetOf knows the presets by their settings, and none by others', () => {
  expect(presetOf(PRESETS.readable)).toBe('readable');
  expect(presetOf({ ...PRESETS.raw })).toBe('raw');
  expect(presetOf({ ...PRESETS.raw, jitter: 2 })).toBe('');
});

test('SLIDERS reach every value of the presets', () => {
  for (const settings of Object.values(PRESETS)) {
    for (const { key, min, max, step } of SLIDERS) {
      const steps = (settings[key] - min) / step;
      expect(settings[key], key).toBeGreaterThanOrEqual(min);
      expect(settings[key], key).toBeLessThanOrEqual(max);
      expect(Math.abs(steps - Math.round(steps)), key).toBeLessThan(1e-9);
    }
  }
});

test('pageOf has the channel among those that are shown with it, and none that does not exist', () => {
  expect(pageOf(3, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(pageOf(PAGE, PAGE + 2)).toEqual([PAGE, PAGE + 1]);
  expect(pageOf(700, 10)).toEqual([]);
});

test('layersOf names each layer and what its channels are; those of the last are the classes', () => {
  const layers = layersOf(DEFAULT_PRESET.spec, SUMMARY);
  expect(layers).toHaveLength(SUMMARY.layers.length);
  expect(layers.at(-1)).toMatchObject({ word: 'class', isLast: true, hasMaps: false, count: 10 });
  expect(layers.at(-1)?.name).toContain('the classes');
  expect(layers[0]).toMatchObject({ layer: 0, word: 'channel', isLast: false, hasMaps: true });
});

test('channelName counts channels from 1, and names classes', () => {
  expect(channelName(maps, 0, DIGITS)).toBe('channel 1');
  expect(channelName(classes, 0, DIGITS)).toBe('class 0');
});

test('reachWords compares with the strongest real image once it is known, and only if that means something', () => {
  expect(reachWords(classes, 24, null, 'digit')).toBe('Its score is 24.');
  expect(reachWords(classes, 24, 16, 'digit')).toBe(
    'Its score is 24; the strongest of these test digits reaches 16. That is 1.5 times as much.',
  );
  expect(reachWords(classes, 16, 16, 'digit')).not.toContain('times');
  expect(reachWords(classes, 3, -2, 'digit')).not.toContain('times');
  expect(reachWords(classes, 0, 16, 'digit')).toContain('Its score is 0');
  expect(reachWords(maps, 0, null, 'digit')).toContain('no slope to climb');
  expect(reachWords(maps, 1.25, 0.5, 'image')).toContain(
    'The mean of its map is 1.25; the largest mean among these test images is 0.5.',
  );
  expect(reachWords(maps, 1.25, -0.25, 'image')).toContain('is −0.25, for most of each map is below 0.');
});

test('searchWords says what the images are ranked by, and whether all have been searched', () => {
  const classes = { item: 'digit', sizes: { test: 10_000 } };
  expect(searchWords(maps, { images: 10_000, whole: true, step: 120 }, classes)).toBe(
    'Below each: the largest value in its map, at step 120; all 10,000 test digits searched.',
  );
  expect(searchWords(maps, { images: 2000, whole: false, step: 0 }, classes)).toContain(
    'still searching: 2,000 of 10,000 test digits.',
  );
});

test('meanOf is the mean of one map among all of a layer', () => {
  expect(meanOf(Float32Array.of(9, 9, 1, 3, 9, 9), 1, 3)).toBe(2);
  expect(meanOf(Float32Array.of(4, 5, 6), 2, 3)).toBe(6);
});
