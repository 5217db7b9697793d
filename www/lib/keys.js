/** Keys of the keyboard by name, and whom they belong to. */

/** What letters and digits go into. */
const TYPED_INTO = 'input:not([type="radio"], [type="checkbox"], [type="range"]), select, textarea';

/**
 * The names of a key: what it types, in lower case, whatever Caps Lock says; and where that is not a Latin letter or a
 * digit, what the key at its place types on an English keyboard.
 * @param {Pick<KeyboardEvent, 'key'> & Partial<Pick<KeyboardEvent, 'code' | 'shiftKey'>>} event
 */
export function keyNames({ key, code = '', shiftKey }) {
  const name = key.toLowerCase();
  if (key.length > 1 || /[a-z\d]/.test(name)) return [name];
  const place = /^Key([A-Z])$/.exec(code) ?? (shiftKey ? null : /^Digit(\d)$/.exec(code));
  return place?.[1] ? [name, place[1].toLowerCase()] : [name];
}

/** Whether a target uses the keys that are typed into it. @param {EventTarget | null} target */
export const takesText = (target) => target instanceof Element && target.closest(TYPED_INTO) !== null;

/** Whether a target is in a dialog, behind which nothing should change. @param {EventTarget | null} target */
export const inDialog = (target) => target instanceof Element && target.closest('dialog') !== null;
