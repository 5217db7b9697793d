import { expect, test } from 'vitest';
import { EMPTY, endSeries, record, redo, undo } from './history.js';

test('History undoes and redoes a change', () => {
  const changed = record(EMPTY, 'a');
  const back = undo(changed, 'b');
  expect(back.value).toBe('a');
  const again = redo(back.history, 'a');
  expect(again.value).toBe('b');
  expect(undo(again.history, 'b').value).toBe('a');
});

test('History keeps the value where nothing is left to undo or redo', () => {
  expect(undo(EMPTY, 'now').value).toBe('now');
  expect(redo(EMPTY, 'now').value).toBe('now');
});

test('History undoes the changes of one series together, until the series ends', () => {
  /** @type {import('./history.js').History<string>} */
  let history = record(EMPTY, '', 'filters');
  history = record(history, '1', 'filters');
  history = record(endSeries(history), '12', 'filters');
  const once = undo(history, '128');
  expect(once.value).toBe('12');
  expect(undo(once.history, '12').value).toBe('');
});

test('record forgets what could be redone', () => {
  const back = undo(record(EMPTY, 'a'), 'b');
  expect(redo(record(back.history, 'a'), 'c').value).toBe('c');
});

test('record keeps only the last changes', () => {
  let history = /** @type {import('./history.js').History<number>} */ (EMPTY);
  for (let i = 0; i < 1000; i += 1) history = record(history, i);
  expect(history.past).toHaveLength(200);
  expect(history.past.at(-1)).toBe(999);
});

test('endSeries drops a series that returned to where it began; a change of its own stays', () => {
  expect(endSeries(record(EMPTY, 'a', 'filters'), true).past).toEqual([]);
  expect(endSeries(record(EMPTY, 'a'), true).past).toEqual(['a']);
});
