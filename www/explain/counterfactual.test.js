import { expect, test } from 'vitest';
import { SIDE } from '../lib/digit.js';
import { counterfactual } from './counterfactual.js';

const at = (/** @type {number} */ row, /** @type {number} */ column) => row * SIDE + column;

const LIMITS = { most: 30, form: { channels: 1, rows: SIDE, columns: SIDE } };

/** A stroke down the middle. */
const image = new Uint8Array(SIDE * SIDE);
for (let row = 8; row < 20; row++) image[at(row, 14)] = 255;

/**
 * A network whose score of class 0 is `lead` for the stroke, and whose score of class 1 grows by `gains` with the ink of each pixel.
 * @param {number} lead
 * @param {Record<number, number>} gains
 */
function networkOf(lead, gains) {
  const pulls = Object.entries(gains).map(([index, gain]) => /** @type {const} */ ([Number(index), gain]));
  const scoreOf = (/** @type {Uint8Array} */ pixels) =>
    pulls.reduce((sum, [index, gain]) => sum + (gain * (pixels[index] - image[index])) / 255, 0);
  return {
    logits: async (/** @type {Uint8Array[]} */ images) =>
      images.map((pixels) => Float32Array.of(lead, scoreOf(pixels), -9)),
    gradient: async (/** @type {Uint8Array} */ _pixels, /** @type {number} */ first, /** @type {number} */ second) => {
      const slopes = new Float32Array(SIDE * SIDE);
      for (const [index, gain] of pulls) slopes[index] = Number(first === 1) * gain - Number(second === 1) * gain;
      return slopes;
    },
  };
}

/** @param {Parameters<typeof networkOf>} of */
const changedBy = async (...of) => (await counterfactual(networkOf(...of), image, 1, LIMITS)).changed;

test('ink is erased and added where it turns the verdict with the fewest pixels', async () => {
  const network = networkOf(5, { [at(10, 14)]: -3, [at(11, 14)]: -1, [at(12, 15)]: 3, [at(13, 15)]: 0.5 });
  const { reached, changed, pixels, logits } = await counterfactual(network, image, 1, LIMITS);
  expect({ reached, changed }).toEqual({ reached: true, changed: [at(10, 14), at(12, 15)] });
  expect([pixels[at(10, 14)], pixels[at(12, 15)]]).toEqual([0, 255]);
  expect(logits[1]).toBe(6);
  expect(image[at(10, 14)]).toBe(255);
});

test('ink is added only beside ink', async () => {
  expect(await changedBy(5, { [at(2, 2)]: 9 })).toEqual([]);
  const path = { [at(12, 15)]: 0.1, [at(12, 16)]: 0.1, [at(12, 17)]: 9 };
  expect(await changedBy(5, path)).toEqual([at(12, 15), at(12, 16), at(12, 17)]);
});

test('a change that turns out not to be needed is undone', async () => {
  const isErased = (/** @type {Uint8Array} */ pixels, /** @type {number} */ row) => pixels[at(row, 14)] === 0;
  const network = {
    logits: async (/** @type {Uint8Array[]} */ images) =>
      images.map((pixels) => (isErased(pixels, 11) ? [0, 1] : isErased(pixels, 10) ? [3, 0] : [5, 0])),
    // The second is found only after the first.
    gradient: async (/** @type {Uint8Array} */ pixels) =>
      new Float32Array(SIDE * SIDE).with(at(isErased(pixels, 10) ? 11 : 10, 14), 1),
  };
  expect(await counterfactual(network, image, 1, LIMITS)).toMatchObject({ reached: true, changed: [at(11, 14)] });
});

test('it ends at the limit, with the verdict of what was changed by then', async () => {
  const network = networkOf(11.5, Object.fromEntries(Array.from({ length: 12 }, (_, row) => [at(8 + row, 14), -1])));
  expect(await counterfactual(network, image, 1, { ...LIMITS, most: 12 })).toMatchObject({
    reached: true,
    changed: { length: 12 },
  });
  const short = await counterfactual(network, image, 1, { ...LIMITS, most: 5 });
  expect(short).toMatchObject({ reached: false, changed: { length: 5 } });
  expect(Array.from(short.logits)).toEqual([11.5, 5, -9]);
});

test('of an image that is read so already, nothing is changed', async () => {
  expect(await counterfactual(networkOf(-1, {}), image, 1, LIMITS)).toMatchObject({ reached: true, changed: [] });
});

test('a network without finite numbers is given up at once', async () => {
  const broken = {
    logits: async (/** @type {Uint8Array[]} */ images) => images.map(() => [NaN, NaN, NaN]),
    gradient: async () => new Float32Array(SIDE * SIDE).fill(NaN),
  };
  expect(await counterfactual(broken, image, 1, LIMITS)).toMatchObject({ reached: false, changed: [] });
});

test('what the network refuses ends the search', async () => {
  const gone = { ...networkOf(5, {}), logits: () => Promise.reject(new Error('gone')) };
  await expect(counterfactual(gone, image, 1, LIMITS)).rejects.toThrow('gone');
});

test('in colour a pixel becomes black or white in all channels, wherever it is', async () => {
  const form = { channels: 3, rows: 8, columns: 12 };
  const area = 8 * 12;
  const picture = new Uint8Array(3 * area).fill(100);
  const network = {
    // What makes the first pixel bright, and the last one dark, is for class 1.
    logits: async (/** @type {Uint8Array[]} */ images) =>
      images.map((pixels) => [1.2, (Number(pixels[0]) - Number(pixels.at(-1))) / 255]),
    gradient: async () => new Float32Array(3 * area).with(0, -1).with(3 * area - 1, 1),
  };
  const { reached, changed, pixels } = await counterfactual(network, picture, 1, { most: 30, form });
  expect({ reached, changed }).toEqual({ reached: false, changed: [0, area - 1] });
  expect([0, area, 2 * area].map((channel) => pixels[channel])).toEqual([255, 255, 255]);
  expect([1, 2, 3].map((end) => pixels[end * area - 1])).toEqual([0, 0, 0]);
});
