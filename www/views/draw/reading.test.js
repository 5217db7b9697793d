import { describe, expect, it, test } from 'vitest';
import { isAnswered, verdict, rivalsOf, sameImage } from './reading.js';

const probabilities = new Float32Array(10).fill(0.02);
probabilities[3] = 0.82;
const pixels = new Uint8Array(784);
const prediction = { probabilities, pixels, drawnAt: 1 };

describe('what the network says', () => {
  it('is the most probable digit of a drawing', () => {
    const said = verdict({ probe: { kind: 'drawing', pixels }, prediction, snapshot: null });
    expect(said).toMatchObject({ digit: 3, label: null });
    expect(said?.share).toBeCloseTo(0.82);
  });

  it('is nothing for an empty canvas, even if an old answer is still there', () => {
    expect(verdict({ probe: { kind: 'drawing', pixels: null }, prediction, snapshot: null })).toBeNull();
  });

  it('follows the training while the drawing stays the same', () => {
    const later = new Float32Array(10).fill(0.01);
    later[8] = 0.91;
    const probe = /** @type {const} */ ({ kind: 'drawing', pixels });
    const reading = { probe, label: null, pixels, probabilities: later, logits: later, activations: [] };
    const snapshot = { step: 9, reading, filters: [], parameters: [], backward: null };
    expect(verdict({ probe, prediction, snapshot })).toMatchObject({ digit: 8 });
    const other = { kind: /** @type {const} */ ('drawing'), pixels: new Uint8Array(784).fill(1) };
    expect(verdict({ probe: other, prediction, snapshot })).toMatchObject({ digit: 3 });
  });

  it('is nothing until the test digit asked for has been read', () => {
    const reading = {
      probe: /** @type {const} */ ({ kind: 'test', index: 4 }),
      label: 3,
      pixels,
      probabilities,
      logits: probabilities,
      activations: [],
    };
    const snapshot = { step: 0, reading, filters: [], parameters: [], backward: null };
    expect(verdict({ probe: { kind: 'test', index: 5 }, prediction: null, snapshot })).toBeNull();
    expect(verdict({ probe: { kind: 'validation', index: 4 }, prediction: null, snapshot })).toBeNull();
    expect(verdict({ probe: { kind: 'test', index: 4 }, prediction: null, snapshot })).toMatchObject({
      digit: 3,
      label: 3,
    });
  });
});

describe('whether it says so of the image as it is now', () => {
  const drawn = /** @type {const} */ ({ kind: 'drawing', pixels });

  it('does when the answer is of the same pixels, or there is nothing to read', () => {
    expect(isAnswered({ probe: drawn, prediction, snapshot: null })).toBe(true);
    expect(isAnswered({ probe: { kind: 'drawing', pixels: null }, prediction: null, snapshot: null })).toBe(true);
  });

  it('does not while a stroke is ahead of its answer, or a test digit has not been read', () => {
    const further = { kind: /** @type {const} */ ('drawing'), pixels: new Uint8Array(784).fill(1) };
    expect(isAnswered({ probe: further, prediction, snapshot: null })).toBe(false);
    expect(isAnswered({ probe: drawn, prediction: null, snapshot: null })).toBe(false);
    expect(isAnswered({ probe: { kind: 'test', index: 4 }, prediction, snapshot: null })).toBe(false);
  });
});

test('rivalsOf compares what is read with the label, or else with what is second most likely', () => {
  const probabilities = Float32Array.of(0.1, 0.6, 0.3);
  expect(rivalsOf(probabilities, 0)).toEqual({ first: 1, second: 0 });
  expect(rivalsOf(probabilities, 1)).toEqual({ first: 1, second: 2 });
  expect(rivalsOf(probabilities, null)).toEqual({ first: 1, second: 2 });
  expect(rivalsOf(Float32Array.of(NaN, NaN), null)).toEqual({ first: 0, second: 1 });
});

test('sameImage compares pixels, and nothing is like what is not there', () => {
  const image = { pixels: Uint8Array.of(1, 2) };
  expect(sameImage(image, { pixels: Uint8Array.of(1, 2) })).toBe(true);
  expect(sameImage(image, { pixels: Uint8Array.of(1, 3) })).toBe(false);
  expect(sameImage(image, null)).toBe(false);
});
