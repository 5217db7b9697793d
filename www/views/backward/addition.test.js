import { expect, test } from 'vitest';
import { addition } from './addition.js';

test('addition shows two numbers and their sum with the same places, which add up as they are shown', () => {
  expect(addition(0.031234, -0.004121)).toEqual({ up: '+0.03123', down: '−0.00412', sum: '+0.02711' });
  expect(addition(0.0014449, -0.0034444)).toEqual({ up: '+0.001445', down: '−0.003444', sum: '−0.001999' });
  expect(addition(12345.4, -45.2)).toEqual({ up: '+12345', down: '−45', sum: '+12300' });
});

test('addition of one number, of none, and of very small ones', () => {
  expect(addition(0, -0.25)).toEqual({ up: '0', down: '−0.2500', sum: '−0.2500' });
  expect(addition(0, 0)).toEqual({ up: '0', down: '0', sum: '0' });
  expect(addition(1e-30, 0)).toEqual({ up: '0', down: '0', sum: '0' });
});
