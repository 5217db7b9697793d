/** What the keys do in the editor. */

import { keyNames } from '../../lib/keys.js';

/**
 * @typedef {(
 *   | { does: 'undo' | 'redo' | 'back' | 'enter' | 'insert' | 'remove' }
 *   | { does: 'go', to: 'first' | 'last' | number }
 *   | { does: 'move', by: number }
 * )} KeyAction `go` with a number: so many cards on
 */

/** @typedef {Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & Partial<Pick<KeyboardEvent, 'code'>>} Key */

/** @type {Record<string, number | undefined>} */
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** @type {Record<string, KeyAction | undefined>} */
const ON_CARD = {
  Home: { does: 'go', to: 'first' },
  End: { does: 'go', to: 'last' },
  Delete: { does: 'remove' },
  Backspace: { does: 'remove' },
  Enter: { does: 'enter' },
  '+': { does: 'insert' },
  Insert: { does: 'insert' },
};

/**
 * @param {Key} event
 * @param {'card' | 'control' | 'elsewhere'} place where the focus is: on a card, in one, or in none
 * @returns {KeyAction | null}
 */
export function keyAction(event, place) {
  const { key, altKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) return timeAction(event);
  if (place === 'elsewhere') return null;
  const step = STEPS[key];
  if (step && altKey) return { does: 'move', by: step };
  if (altKey) return null;
  if (place === 'control') return key === 'Escape' ? { does: 'back' } : null;
  return step ? { does: 'go', to: step } : (ON_CARD[key] ?? null);
}

/** @param {Key} event @returns {KeyAction | null} */
function timeAction(event) {
  const names = keyNames(event);
  if (names.includes('z')) return { does: event.shiftKey ? 'redo' : 'undo' };
  return names.includes('y') ? { does: 'redo' } : null;
}
