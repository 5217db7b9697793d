import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { SETTINGS, readSetting } from './settings.js';

test('PRESETS has every preset file, under the name of its file', () => {
  const files = readdirSync(new URL('./presets', import.meta.url)).map((name) => name.replace('.json', ''));
  expect(PRESETS.map(({ id }) => id).sort()).toEqual(files.sort());
});

test('DEFAULT_PRESET is the network with two convolutions', () => {
  expect(DEFAULT_PRESET.id).toBe('codelab');
  expect(DEFAULT_PRESET.spec.layers.filter(({ type }) => type === 'conv2d')).toHaveLength(2);
});

test.each(PRESETS)('$name has a sentence, ten outputs and every setting spelled out', ({ name, sentence, spec }) => {
  expect(name).not.toBe('');
  expect(sentence).toMatch(/\.$/);
  expect(spec.layers.at(-1)).toEqual({ type: 'dense', units: 10 });
  for (const setting of SETTINGS.filter(({ applies }) => applies(spec))) {
    expect(readSetting(spec, setting), setting.key).toBeDefined();
  }
});

test('one preset has no convolution', () => {
  const without = PRESETS.filter(({ spec }) => spec.layers.every(({ type }) => type !== 'conv2d'));
  expect(without.map(({ id }) => id)).toEqual(['no-convolution']);
});
