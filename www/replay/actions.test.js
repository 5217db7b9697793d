import { describe, expect, test } from 'vitest';
import { DEFAULT_CHOICES } from '../link/view-text.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { endOf, withAction } from './actions.js';
import { wordsOf } from './words.js';

/** @typedef {import('./actions.js').Action} Action */

const { spec } = DEFAULT_PRESET;
/** @type {Action} */
const START = { at: 0, do: 'restart', spec };
/** @param {number} at @param {number} batch_size @returns {Action} */
const batch = (at, batch_size) => ({
  at,
  do: 'settings',
  spec: { ...spec, training: { ...spec.training, batch_size } },
});
/** @param {number} at @param {number} index @param {number} value @returns {Action} */
const weight = (at, index, value) => ({ at, do: 'weight', place: { layer: 0, kind: 'weight', index }, value });

/** @param {Action[]} actions */
const all = (actions) => actions.reduce((/** @type {Action[]} */ before, action) => withAction(before, action), []);

describe('repeated moves are one action', () => {
  test('of the same setting, which began with the first and ends with the last', () => {
    expect(all([START, batch(1, 16), batch(2, 32), batch(3, 64)])).toEqual([START, batch(1, 64)]);
  });

  test('but not of two settings, nor with something in between', () => {
    /** @type {Action} */
    const seed = { at: 2, do: 'settings', spec: { .../** @type {any} */ (batch(1, 16)).spec, seed: 5 } };
    expect(all([START, batch(1, 16), seed])).toHaveLength(3);
    expect(all([START, batch(1, 16), { at: 2, do: 'train', to: 5, took: 9 }, batch(30, 32)])).toHaveLength(4);
  });

  test('of a weight, but not of two', () => {
    expect(all([START, weight(1, 0, 1), weight(2, 0, 2), weight(3, 1, 3)])).toEqual([
      START,
      weight(1, 0, 2),
      weight(3, 1, 3),
    ]);
  });

  test('of images that are skipped, but not of those that are looked at', () => {
    /** @param {number} at @param {number} image @returns {Action} */
    const look = (at, image) => ({ at, do: 'look', split: 'test', image });
    expect(all([START, look(100, 1), look(200, 2), look(5_000, 3)])).toEqual([START, look(100, 2), look(5_000, 3)]);
  });
});

test('an action ends with its training or its last stroke', () => {
  expect(endOf({ at: 5, do: 'train', to: 1, took: 10 })).toBe(15);
  expect(
    endOf({
      at: 5,
      do: 'draw',
      strokes: [],
      times: [
        [0, 4],
        [6, 9],
      ],
    }),
  ).toBe(14);
  expect(endOf(START)).toBe(0);
});

test('each action has its words', () => {
  /** @type {Action[]} */
  const actions = [
    START,
    batch(1, 64),
    { at: 2, do: 'train', to: 1_200, took: 1 },
    { at: 3, do: 'view', choices: DEFAULT_CHOICES },
    weight(4, 0, 1),
    { at: 5, do: 'settings', spec: { ...spec, layers: [] } },
    { at: 6, do: 'restart', spec: { ...spec, layers: [] } },
    { at: 7, do: 'settings', spec },
  ];
  expect(actions.map((_, index) => wordsOf(actions, index))).toEqual([
    'starts Two convolutions on MNIST',
    `sets Batch size ${spec.training.batch_size} → 64`,
    'trains to step 1,200',
    'changes the view',
    'sets a weight of layer 1',
    `sets Batch size 64 → ${spec.training.batch_size}`,
    'starts over',
    'edits the layers',
  ]);
  expect(wordsOf(actions, 99)).toBe('');
});
