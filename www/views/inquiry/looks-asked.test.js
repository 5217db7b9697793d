import { expect, test } from 'vitest';
import { LooksAsked } from './looks-asked.svelte.js';

/** Two pixels in three channels. */
const FORM = { channels: 3, rows: 1, columns: 2 };
const PIXELS = Uint8Array.of(1, 2, 3, 4, 5, 6);
/** @type {import('../../model/spec.js').LayerSpec[]} */
const LAYERS = [{ type: 'conv2d', filters: 1, kernel_size: [1, 1], stride: [1, 1], padding: [0, 0] }];
/** @type {import('./looks-asked.svelte.js').Settings} */
const SETTINGS = { occlusion: { size: 2, stride: 1 }, activation: 0, points: 8, empty: 'mean', fill: 33 };

const ANSWERS = {
  inputGradient: { map: Float32Array.of(1, 2, 10, 20, 100, 200) },
  occlusion: { map: Float32Array.of(0.5, -0.5), score: 0.9 },
  classActivation: { map: Float32Array.of(3, 4), rows: 1, columns: 2, weights: Float32Array.of(1) },
  integrated: { map: Float32Array.of(1, 0, 1, 0, 1, 0), sum: 3, difference: 3 },
};

/** A store that answers when it is told to. */
function asking() {
  /** @type {{ name: string, ask: any, onProgress: (progress: any) => void, resolve: (reply: any) => void }[]} */
  const open = [];
  const ask = (/** @type {string} */ name, /** @type {any} */ ask, /** @type {any} */ { onProgress }) =>
    new Promise((resolve) => open.push({ name, ask, onProgress, resolve }));
  const looks = new LooksAsked(/** @type {any} */ ({ ask }), 'first');
  const answerAll = async () => {
    for (const { name, resolve } of open.splice(0))
      resolve({ answer: ANSWERS[/** @type {keyof typeof ANSWERS} */ (name)], problem: null, step: 5 });
    await new Promise((done) => setTimeout(done));
  };
  return { looks, open, answerAll };
}

test('LooksAsked.want: four questions about one class, of which two depend on what is empty', () => {
  const { looks, open } = asking();
  looks.want(PIXELS, 7, SETTINGS);
  const asks = Object.fromEntries(open.map(({ name, ask }) => [name, ask]));
  const about = { pixels: PIXELS, class: 7 };
  expect(asks).toEqual({
    inputGradient: about,
    occlusion: { ...about, size: 2, stride: 1, fill: 33 },
    classActivation: { ...about, layer: 0 },
    integrated: { ...about, baseline: 'mean', points: 8 },
  });
});

test('LooksAsked.maps: a number a pixel, in colour that of all channels; of another image or class there is none', async () => {
  const { looks, answerAll } = asking();
  expect(Object.values(looks.maps(PIXELS, 7, FORM, LAYERS))).toEqual([null, null, null, null]);
  looks.want(PIXELS, 7, SETTINGS);
  await answerAll();
  const { gradient, occlusion, activation, integrated } = looks.maps(PIXELS, 7, FORM, LAYERS);
  expect([...(gradient ?? [])]).toEqual([111, 222]);
  expect([...(occlusion ?? [])]).toEqual([0.5, -0.5]);
  expect([...(activation ?? [])]).toEqual([3, 4]);
  expect([...(integrated ?? [])]).toEqual([3, 0]);
  expect(looks.maps(PIXELS, 8, FORM, LAYERS).gradient).toBeNull();
  expect(looks.maps(PIXELS.slice(), 7, FORM, LAYERS).occlusion).toBeNull();
});

test('LooksAsked.isSliding: a part of a new map is shown, but a whole one stays while a newer network is asked the same', async () => {
  const { looks, open, answerAll } = asking();
  const part = { map: Float32Array.of(0.1, 0), score: 0.9, done: 1, of: 2 };
  const slide = () => open.find(({ name }) => name === 'occlusion')?.onProgress(part);
  looks.want(PIXELS, 7, SETTINGS);
  expect(looks.isSliding).toBe(false);
  slide();
  expect(looks.isSliding).toBe(true);
  expect(looks.maps(PIXELS, 7, FORM, LAYERS).occlusion).toBe(part.map);
  await answerAll();
  looks.want(PIXELS, 7, SETTINGS);
  slide();
  expect(looks.isSliding).toBe(false);
  expect(looks.maps(PIXELS, 7, FORM, LAYERS).occlusion).toBe(ANSWERS.occlusion.map);
  await answerAll();
  looks.want(PIXELS, 7, { ...SETTINGS, occlusion: { size: 1, stride: 1 } });
  slide();
  expect(looks.maps(PIXELS, 7, FORM, LAYERS).occlusion).toBe(part.map);
});

test('LooksAsked.want: without a convolution, what was known of one is forgotten', async () => {
  const { looks, answerAll } = asking();
  looks.want(PIXELS, 7, SETTINGS);
  await answerAll();
  looks.want(PIXELS, 7, { ...SETTINGS, activation: null });
  expect(looks.maps(PIXELS, 7, FORM, LAYERS).activation).toBeNull();
});
