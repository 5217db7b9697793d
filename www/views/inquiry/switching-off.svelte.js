/** What is switched off in the view, and what of that can be undone. */

import { EMPTY, record, redo, undo } from '../../lib/history.js';
import { ALL_ON, toggled, within } from './switch-off.js';

/** @typedef {import('./switch-off.js').SwitchedOff} SwitchedOff */

export class SwitchingOff {
  /** @type {SwitchedOff} */
  off = $state.raw(ALL_ON);
  /** @type {import('../../lib/history.js').History<SwitchedOff>} */
  #history = $state.raw(EMPTY);

  get canUndo() {
    return this.#history.past.length > 0;
  }

  get canRedo() {
    return this.#history.future.length > 0;
  }

  /** @param {number} layer @param {number} channel */
  toggle(layer, channel) {
    this.#take(toggled(this.off, layer, channel));
  }

  /** @param {import('./switch-off.js').Substitute} to what all channels that are off output */
  output(to) {
    if (to !== this.off.to) this.#take({ ...this.off, to });
  }

  allOn() {
    if (this.off.channels.length > 0) this.#take({ ...this.off, channels: [] });
  }

  undo() {
    this.#restore(undo(this.#history, this.off));
  }

  redo() {
    this.#restore(redo(this.#history, this.off));
  }

  /** Another network may have fewer layers and channels: what it does not have is neither off nor undone to. @param {readonly import('./switch-off.js').Offered[]} offered */
  keepWithin(offered) {
    const { past, future } = this.#history;
    const fits = (/** @type {SwitchedOff} */ off) => within(off, offered) === off;
    if (![...past, ...future].every(fits)) this.#history = EMPTY;
    this.off = within(this.off, offered);
  }

  /** @param {SwitchedOff} off */
  #take(off) {
    this.#history = record(this.#history, this.off);
    this.off = off;
  }

  /** @param {ReturnType<typeof undo<SwitchedOff>>} restored */
  #restore({ history, value }) {
    this.#history = history;
    this.off = value;
  }
}

/** One for each page, so that what is off is still off when the view is opened again. @type {WeakMap<object, SwitchingOff>} */
const kept = new WeakMap();

/** @param {import('../../state/lab.svelte.js').Lab} lab */
export function switchingOf(lab) {
  const switching = kept.get(lab) ?? new SwitchingOff();
  kept.set(lab, switching);
  return switching;
}
