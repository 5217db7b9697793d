/** What the keys do in the editor. */

/**
 * @typedef {(
 *   | { does: 'undo' | 'redo' | 'back' | 'enter' | 'insert' | 'remove' }
 *   | { does: 'go', to: 'first' | 'last' | number }
 *   | { does: 'move', by: number }
 * )} KeyAction `go` with a number: so many cards on
 */

/** @typedef {Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>} Key */

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
 * @param {Key} key
 * @param {'card' | 'control' | 'elsewhere'} place where the focus is: on a card, in one, or in none
 * @returns {KeyAction | null}
 */
export function keyAction({ key, altKey, ctrlKey, metaKey, shiftKey }, place) {
  if (ctrlKey || metaKey) return timeAction(key.toLowerCase(), shiftKey);
  if (place === 'elsewhere') return null;
  const step = STEPS[key];
  if (step && altKey) return { does: 'move', by: step };
  if (altKey) return null;
  if (place === 'control') return key === 'Escape' ? { does: 'back' } : null;
  return step ? { does: 'go', to: step } : (ON_CARD[key] ?? null);
}

/**
 * @param {string} key
 * @param {boolean} shift
 * @returns {KeyAction | null}
 */
function timeAction(key, shift) {
  if (key === 'z') return { does: shift ? 'redo' : 'undo' };
  return key === 'y' ? { does: 'redo' } : null;
}
