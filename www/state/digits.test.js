import { expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { withSet } from '../model/data-sets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Digits } from './digits.svelte.js';

/** @typedef {{ split: string, indices: number[] }} Asked */

/** @param {number} index */
const image = (index) => ({ index, label: index % 10, pixels: new Uint8Array(784) });
const settled = () => new Promise((resolve) => setTimeout(resolve));
const labelsOf = (/** @type {Asked} */ { split }) => (split === 'test' ? Uint8Array.of(1, 2) : Uint8Array.of(3));
const imagesOf = (/** @type {Asked} */ { indices }) => indices.map(image);

/** @param {{ images?: (asked: Asked) => any, labels?: (asked: Asked) => any }} answers null is a refusal */
function digitsWith({ images = imagesOf, labels = labelsOf } = {}) {
  const ask = vi.fn(async (/** @type {string} */ name, /** @type {Asked} */ asked) => {
    const answer = await (name === 'images' ? images : labels)(asked);
    return { answer, problem: answer ? null : { code: 'not_ready', message: 'Not yet.', layer: null } };
  });
  const digits = new Digits(/** @type {any} */ (ask));
  return { digits, asked: () => ask.mock.calls.flatMap(([, { indices }]) => indices), requests: ask.mock.calls };
}

/** @param {Digits} digits @param {boolean} done */
const load = (digits, done) =>
  digits.receive({ type: 'loading', loading: { loaded: 1, total: 2, training: 1, test: 1, done } });

/** @param {Digits} digits @param {'mnist' | 'fashion'} set */
const begin = (digits, set) =>
  digits.receive({ type: 'begun', spec: withSet(DEFAULT_PRESET.spec, set), summary: SUMMARY, step: 0, left: null });

test('want fetches each image once, those wanted last first', async () => {
  const { digits, asked } = digitsWith();
  digits.want(Array.from({ length: 100 }, (_, index) => index));
  digits.want([500, 3]);
  await settled();
  expect(asked().length).toBe(101);
  expect(new Set(asked()).size).toBe(101);
  expect(asked().indexOf(500)).toBeLessThan(asked().indexOf(99));
  digits.want([500, 3]);
  await settled();
  expect(asked().length).toBe(101);
  expect(digits.image(3)?.label).toBe(3);
  expect(digits.image(4_000)).toBeNull();
});

test('want sends one request at a time', async () => {
  const { digits, requests } = digitsWith({ images: () => new Promise(() => {}) });
  digits.want([3]);
  digits.want([4]);
  await settled();
  expect(requests).toHaveLength(1);
});

test('want asks again for what did not arrive, but only when it is wanted again', async () => {
  let fails = true;
  const { digits, requests } = digitsWith({
    images(asked) {
      if (fails) throw new Error('the worker is gone');
      return imagesOf(asked);
    },
  });
  digits.want(Array.from({ length: 100 }, (_, index) => index));
  await settled();
  expect(requests).toHaveLength(1);
  fails = false;
  digits.want([7]);
  await settled();
  expect(digits.image(7)?.index).toBe(7);
});

test('needLabels asks for the labels of a split once', async () => {
  const { digits, requests } = digitsWith();
  await Promise.all([digits.needLabels('test'), digits.needLabels('test')]);
  await digits.needLabels('test');
  expect(digits.labels).toEqual({ validation: null, test: Uint8Array.of(1, 2) });
  expect(requests).toEqual([['labels', { split: 'test' }]]);
  await digits.needLabels('validation');
  expect(digits.labels.validation).toEqual(Uint8Array.of(3));
});

test.each([
  ['a refusal', () => null],
  ['a worker that is gone', () => Promise.reject(new Error('gone'))],
])('needLabels reports %s, and asks again when it is called again', async (_, fail) => {
  let fails = true;
  const { digits } = digitsWith({ labels: (asked) => (fails ? fail() : labelsOf(asked)) });
  load(digits, true);
  await digits.needLabels('test');
  expect([digits.labelsFailed, digits.labels.test]).toEqual([true, null]);
  fails = false;
  await digits.needLabels('test');
  expect([digits.labelsFailed, digits.labels.test]).toEqual([false, Uint8Array.of(1, 2)]);
});

test('needLabels waits for images that are still being loaded', async () => {
  let loaded = false;
  const { digits } = digitsWith({ labels: (asked) => (loaded ? labelsOf(asked) : null) });
  load(digits, false);
  await digits.needLabels('test');
  expect([digits.labelsFailed, digits.labels.test]).toEqual([false, null]);
  loaded = true;
  load(digits, true);
  await settled();
  expect(digits.labels.test).toEqual(Uint8Array.of(1, 2));
});

test('images and labels are kept for the same data set; another one clears them, even those still loading', async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  let waits = false;
  const wait = async () => waits && new Promise((resolve) => waiting.push(() => resolve(null)));
  const { digits } = digitsWith({
    images: (asked) => wait().then(() => imagesOf(asked)),
    labels: (asked) => wait().then(() => labelsOf(asked)),
  });
  digits.want([3]);
  await settled();
  begin(digits, 'mnist');
  expect(digits.image(3)?.label).toBe(3);
  waits = true;
  void digits.needLabels('test');
  digits.want([4]);
  await settled();
  begin(digits, 'fashion');
  expect(digits.image(3)).toBeNull();
  waiting.forEach((resolve) => resolve());
  await settled();
  expect([digits.labels.test, digits.image(4), digits.labelsFailed]).toEqual([null, null, false]);
});

test('images of the two splits are kept apart', async () => {
  const { digits, requests } = digitsWith();
  digits.want([3]);
  digits.want([3, 4], 'validation');
  await settled();
  expect(requests.map(([, asked]) => asked)).toEqual([
    { split: 'test', indices: [3] },
    { split: 'validation', indices: [3, 4] },
  ]);
  expect(digits.image(4, 'validation')?.index).toBe(4);
  expect(digits.image(4)).toBeNull();
});
