import { beforeEach, expect, test } from 'vitest';
import { deathKey, Glass } from './glass.svelte.js';

/** @typedef {import('../engine/protocol.js').Command} Command */

/** @type {Command[]} */
let sent;
/** @type {Glass} */
let glass;
const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 3 });
const told = () => sent.flatMap((command) => (command.type === 'watch' ? [command.watched] : []));
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
  glass = new Glass((command) => sent.push(command));
});

test('what several views want is told together, and once', async () => {
  const first = glass.watch({ instruments: ['map', 'flow'], layers: [3] });
  const second = glass.watch({ instruments: ['flow'], layers: [0, 3] });
  await soon();
  first();
  await soon();
  second();
  glass.watch({ instruments: ['flow'], layers: [0, 3] });
  await soon();
  expect(told()).toEqual([
    { instruments: ['flow', 'map'], layers: [0, 3], label: null },
    { instruments: ['flow'], layers: [0, 3], label: null },
  ]);
});

test('the class whose loss is passed back is told', async () => {
  glass.watch({ instruments: ['backward'] });
  glass.explain(9);
  await soon();
  expect(told()).toEqual([{ instruments: ['backward'], layers: [], label: 9 }]);
});

test('a unit that fired and does not fire any more died between two censuses', () => {
  glass.counted(census(10, [5, 0, 7]));
  glass.counted(census(20, [5, 0, 0]));
  glass.counted(census(30, [0, 0, 0]));
  expect(glass.deaths).toEqual(
    new Map([
      [deathKey(2, 2), { alive: 10, dead: 20, images: 50 }],
      [deathKey(2, 0), { alive: 20, dead: 30, images: 50 }],
    ]),
  );
  glass.counted(census(40, [0, 0, 3]));
  expect([...glass.deaths.keys()]).toEqual([deathKey(2, 0)]);
});

test('going back forgets what was measured later', () => {
  glass.flowed([
    { step: 10, layers: [] },
    { step: 30, layers: [] },
  ]);
  glass.counted(census(10, [1]));
  glass.counted(census(30, [0]));
  glass.forgetAfter(20);
  expect(glass.flow.map(({ step }) => step)).toEqual([10]);
  expect([glass.census, glass.deaths.size]).toEqual([null, 0]);
});

test('weights that were set are taken back and made again, one after the other', () => {
  const answer = () => {
    const command = sent.at(-1);
    if (command?.type !== 'setWeight') throw new Error('nothing was set');
    const before = values;
    values = command.value;
    glass.weightSet({ place, before, value: command.value, step: 1 });
  };
  let values = 0;
  glass.setWeight(place, 1);
  answer();
  glass.setWeight(place, 2);
  answer();
  glass.undo();
  answer();
  expect([values, glass.edits.length, glass.undone.length]).toEqual([1, 1, 1]);
  glass.undo();
  answer();
  expect([values, glass.edits.length, glass.undone.length]).toEqual([0, 0, 2]);
  glass.undo();
  glass.redo();
  answer();
  expect([values, glass.edits.length, glass.undone.length]).toEqual([1, 1, 1]);
  glass.setWeight(place, 5);
  answer();
  expect([values, glass.edits.length, glass.undone.length]).toEqual([5, 2, 0]);
});

test('what goes on, like a drag, is one change and is taken back as one', () => {
  const set = (/** @type {number} */ value, /** @type {number} */ before, /** @type {boolean} */ goesOn) => {
    glass.setWeight(place, value, { goesOn });
    return () => glass.weightSet({ place, before, value: Math.fround(value), step: 1 });
  };
  // The answers come later than the hand moves.
  [set(0.1, 0, false), set(0.2, Math.fround(0.1), true), set(0.3, Math.fround(0.2), true)].forEach((answer) =>
    answer(),
  );
  expect(glass.edits).toEqual([{ place, before: 0, value: Math.fround(0.3), step: 1 }]);
  set(0.5, Math.fround(0.3), false)();
  expect(glass.edits).toHaveLength(2);
  glass.undo();
  glass.undo();
  expect(sent.slice(-2)).toMatchObject([{ value: Math.fround(0.3) }, { value: 0 }]);
});

test('what goes on after a change of another weight is a change of its own', () => {
  const other = { ...place, index: 4 };
  glass.weightSet({ place: other, before: 0, value: 1, step: 1 });
  glass.setWeight(place, 2, { goesOn: true });
  glass.weightSet({ place, before: 0, value: 2, step: 1 });
  expect(glass.edits).toHaveLength(2);
});

test('of a long run, every other reading is kept', () => {
  for (let step = 0; step < 5_000; step++) glass.flowed([{ step, layers: [] }]);
  expect(glass.flow.length).toBeLessThan(2_001);
  expect(glass.flow[0]?.step).toBe(0);
  expect(glass.flow.at(-1)?.step).toBeGreaterThan(4_990);
});

test('a change that is refused says why, and loses nothing that was undone', () => {
  const glass = new Glass(() => {});
  const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 1 });
  glass.setWeight(place, 1);
  glass.weightSet({ place, before: 0, value: 1, step: 3 });
  glass.undo();
  expect(glass.undone).toHaveLength(1);
  glass.setWeight({ ...place, index: 99 }, 2);
  glass.weightRefused({ code: 'not_found', message: '0.weight has 18 numbers.', layer: null });
  expect(glass.undone).toHaveLength(1);
  expect(glass.refusal).toMatch(/^Not changed/);
  glass.setWeight(place, 2);
  expect(glass.refusal).toBeNull();
});

test('a step back that is refused can be taken again, and one forward too', () => {
  const glass = new Glass(() => {});
  const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 1 });
  const refusal = { code: 'not_found', message: 'No.', layer: null };
  const edit = { place, before: 0, value: 1, step: 3 };
  glass.setWeight(place, 1);
  glass.weightSet(edit);
  glass.undo();
  glass.weightRefused(refusal);
  expect([glass.edits, glass.undone]).toEqual([[edit], []]);
  // Set to the same value by hand, it is a change like any other.
  glass.setWeight(place, 0);
  glass.weightSet({ place, before: 1, value: 0, step: 3 });
  expect(glass.edits).toHaveLength(2);
  glass.undo();
  glass.weightSet({ place, before: 0, value: 1, step: 3 });
  glass.redo();
  glass.weightRefused(refusal);
  expect([glass.edits.length, glass.undone.length]).toEqual([1, 1]);
});
