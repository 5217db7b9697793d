import { expect, test } from 'vitest';
import { counterfactual } from './counterfactual.js';

const SIDE = 28;
const at = (/** @type {number} */ row, /** @type {number} */ column) => row * SIDE + column;

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
    logits: (/** @type {Uint8Array} */ pixels) => Float32Array.of(lead, scoreOf(pixels), -9),
    gradient: (/** @type {Uint8Array} */ _pixels, /** @type {number} */ first, /** @type {number} */ second) => {
      const slopes = new Float32Array(SIDE * SIDE);
      for (const [index, gain] of pulls) slopes[index] = Number(first === 1) * gain - Number(second === 1) * gain;
      return slopes;
    },
  };
}

/** @param {Parameters<typeof counterfactual>} of */
function run(...of) {
  const search = counterfactual(...of);
  for (let asked = 0; ; asked++) {
    const { done, value } = search.next();
    if (done) return { ...value, asked };
  }
}

test('ink is erased and added where it turns the verdict with the fewest pixels', () => {
  const network = networkOf(5, { [at(10, 14)]: -3, [at(11, 14)]: -1, [at(12, 15)]: 3, [at(13, 15)]: 0.5 });
  const { reached, changed, pixels, logits } = run(network, image, 1, 30);
  expect({ reached, changed }).toEqual({ reached: true, changed: [at(10, 14), at(12, 15)] });
  expect([pixels[at(10, 14)], pixels[at(12, 15)]]).toEqual([0, 255]);
  expect(logits[1]).toBe(6);
  expect(image[at(10, 14)]).toBe(255);
});

test('ink is added only beside ink', () => {
  const far = { [at(2, 2)]: 9 };
  expect(run(networkOf(5, far), image, 1, 30)).toMatchObject({ reached: false, changed: [] });
  const path = { [at(12, 15)]: 0.1, [at(12, 16)]: 0.1, [at(12, 17)]: 9 };
  expect(run(networkOf(5, path), image, 1, 30).changed).toEqual([at(12, 15), at(12, 16), at(12, 17)]);
});

test('a change that turns out not to be needed is undone', () => {
  // Whichever is made last does it alone.
  const { logits, gradient } = networkOf(5, { [at(10, 14)]: -2, [at(11, 14)]: -1 });
  const turned = (/** @type {Uint8Array} */ pixels) => pixels[at(11, 14)] === 0;
  const network = {
    logits: (/** @type {Uint8Array} */ pixels) => (turned(pixels) ? Float32Array.of(0, 1, -9) : logits(pixels)),
    gradient,
  };
  const slow = { ...network, gradient: () => new Float32Array(SIDE * SIDE).fill(0).with(at(10, 14), 2) };
  expect(run(slow, image, 1, 30)).toMatchObject({ reached: false, changed: [at(10, 14)] });
  const both = { ...slow, gradient: (/** @type {Uint8Array} */ pixels) => gradient(pixels, 0, 1) };
  expect(run(both, image, 1, 30)).toMatchObject({ reached: true, changed: [at(11, 14)] });
});

test('it ends at the limit, with the verdict of what was changed by then', () => {
  const gains = Object.fromEntries(Array.from({ length: 12 }, (_, row) => [at(8 + row, 14), -1]));
  expect(run(networkOf(11.5, gains), image, 1, 12)).toMatchObject({ reached: true, changed: { length: 12 } });
  const short = run(networkOf(11.5, gains), image, 1, 5);
  expect(short).toMatchObject({ reached: false, changed: { length: 5 } });
  expect([...short.logits]).toEqual([11.5, 5, -9]);
});

test('of an image that is read so already, nothing is changed', () => {
  expect(run(networkOf(-1, {}), image, 1, 30)).toMatchObject({ reached: true, changed: [], asked: 0 });
});

test('a network without finite numbers is not asked for ever', () => {
  const broken = { logits: () => new Float32Array(3).fill(NaN), gradient: () => new Float32Array(784).fill(NaN) };
  expect(run(broken, image, 1, 30)).toMatchObject({ reached: false, changed: [] });
});
