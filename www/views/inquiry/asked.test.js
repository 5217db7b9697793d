import { expect, test } from 'vitest';
import { Asked } from './asked.svelte.js';

const PIXELS = new Uint8Array(1);

/** A store whose answers are given by hand. */
function byHand() {
  /** @type {{ ask: any, options: any, answer: (reply: any) => Promise<void> }[]} */
  const asked = [];
  const inquiry = {
    ask: (/** @type {string} */ _name, /** @type {any} */ ask, /** @type {any} */ options) =>
      new Promise((resolve) => {
        const settled = () => new Promise((done) => setTimeout(done));
        options.signal.addEventListener('abort', () => resolve({ answer: null, problem: null, step: null }));
        asked.push({ ask, options, answer: (reply) => (resolve(reply), /** @type {Promise<void>} */ (settled())) });
      }),
  };
  const maps = new Asked(/** @type {any} */ (inquiry), 'maps', 'lane');
  const want = (/** @type {number} */ layer) => maps.want({ pixels: PIXELS, layer, off: [] }, [PIXELS, layer]);
  return { asked, maps, want };
}

test('Asked.want: the answer, with what was asked and the step of the network that answered', async () => {
  const { asked, maps, want } = byHand();
  want(2);
  expect(maps.isBusy).toBe(true);
  expect(asked[0]?.options.lane).toBe('lane');
  asked[0]?.options.onProgress({ done: 1, of: 4 });
  expect(maps.progress).toEqual({ done: 1, of: 4 });
  const answer = new Float32Array(3);
  await asked[0]?.answer({ answer, problem: null, step: 70 });
  expect(maps.found).toEqual({ ask: { pixels: PIXELS, layer: 2, off: [] }, answer, step: 70 });
  expect([maps.isBusy, maps.progress]).toEqual([false, null]);
});

test('Asked.want: another question takes the place of the one under way, whose late answer and progress are dropped', async () => {
  const { asked, maps, want } = byHand();
  want(2);
  want(3);
  expect(asked[0]?.options.signal.aborted).toBe(true);
  asked[0]?.options.onProgress({ done: 1, of: 4 });
  await asked[0]?.answer({ answer: new Float32Array(1), problem: null, step: 1 });
  expect([maps.found, maps.progress, maps.isBusy]).toEqual([null, null, true]);
  await asked[1]?.answer({ answer: new Float32Array(2), problem: null, step: 1 });
  expect(maps.found?.ask.layer).toBe(3);
});

test('Asked.want: the same question of a newer network waits for the answer, and is then asked once', async () => {
  const { asked, maps, want } = byHand();
  want(2);
  want(2);
  want(2);
  expect(asked).toHaveLength(1);
  await asked[0]?.answer({ answer: new Float32Array(1), problem: null, step: 10 });
  expect(maps.found?.step).toBe(10);
  expect(asked).toHaveLength(2);
  await asked[1]?.answer({ answer: new Float32Array(1), problem: null, step: 20 });
  expect(asked).toHaveLength(2);
  expect(maps.found?.step).toBe(20);
});

test('Asked: a refusal is a sentence, and goes with the next answer; the last answer stays', async () => {
  const { asked, maps, want } = byHand();
  want(2);
  await asked[0]?.answer({ answer: new Float32Array(1), problem: null, step: 10 });
  want(9);
  await asked[1]?.answer({
    answer: null,
    problem: { code: 'out_of_range', message: 'Layer 9?', layer: 9 },
    step: null,
  });
  expect([maps.problem, maps.found?.ask.layer]).toEqual(['Layer 9?', 2]);
  want(2);
  await asked[2]?.answer({ answer: new Float32Array(1), problem: null, step: 10 });
  expect(maps.problem).toBe('');
});

test('Asked.stop, Asked.forget: nothing is waited for any more; forgetting drops the answer too', async () => {
  const { asked, maps, want } = byHand();
  want(2);
  await asked[0]?.answer({ answer: new Float32Array(1), problem: null, step: 10 });
  want(3);
  maps.stop();
  expect(asked[1]?.options.signal.aborted).toBe(true);
  expect([maps.isBusy, maps.found?.ask.layer]).toEqual([false, 2]);
  want(3);
  expect(asked).toHaveLength(3);
  maps.forget();
  expect([maps.found, maps.isBusy]).toEqual([null, false]);
});
