import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { WeightEdits } from './weight-edits.svelte.js';

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */

/** @type {PlainCommand[]} */
let sent;
/** @type {WeightEdits} */
let edits;
const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 3 });

/** @param {import('./weight-edits.svelte.js').Edit} edit */
const confirm = (edit) => edits.receive({ type: 'weightSet', ...edit });

/** @param {WeightRef} refused @param {string} message */
const refuse = (refused, message) =>
  edits.receive({ type: 'weightRefused', place: refused, problem: { code: 'not_found', message, layer: null } });

beforeEach(() => {
  sent = [];
  edits = new WeightEdits((command) => sent.push(command));
});

test('undo and redo change weights one by one', () => {
  const answer = () => {
    const command = sent.at(-1);
    if (command?.type !== 'setWeight') throw new Error('nothing was set');
    const before = values;
    values = command.value;
    confirm({ place, before, value: command.value, step: 1 });
  };
  let values = 0;
  edits.setWeight(place, 1);
  answer();
  edits.setWeight(place, 2);
  answer();
  edits.undo();
  answer();
  expect([values, edits.done.length, edits.undone.length]).toEqual([1, 1, 1]);
  edits.undo();
  answer();
  expect([values, edits.done.length, edits.undone.length]).toEqual([0, 0, 2]);
  edits.undo();
  edits.redo();
  answer();
  expect([values, edits.done.length, edits.undone.length]).toEqual([1, 1, 1]);
  edits.setWeight(place, 5);
  answer();
  expect([values, edits.done.length, edits.undone.length]).toEqual([5, 2, 0]);
});

test('setWeight makes a gesture that continues one change, which is undone as one', () => {
  const set = (/** @type {number} */ value, /** @type {number} */ before, /** @type {boolean} */ continues) => {
    edits.setWeight(place, value, { continues });
    return () => confirm({ place, before, value: Math.fround(value), step: 1 });
  };
  // The answers arrive later than the pointer moves.
  [set(0.1, 0, false), set(0.2, Math.fround(0.1), true), set(0.3, Math.fround(0.2), true)].forEach((answer) =>
    answer(),
  );
  expect(edits.done).toEqual([{ place, before: 0, value: Math.fround(0.3), step: 1 }]);
  set(0.5, Math.fround(0.3), false)();
  expect(edits.done).toHaveLength(2);
  edits.undo();
  edits.undo();
  expect(sent.slice(-2)).toMatchObject([{ value: Math.fround(0.3) }, { value: 0 }]);
});

test('setWeight makes a gesture that continues a change of another weight a change of its own', () => {
  const other = { ...place, index: 4 };
  confirm({ place: other, before: 0, value: 1, step: 1 });
  edits.setWeight(place, 2, { continues: true });
  confirm({ place, before: 0, value: 2, step: 1 });
  expect(edits.done).toHaveLength(2);
});

test('WeightEdits says why a change is refused, and keeps what was undone', () => {
  edits.setWeight(place, 1);
  confirm({ place, before: 0, value: 1, step: 3 });
  edits.undo();
  expect(edits.undone).toHaveLength(1);
  edits.setWeight({ ...place, index: 99 }, 2);
  refuse(place, '0.weight has 18 numbers.');
  expect(edits.undone).toHaveLength(1);
  expect(edits.refusal).toMatch(/^Not changed/);
  edits.setWeight(place, 2);
  expect(edits.refusal).toBeNull();
});

test('undo and redo can be repeated after they were refused', () => {
  const edit = { place, before: 0, value: 1, step: 3 };
  edits.setWeight(place, 1);
  confirm(edit);
  edits.undo();
  refuse(place, 'No.');
  expect([edits.done, edits.undone]).toEqual([[edit], []]);
  // Set to the same value by hand, it is a change like any other.
  edits.setWeight(place, 0);
  confirm({ place, before: 1, value: 0, step: 3 });
  expect(edits.done).toHaveLength(2);
  edits.undo();
  confirm({ place, before: 0, value: 1, step: 3 });
  edits.redo();
  refuse(place, 'No.');
  expect([edits.done.length, edits.undone.length]).toEqual([1, 1]);
});

test('WeightEdits forgets all changes when the weights have become others', () => {
  edits.setWeight(place, 1);
  confirm({ place, before: 0, value: 1, step: 3 });
  const { changes } = edits;
  edits.receive({ type: 'recovered', spec: DEFAULT_PRESET.spec, summary: SUMMARY, step: 2 });
  expect([edits.done, edits.undone, edits.changes]).toEqual([[], [], changes + 1]);
});
