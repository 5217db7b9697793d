import { expect, test } from 'vitest';
import { answersTo, asks, dreamsOf } from './asked.js';

/** A job that takes a few calls. @param {object} result */
function job(result) {
  let done = 0;
  return { advance: () => ({ done: ++done, of: 3 }), result: () => (done >= 3 ? result : null), free() {} };
}

/** Two classes of four pixels: the first is bright on the left, the second on the right. */
const IMAGES = [Uint8Array.of(200, 0, 200, 0), Uint8Array.of(0, 200, 0, 200)];
const session = /** @type {any} */ ({
  imagesReady: () => Uint32Array.of(0, 4),
  image: (/** @type {string} */ _, /** @type {number} */ index) => IMAGES[index % 2],
  label: (/** @type {string} */ _, /** @type {number} */ index) => index % 2,
});
const summary = /** @type {any} */ ({ classes: 2, layers: [{ parameters: 0 }, { parameters: 9 }, { parameters: 5 }] });

/** @param {object} answers */
const asked = (answers) => ({ session, summary, inquiry: /** @type {any} */ ({ useImages() {}, ...answers }) });

test('asks is true of measures that a network is asked for, and of the picture of dreams', () => {
  expect(asks(/** @type {any} */ ({ measures: ['loss'], picture: 'curves' }))).toBe(false);
  expect(asks(/** @type {any} */ ({ measures: ['loss', 'noisy8'], picture: 'curves' }))).toBe(true);
  expect(asks(/** @type {any} */ ({ measures: ['loss'], picture: 'dreams' }))).toBe(true);
});

test('answersTo tells the accuracies under attack from those under noise, strength by strength', () => {
  const correct = Uint32Array.of(10, 9, 8, 7, 6, 5, 10, 10, 10, 10, 10, 4);
  const values = answersTo(asked({ robustness: () => job({ correct, images: 10 }) }), ['attacked8']);
  expect(values).toMatchObject({ attacked0: 1, attacked8: 0.9, attacked48: 0.5, noisy0: 1, noisy48: 0.4 });
});

test('answersTo ranks filters by what is lost without them, in the first layer that has weights', () => {
  /** @type {number[]} */
  const layers = [];
  const channelCosts = (/** @type {number} */ layer) => {
    layers.push(layer);
    return job({ correct: 90, images: 100, correctWithout: Uint32Array.of(90, 40, 80) });
  };
  const values = answersTo(asked({ channelCosts }), ['without1']);
  expect(layers).toEqual([1]);
  expect(values).toMatchObject({ without1: 0.4, without2: 0.8, without3: 0.9, without4: NaN });
  expect([values.lostWithoutFirst, values.lostWithoutMiddle]).toEqual([expect.closeTo(0.5), expect.closeTo(0.1)]);
});

test('answersTo compares dreams with the mean image of their class, and with the best score of one', () => {
  // One dream is the mean of its class but for its contrast, the other its opposite.
  const pixels = Uint8Array.of(100, 0, 100, 0, 100, 0, 100, 0);
  const logits = Float32Array.of(3, 0, 0, 1, 2, 0, 0, 5);
  const dream = () => job({ pixels, values: Float32Array.of(4, 6) });
  const values = answersTo(asked({ dream, read: () => ({ logits }) }), ['dreamLikeness']);
  expect(values).toEqual({ dreamLikeness: expect.closeTo(0), dreamExcess: expect.closeTo((4 - 3 + (6 - 5)) / 2) });
});

test('dreamsOf asks for a dream of each class in the last layer', () => {
  /** @type {unknown[]} */
  let args = [];
  const dream = (/** @type {unknown[]} */ ...given) => {
    args = given;
    return job({ pixels: Uint8Array.of(1) });
  };
  expect(dreamsOf(asked({ dream })).pixels).toEqual(Uint8Array.of(1));
  expect(args.slice(0, 2)).toEqual([2, Uint32Array.of(0, 1)]);
});
