import { expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { withSet } from '../model/data-sets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Digits } from './digits.svelte.js';

/** @typedef {{ split: string, indices: number[] }} Asked */

/** @param {number} index */
const image = (index) => ({ index, label: index % 10, pixels: new Uint8Array(784) });
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** @param {(asked: Asked) => any} answer */
function digitsThat(answer) {
  const ask = vi.fn(async (/** @type {string} */ name, /** @type {Asked} */ asked) => {
    expect(name).toBe('images');
    return { answer: await answer(asked), problem: null };
  });
  const digits = new Digits(/** @type {any} */ (ask));
  return { digits, asked: () => ask.mock.calls.flatMap(([, { indices }]) => indices), requests: ask.mock.calls };
}

const answered = (/** @type {Asked} */ { indices }) => indices.map(image);

/** @param {Digits} digits @param {'mnist' | 'fashion'} set */
const begin = (digits, set) =>
  digits.receive({ type: 'begun', spec: withSet(DEFAULT_PRESET.spec, set), summary: SUMMARY, step: 0 });

test('want fetches each image once, those wanted last first', async () => {
  const { digits, asked } = digitsThat(answered);
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
  const { digits, requests } = digitsThat(() => new Promise(() => {}));
  digits.want([3]);
  digits.want([4]);
  await settled();
  expect(requests).toHaveLength(1);
});

test('want asks again for what did not arrive, but only when it is wanted again', async () => {
  let fails = true;
  const { digits, requests } = digitsThat((asked) => {
    if (fails) throw new Error('the worker is gone');
    return answered(asked);
  });
  digits.want(Array.from({ length: 100 }, (_, index) => index));
  await settled();
  expect(requests).toHaveLength(1);
  fails = false;
  digits.want([7]);
  await settled();
  expect(digits.image(7)?.index).toBe(7);
});

test('needLabels fetches the labels of a split in its order, once', async () => {
  const { digits, asked, requests } = digitsThat(answered);
  await Promise.all([digits.needLabels('validation', 2_500), digits.needLabels('validation', 2_500)]);
  await vi.waitFor(() => expect(digits.labels.validation).toHaveLength(2_500));
  expect([...(digits.labels.validation ?? [])].slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  expect(digits.labels.test).toBeNull();
  expect(requests.every(([, { split }]) => split === 'validation')).toBe(true);
  await digits.needLabels('validation', 2_500);
  expect(new Set(asked()).size).toBe(asked().length);
});

test('needLabels reports labels that have not all been loaded, and tries again when asked', async () => {
  let loaded = 5;
  const { digits } = digitsThat((asked) => answered(asked).filter(({ index }) => index < loaded));
  await digits.needLabels('test', 10);
  expect([digits.labelsFailed, digits.labels.test]).toEqual([true, null]);
  loaded = 10;
  await digits.needLabels('test', 10);
  expect(digits.labelsFailed).toBe(false);
  expect(digits.labels.test).toHaveLength(10);
});

test('images and labels are kept for the same data set; another one clears them, and those still on their way', async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  let waits = false;
  const { digits } = digitsThat(async (asked) => {
    if (waits) await new Promise((resolve) => waiting.push(() => resolve(null)));
    return answered(asked);
  });
  digits.want([3]);
  await settled();
  begin(digits, 'mnist');
  expect(digits.image(3)?.label).toBe(3);
  waits = true;
  void digits.needLabels('test', 10);
  digits.want([4]);
  await settled();
  begin(digits, 'fashion');
  expect(digits.image(3)).toBeNull();
  waiting.forEach((resolve) => resolve());
  await settled();
  expect([digits.labels.test, digits.image(4), digits.labelsFailed]).toEqual([null, null, false]);
});
