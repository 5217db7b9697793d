import { expect, test } from 'vitest';
import { digitFromStrokes } from '../lib/digit.js';
import { examplesAsJson, examplesFromJson, MOST_EXAMPLES } from './examples.js';
import { idxImages, idxLabels } from './idx.js';

const strokes = [
  [
    { x: 0.25, y: 0.125 },
    { x: 0.5, y: 0.875 },
  ],
];
const pixels = /** @type {Uint8Array} */ (digitFromStrokes(strokes));
const drawn = { id: 'a', set: /** @type {const} */ ('mnist'), label: 1, strokes, pixels };
const picture = { ...drawn, id: 'b', label: 7, strokes: [] };

let ids = 0;
const newId = () => String((ids += 1));
const read = (/** @type {unknown} */ file) => examplesFromJson(JSON.stringify(file), 'mnist', newId);
const file = (/** @type {unknown[]} */ examples, more = {}) => ({
  ...{ kind: 'convscope examples', version: 1, set: 'mnist', examples },
  ...more,
});

test('examples survive their file, drawn or not, under new names', () => {
  const found = examplesFromJson(examplesAsJson([drawn, picture], 'mnist'), 'mnist', newId);
  expect(found).toEqual([
    { ...drawn, id: expect.any(String) },
    { ...picture, id: expect.any(String) },
  ]);
  expect(new Set(found.map(({ id }) => id)).size).toBe(2);
});

test('a file that is something else is refused in a sentence that says what', () => {
  expect(() => examplesFromJson('{"kind": "conv', 'mnist', newId)).toThrow('Expected JSON; the file is cut off');
  expect(() => read([])).toThrow('Expected an object as the file');
  expect(() => read({ ...file([]), version: 2 })).toThrow('got another file');
  expect(() => read(file([], { set: 'fashion' }))).toThrow('for the data set fashion');
  expect(() => read(file(Array.from({ length: MOST_EXAMPLES + 1 })))).toThrow(`up to ${MOST_EXAMPLES}`);
  const long = Array.from({ length: 20_002 }, () => 0.5);
  for (const [item, sentence] of /** @type {[unknown, string][]} */ ([
    [null, 'Expected an object as Example 1'],
    [{ label: 10, strokes: [[0, 0]] }, 'Example 1: expected a label from 0 to 9; got 10.'],
    [{ label: 'x' }, 'got x'],
    [{ label: 1 }, 'Example 1: expected strokes, or 784 pixels'],
    [{ label: 1, pixels: [1, 2] }, '784 pixels'],
    [{ label: 1, pixels: Array.from({ length: 784 }, () => 256) }, '784 pixels'],
    [{ label: 1, strokes: 'x' }, 'list of up to 100 strokes'],
    [{ label: 1, strokes: [[0.1]] }, 'x and y of its points'],
    [{ label: 1, strokes: [[0.1, 1e9]] }, 'x and y of its points'],
    [{ label: 1, strokes: [[0.1, null]] }, 'x and y of its points'],
    [{ label: 1, strokes: [long] }, 'x and y of its points'],
  ])) {
    expect(() => read(file([item]))).toThrow(sentence);
  }
});

test('IDX files have the headers of MNIST’s', () => {
  const images = idxImages([drawn, picture], { rows: 28, columns: 28 });
  expect([...images.subarray(0, 16)]).toEqual([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28]);
  expect(images.subarray(16 + 784)).toEqual(pixels);
  expect([...idxLabels([drawn, picture])]).toEqual([0, 0, 8, 1, 0, 0, 0, 2, 1, 7]);
});
