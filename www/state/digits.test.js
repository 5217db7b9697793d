import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { Digits } from './digits.svelte.js';

/** @param {number} index */
const image = (index) => ({ index, label: index % 10, pixels: new Uint8Array(784) });
/** @param {readonly number[]} labels */
const idx = (labels) => Uint8Array.from([0, 0, 8, 1, 0, 0, 0, labels.length, ...labels]);
const noFile = async () => Response.error();
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('fetches each image once, the latest wish first', async () => {
  /** @type {number[]} */
  const asked = [];
  const digits = new Digits(async (indices) => {
    asked.push(...indices);
    return indices.map(image);
  }, noFile);
  digits.want(Array.from({ length: 100 }, (_, index) => index));
  digits.want([500, 3]);
  await settled();
  expect(asked.length).toBe(101);
  expect(new Set(asked).size).toBe(101);
  expect(asked.indexOf(500)).toBeLessThan(asked.indexOf(99));
  digits.want([500, 3]);
  await settled();
  expect(asked.length).toBe(101);
  expect(digits.image(3)?.label).toBe(3);
  expect(digits.image(4_000)).toBeNull();
});

test('asks one thing after the other', async () => {
  let asked = 0;
  const digits = new Digits(() => {
    asked += 1;
    return new Promise(() => {});
  }, noFile);
  digits.want([3]);
  digits.want([4]);
  await settled();
  expect(asked).toBe(1);
});

test('asks again for what did not come, but only when it is wanted again', async () => {
  let [fails, asked] = [true, 0];
  const digits = new Digits(async (indices) => {
    asked += 1;
    if (fails) throw new Error('the worker is gone');
    return indices.map(image);
  }, noFile);
  digits.want(Array.from({ length: 100 }, (_, index) => index));
  await settled();
  expect(asked).toBe(1);
  fails = false;
  digits.want([7]);
  await settled();
  expect(digits.image(7)?.index).toBe(7);
});

test('reads labels, packed or unpacked', async () => {
  const digits = new Digits(
    async () => [],
    async (name) => new Response(name.startsWith('train') ? gzipSync(idx([4, 5, 6])) : idx([1, 2])),
  );
  await digits.needLabels();
  expect([...(digits.labels?.validation ?? [])]).toEqual([4, 5, 6]);
  expect([...(digits.labels?.test ?? [])]).toEqual([1, 2]);
});

test('the validation images are the last 5,000 of the training file, whose labels are fetched once', async () => {
  const train = idx(Array.from({ length: 5_003 }, (_, index) => (index < 3 ? 9 : index % 3)));
  /** @type {string[]} */
  const asked = [];
  const fetchFile = async (/** @type {string} */ name) => {
    asked.push(name);
    return new Response(name.startsWith('train') ? train : idx([1]));
  };
  const digits = new Digits(async () => [], fetchFile);
  await Promise.all([digits.needLabels(), digits.needLabels()]);
  await vi.waitFor(() => expect(digits.labels?.validation).toHaveLength(5_000));
  expect([...(digits.labels?.validation ?? [])]).not.toContain(9);
  expect(asked).toHaveLength(2);
});

test('says when the labels cannot be read, and tries again when asked', async () => {
  let status = 404;
  const digits = new Digits(
    async () => [],
    async () => new Response(idx([9]), { status }),
  );
  await digits.needLabels();
  expect(digits.labelsFailed).toBe(true);
  status = 200;
  await digits.needLabels();
  expect(digits.labelsFailed).toBe(false);
  expect([...(digits.labels?.test ?? [])]).toEqual([9]);
});

test('of another data set nothing is kept, and labels that were under way are dropped', async () => {
  /** @type {((response: Response) => void)[]} */
  const waiting = [];
  const digits = new Digits(
    async (indices) => indices.map(image),
    () => new Promise((resolve) => waiting.push(resolve)),
  );
  digits.want([3]);
  await settled();
  void digits.needLabels();
  digits.clear();
  expect(digits.image(3)).toBeNull();
  waiting.forEach((resolve) => resolve(new Response(idx([1, 2, 3]))));
  await settled();
  expect(digits.labels).toBeNull();
  expect(digits.labelsFailed).toBe(false);
});
