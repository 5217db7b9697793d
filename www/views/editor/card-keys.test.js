import { expect, test } from 'vitest';
import { keyAction } from './card-keys.js';

const key = (/** @type {string} */ name, more = {}) => ({
  key: name,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

test('keyAction: arrows go from card to card, and with Alt they move the card', () => {
  expect(keyAction(key('ArrowRight'), 'card')).toEqual({ does: 'go', to: 1 });
  expect(keyAction(key('ArrowUp'), 'card')).toEqual({ does: 'go', to: -1 });
  expect(keyAction(key('ArrowLeft', { altKey: true }), 'card')).toEqual({ does: 'move', by: -1 });
  expect(keyAction(key('ArrowRight', { altKey: true }), 'control')).toEqual({ does: 'move', by: 1 });
});

test('keyAction: on a card, keys go to the ends, enter, insert and remove; with Alt they are the browser’s', () => {
  const does = (/** @type {string[]} */ ...names) => names.map((name) => keyAction(key(name), 'card'));
  const ends = ['first', 'last'].map((to) => ({ does: 'go', to }));
  expect(does('Home', 'End')).toEqual(ends);
  const [enter, insert, remove] = ['enter', 'insert', 'remove'].map((action) => ({ does: action }));
  expect(does('Enter', '+', 'Insert', 'Delete', 'Backspace', 'x')).toEqual([
    ...[enter, insert, insert, remove, remove, null],
  ]);
  expect(keyAction(key('Delete', { altKey: true }), 'card')).toBeNull();
});

test('keyAction: in a field the keys belong to the field, except to leave it and to undo', () => {
  for (const name of ['ArrowUp', 'Delete', 'Backspace', 'Enter', 'Home', '+']) {
    expect(keyAction(key(name), 'control')).toBeNull();
  }
  expect(keyAction(key('Escape'), 'control')).toEqual({ does: 'back' });
  expect(keyAction(key('z', { ctrlKey: true }), 'control')).toEqual({ does: 'undo' });
});

test('keyAction: undo and redo work anywhere in the editor, with Ctrl or Cmd', () => {
  expect(keyAction(key('z', { metaKey: true }), 'elsewhere')).toEqual({ does: 'undo' });
  expect(keyAction(key('Z', { ctrlKey: true, shiftKey: true }), 'elsewhere')).toEqual({ does: 'redo' });
  expect(keyAction(key('y', { ctrlKey: true }), 'card')).toEqual({ does: 'redo' });
  expect(keyAction(key('c', { ctrlKey: true }), 'card')).toBeNull();
  expect(keyAction(key('Delete'), 'elsewhere')).toBeNull();
});
