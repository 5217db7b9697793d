import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { deathKey, Instruments } from './instruments.svelte.js';

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */

/** @type {PlainCommand[]} */
let sent;
/** @type {Instruments} */
let instruments;
const watched = () => sent.flatMap((command) => (command.type === 'watch' ? [command.watched] : []));
const soon = () => new Promise((resolve) => setTimeout(resolve));

/** @param {number} step @param {number[]} fired */
const census = (step, fired) => ({
  step,
  images: 50,
  whole: true,
  layers: [{ layer: 2, fired: Uint32Array.from(fired) }],
});

beforeEach(() => {
  sent = [];
  instruments = new Instruments((command) => sent.push(command));
});

test('watch sends what several views want together, and once', async () => {
  const first = instruments.watch({ instruments: ['map', 'gradientNorms'], layers: [3] });
  const second = instruments.watch({ instruments: ['gradientNorms'], layers: [0, 3] });
  await soon();
  first();
  await soon();
  second();
  instruments.watch({ instruments: ['gradientNorms'], layers: [0, 3] });
  await soon();
  expect(watched()).toEqual([
    { instruments: ['gradientNorms', 'map'], layers: [0, 3], label: null },
    { instruments: ['gradientNorms'], layers: [0, 3], label: null },
  ]);
});

test('explain sends the class whose loss is passed back', async () => {
  instruments.watch({ instruments: ['backward'] });
  instruments.explain(9);
  await soon();
  expect(watched()).toEqual([{ instruments: ['backward'], layers: [], label: 9 }]);
});

test('deaths has units that fired in one census and no longer in the next', () => {
  instruments.receive({ type: 'census', census: census(10, [5, 0, 7]) });
  instruments.receive({ type: 'census', census: census(20, [5, 0, 0]) });
  instruments.receive({ type: 'census', census: census(30, [0, 0, 0]) });
  expect(instruments.deaths).toEqual(
    new Map([
      [deathKey(2, 2), { alive: 10, dead: 20, images: 50 }],
      [deathKey(2, 0), { alive: 20, dead: 30, images: 50 }],
    ]),
  );
  instruments.receive({ type: 'census', census: census(40, [0, 0, 3]) });
  expect([...instruments.deaths.keys()]).toEqual([deathKey(2, 0)]);
});

test('Instruments forget what was measured after a step gone back to, and everything of another run', () => {
  const readings = [10, 30].map((step) => ({ step, layers: [] }));
  instruments.receive({ type: 'gradientNorms', readings });
  instruments.receive({ type: 'census', census: census(10, [1]) });
  instruments.receive({ type: 'census', census: census(30, [0]) });
  instruments.receive({ type: 'wentBack', step: 20 });
  expect(instruments.gradientNorms.map(({ step }) => step)).toEqual([10]);
  expect([instruments.census, instruments.deaths.size]).toEqual([null, 0]);
  instruments.receive({ type: 'census', census: census(20, [1]) });
  instruments.receive({ type: 'begun', spec: DEFAULT_PRESET.spec, summary: SUMMARY, step: 0, left: null });
  expect([instruments.census, instruments.gradientNorms]).toEqual([null, []]);
});

test('Instruments have the readings of a run again when it is current again, up to its step', () => {
  const network = { spec: DEFAULT_PRESET.spec, summary: SUMMARY };
  const entered = { type: /** @type {const} */ ('entered'), ...network, another: true, trained: null };
  const evaluations = { training: null, validation: null, test: null };
  const norms = (/** @type {number[]} */ ...steps) => steps.map((step) => ({ step, layers: [] }));
  instruments.receive({ type: 'gradientNorms', readings: norms(10, 30) });
  instruments.receive({ type: 'begun', ...network, step: 0, left: 'own' });
  instruments.receive({ type: 'gradientNorms', readings: norms(5) });
  instruments.receive({ ...entered, id: 'own', left: 'lesson', step: 30, evaluations });
  expect(instruments.gradientNorms).toEqual(norms(10, 30));
  instruments.receive({ ...entered, id: 'lesson', left: 'own', step: 5, evaluations });
  expect(instruments.gradientNorms).toEqual(norms(5));
  instruments.receive({ ...entered, id: 'own', left: 'lesson', step: 20, evaluations });
  expect(instruments.gradientNorms).toEqual(norms(10));
});

test('Instruments keep every other reading of a long run', () => {
  for (let step = 0; step < 5_000; step++)
    instruments.receive({ type: 'gradientNorms', readings: [{ step, layers: [] }] });
  expect(instruments.gradientNorms.length).toBeLessThan(2_001);
  expect(instruments.gradientNorms[0]?.step).toBe(0);
  expect(instruments.gradientNorms.at(-1)?.step).toBeGreaterThan(4_990);
});
