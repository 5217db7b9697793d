import { beforeEach, expect, test } from 'vitest';
import { MapInstrument, TopActivationsInstrument } from './surveys.js';

/** Images that each survey was begun with. @type {number[]} */
let begun;
/** Images that passed in each slice. @type {number[]} */
let chunks;
let now = 0;
let took = 0;
/** @type {any} */
let summary;
/** @type {any[]} */
let reported;
/** @type {any} */
let parts;

beforeEach(() => {
  [begun, chunks, reported, now, took] = [[], [], [], 0, 0];
  summary = {
    input: [1, 28, 28],
    layers: [
      { parameters: 0, shape: [784] },
      { parameters: 1, shape: [10] },
    ],
  };
  const session = {
    beginSurvey: (/** @type {string} */ _split, /** @type {number} */ images) => begun.push(images),
    continueSurvey: (/** @type {number} */ images) => {
      chunks.push(images);
      now += took;
      return chunks.length % 5 === 0;
    },
    finishSurvey: () => ({
      ...{ step: 4, images: 2, lastHidden: 0, count: 1, layers: [] },
      ...{ features: Float32Array.of(1, 2, 3, 4), predicted: Uint8Array.of(0, 1) },
    }),
    label: () => 0,
  };
  const emit = (/** @type {any} */ event) => reported.push(event);
  parts = { session, emit, now: () => now, summary: () => summary, block: 16 };
});

/** @param {{ slice(training: boolean): void }} instrument @param {number} count */
function slices(instrument, count) {
  for (let slice = 0; slice < count; slice += 1) instrument.slice(false);
}

test('a slice is of as many images as there is time for: a block at least, and four times the last at most', () => {
  slices(new TopActivationsInstrument(parts), 5);
  expect(chunks).toEqual([16, 64, 256, 1024, 4096]);
  [chunks, took] = [[], 6];
  slices(new TopActivationsInstrument(parts), 5);
  expect(chunks).toEqual([16, 16, 16, 16, 16]);
  [chunks, took] = [[], 1000];
  slices(new TopActivationsInstrument(parts), 5);
  expect(chunks).toEqual([16, 16, 16, 16, 16]);
});

test('the map is of a thousand digits, and of fewer where the last hidden layer is wide', () => {
  new MapInstrument(parts).slice(false);
  summary.layers[0].shape = [64, 25, 25];
  new MapInstrument(parts).slice(false);
  summary.layers[0].shape = [1e7];
  new MapInstrument(parts).slice(false);
  expect(begun).toEqual([1000, 50, 16]);
});

test('a map that is being made when the network is replaced is not reported', () => {
  const map = new MapInstrument(parts);
  slices(map, 1);
  expect(map.unfinished).toBe(true);
  slices(map, 5);
  expect(map.unfinished).toBe(true);
  map.end();
  expect(map.unfinished).toBe(false);
  while (map.unfinished || map.due(4, now)) map.slice(false);
  expect(begun).toHaveLength(2);
  expect(reported).toHaveLength(1);
});
