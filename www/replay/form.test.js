import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CHOICES } from '../link/view-text.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { LONGEST_FILE, readReplay, writeReplay } from './form.js';
import { pack, unpack } from './packed.js';

const { spec } = DEFAULT_PRESET;
const STROKE = [
  { x: 0.5, y: 0.25 },
  { x: 0.75, y: 0.5 },
];
const OUTCOME = { engine: '0.1.0', step: 200, weights: '0123456789abcdef' };
/** One of each kind. @type {import('./actions.js').Action[]} */
const ACTIONS = [
  { at: 0, do: 'restart', spec },
  { at: 10, do: 'settings', spec: { ...spec, seed: 9 } },
  { at: 20, do: 'train', to: 200, took: 3_000 },
  {
    at: 4_000,
    do: 'draw',
    strokes: [STROKE, STROKE],
    times: [
      [0, 300],
      [500, 800],
    ],
  },
  { at: 5_000, do: 'draw', strokes: [], times: [] },
  { at: 6_000, do: 'look', split: 'validation', image: 17 },
  { at: 7_000, do: 'view', choices: { ...DEFAULT_CHOICES, mainPanel: 'health', part: 'units', settings: true } },
  { at: 8_000, do: 'card', card: { lesson: 'reading', card: 3 } },
  { at: 9_000, do: 'card', card: null },
  { at: 10_000, do: 'back', run: 0, step: 100 },
  { at: 11_000, do: 'recover' },
  { at: 12_000, do: 'weight', place: { layer: 0, kind: 'bias', index: 2 }, value: -0.25 },
];

/** @param {object} change */
const changed = (change) =>
  JSON.stringify({ ...JSON.parse(writeReplay({ actions: ACTIONS, outcome: OUTCOME })), ...change });
/** @param {unknown} action */
const withSecond = (action) => changed({ actions: [{ at: 0, do: 'restart', link: 'v=1&net=f,d10' }, action] });

test('a file reads as what was written', () => {
  const { actions, outcome } = readReplay(writeReplay({ actions: ACTIONS, outcome: OUTCOME }));
  expect(outcome).toEqual(OUTCOME);
  expect(actions.filter((action) => action.do !== 'draw')).toEqual(ACTIONS.filter((action) => action.do !== 'draw'));
  const drawn = actions[3];
  if (drawn?.do !== 'draw') throw new Error('the drawing is missing');
  expect(drawn.times).toEqual([
    [0, 300],
    [500, 800],
  ]);
  expect(drawn.strokes[1]?.[1]?.x).toBeCloseTo(0.75, 3);
  expect(actions[4]).toEqual(ACTIONS[4]);
});

test('a file that is read and written again is the same', () => {
  const text = writeReplay({ actions: ACTIONS, outcome: null });
  expect(writeReplay(readReplay(text))).toBe(text);
});

test('the example in the documentation can be read', () => {
  const [, example = ''] = /```json\n([^`]+)```/.exec(readFileSync('docs/replay.md', 'utf8')) ?? [];
  expect(readReplay(example).actions.map(({ do: deed }) => deed)).toEqual(['restart', 'train', 'draw']);
});

describe('a file is refused', () => {
  test.each([
    ['{', 'cannot be read as JSON'],
    ['[]', 'the file must be an object; got a list of 0'],
    ['{}', 'is not a replay'],
    [changed({ version: 2 }), '"version" of the file must be 1'],
    [changed({ more: 1 }), 'has no field "more"'],
    [changed({ actions: [] }), 'must be a list of 1 to 2000; got a list of 0'],
    [changed({ actions: Array.from({ length: 2_001 }, () => ({})) }), 'got a list of 2001'],
    [changed({ actions: [{ at: 0, do: 'recover' }] }), 'the first action must be "restart"'],
    [changed({ outcome: { ...OUTCOME, weights: '<b>' } }), '"weights" of "outcome" of the file must be a fingerprint'],
    [withSecond({ at: -1, do: 'recover' }), '"at" of entry 2 of "actions" must be a whole number'],
    [withSecond({ at: 1, do: 'eval' }), 'must be one of restart'],
    [withSecond({ at: 1, do: 'recover', script: '' }), 'has no field "script"'],
    [withSecond({ at: 1, do: 'train', to: 1e300, took: 1 }), '"to" of entry 2 of "actions" must be a whole number'],
    [withSecond({ at: 1, do: 'settings', link: 7 }), 'must be a link without its address; got 7'],
    [withSecond({ at: 1, do: 'settings', link: 'v=1&net=<script>' }), 'in its network is not a layer'],
    [withSecond({ at: 1, do: 'view', link: 'v=1&centre=nowhere' }), 'unknown setting'],
    [withSecond({ at: 1, do: 'card', card: '../x' }), 'There is no lesson'],
    [withSecond({ at: 1, do: 'draw', strokes: 'AAA', times: [0, 1] }), 'drawing is cut off'],
    [withSecond({ at: 1, do: 'draw', strokes: 'A'.repeat(6_001), times: [0, 1] }), 'a drawing of up to 6000 letters'],
    [withSecond({ at: 1, do: 'draw', strokes: 'AAAA', times: [0] }), 'must be two for each stroke'],
    [withSecond({ at: 1, do: 'look', split: 'cellar', image: 0 }), 'must be one of training, validation, test'],
    [withSecond({ at: 1, do: 'weight', layer: 0, kind: 'weight', index: 0, value: null }), 'must be a number'],
    [' '.repeat(LONGEST_FILE + 1), 'A replay has up to 2000000 letters'],
  ])('%.80s', (text, reason) => {
    expect(() => readReplay(text)).toThrow(reason);
  });
});

describe('in a link', () => {
  test('it is packed and unpacked', async () => {
    const text = writeReplay({ actions: ACTIONS, outcome: OUTCOME });
    const packed = await pack(text);
    expect(packed).toMatch(/^#replay=[\w-]{100,1000}$/);
    expect(await unpack(packed ?? '')).toBe(text);
  });

  test('it is left out if it is too long', async () => {
    const noise = Array.from({ length: 9_000 }, (_, index) => Math.sin(index).toString(36)).join('');
    expect(await pack(noise)).toBe(null);
  });

  test('what is damaged, or grows too large, is refused', async () => {
    await expect(unpack('#replay=')).rejects.toThrow('This link is damaged');
    await expect(unpack('#replay=<b>')).rejects.toThrow('This link is damaged');
    await expect(unpack('#replay=AAAA')).rejects.toThrow('This link is damaged');
    const bomb = await pack(' '.repeat(LONGEST_FILE + 1_000));
    await expect(unpack(bomb ?? '')).rejects.toThrow('A replay has up to 2000000 letters; this link has more.');
  });
});
