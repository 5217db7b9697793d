import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { takenReceipt, whyNone } from './taken-receipt.js';

const spec = DEFAULT_PRESET.spec;
const data = { algorithm: /** @type {const} */ ('sha256'), hex: 'ab'.repeat(32) };
const found = { spec, step: 5, weights: '0123456789abcdef', version: '0.1.0 simd128', data, touched: [] };
const evaluations = /** @type {any} */ ({ validation: null, test: { step: 5, accuracy: 0.9 } });

test('takenReceipt is of the run that was asked for, though another has begun since', () => {
  const outcome = { steps: 5, weights: found.weights, data, engine: '0.1.0', accuracy: 0.9 };
  expect(takenReceipt(found, { madeWith: spec, evaluations })).toEqual({ spec, outcome });
  const newer = { ...spec, seed: 9 };
  expect(takenReceipt(found, { madeWith: newer, evaluations })).toEqual({
    spec,
    outcome: { ...outcome, accuracy: null },
  });
  const earlier = /** @type {any} */ ({ ...evaluations, test: { step: 4, accuracy: 0.8 } });
  expect(takenReceipt(found, { madeWith: spec, evaluations: earlier }).outcome.accuracy).toBeNull();
});

test('whyNone names what was changed by hand', () => {
  expect(whyNone(found, [])).toBe('');
  expect(whyNone({ ...found, touched: ['weights', 'settings'] }, [])).toContain('Weights were changed');
  expect(whyNone({ ...found, touched: ['file', 'weights'] }, [])).toMatch(/^This run began with the weights of a file/);
  expect(whyNone({ ...found, touched: ['taught', 'settings'] }, [])).toContain('taught examples of your own');
  const settings = { ...found, touched: /** @type {'settings'[]} */ (['settings']) };
  expect(whyNone(settings, [])).toContain('in the middle of the run, so it has no receipt');
  const marks = [
    { step: 3, label: 'Epochs 1 → 2' },
    { step: 4, label: 'Momentum 0 → 0.9' },
  ];
  expect(whyNone(settings, marks)).toContain('(step 4: Momentum 0 → 0.9)');
  expect(whyNone(settings, marks.toReversed())).toContain('(step 4: Momentum 0 → 0.9)');
});
