import { expect, test } from 'vitest';
import { Measuring } from './measuring.svelte.js';
import { EFFORT, KINDS, STRENGTHS } from './robustness.js';

/** @typedef {import('../../model/inquiry.js').Robustness} Robustness */

/** @param {number} images @returns {Robustness} */
const answerOf = (images) => ({
  accuracies: Object.fromEntries(KINDS.map((kind) => [kind, Float32Array.from(STRENGTHS, () => 0.5)])),
  images,
});

/** A network that reports once and then answers; what it was asked is kept. */
function network() {
  /** @type {any[]} */
  const asked = [];
  const gate = { open: () => {} };
  const opened = new Promise((/** @type {(value: void) => void} */ resolve) => (gate.open = resolve));
  /** @param {string} name @param {any} ask @param {any} options */
  const ask = async (name, ask, { onProgress, signal, checkpoint }) => {
    asked.push({ name, ask, checkpoint });
    onProgress({ done: 1, of: 2, ...answerOf(100) });
    await opened;
    if (signal.aborted) return { answer: null, problem: null, step: null };
    return { answer: answerOf(500), problem: null, step: checkpoint?.step ?? 90 };
  };
  return { asked, gate, measuring: new Measuring(/** @type {any} */ ({ ask })) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('Measuring: the curves grow while they are measured, and say the step at the end', async () => {
  const { asked, gate, measuring } = network();
  const done = measuring.measure(null, 2000);
  expect(measuring.progress).toEqual({ name: 'This network', done: 1, of: 2 });
  expect(measuring.networks).toMatchObject([{ name: 'This network', images: 100 }]);
  gate.open();
  await done;
  expect(measuring.networks).toMatchObject([{ name: 'This network, step 90', images: 500 }]);
  expect(measuring.progress).toBeNull();
  expect(asked[0].ask).toEqual({ strengths: STRENGTHS, kinds: [...KINDS], ...EFFORT });
});

test('Measuring: the weights of another run are measured after this network', async () => {
  const { asked, gate, measuring } = network();
  gate.open();
  const checkpoint = { step: 40, bytes: Uint8Array.of(1) };
  await measuring.measure({ name: 'Run 2 Dropout', checkpoint: async () => checkpoint }, 2000);
  expect(asked.map(({ checkpoint }) => checkpoint)).toEqual([null, checkpoint]);
  expect(measuring.networks.map(({ name }) => name)).toEqual(['This network, step 90', 'Run 2 Dropout, step 40']);
});

test('Measuring: weights that are not kept any more are said to be gone', async () => {
  const { gate, measuring } = network();
  gate.open();
  await measuring.measure({ name: 'Run 2', checkpoint: async () => null }, 2000);
  expect(measuring.networks).toHaveLength(1);
  expect(measuring.problem).toBe('The weights of Run 2 are not kept any more. Choose another run.');
});

test('Measuring: a stop keeps what has been measured, and asks nothing more', async () => {
  const { asked, gate, measuring } = network();
  const done = measuring.measure(
    { name: 'Run 2', checkpoint: async () => ({ step: 1, bytes: new Uint8Array() }) },
    2000,
  );
  await settle();
  measuring.stop();
  gate.open();
  await done;
  expect(asked).toHaveLength(1);
  expect(measuring.networks).toMatchObject([{ name: 'This network', images: 100 }]);
  expect([measuring.progress, measuring.problem]).toEqual([null, '']);
});

test('Measuring: of few images, all are measured', async () => {
  const { asked, gate, measuring } = network();
  gate.open();
  await measuring.measure(null, 4);
  expect(asked[0].ask.images).toBe(4);
});
