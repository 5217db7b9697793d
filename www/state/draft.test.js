import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { needsRestart } from './draft.js';

test('needsRestart: a spec that has been restored has its fields in another order, and is the same', () => {
  const { seed, data, ...rest } = DEFAULT_PRESET.spec;
  const [draft, spec] = [
    { ...rest, seed, data },
    { data, seed, ...rest },
  ];
  expect(needsRestart({ draft, spec })).toBe(false);
  expect(needsRestart({ draft, spec: { ...spec, seed: seed + 1 } })).toBe(true);
});
