/** Weights changed by hand, with undo and redo. The worker may refuse each change; nothing has changed then. */

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('./built.js').LabEvent} LabEvent */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */

/** @typedef {{ place: WeightRef, before: number, value: number, step: number }} Edit */
/** @typedef {{ place: WeightRef, value: number }} Expected a value that has been sent and not yet been confirmed */

export class WeightEdits {
  /** Those that can be undone, the last one last. @type {Edit[]} */
  done = $state.raw([]);
  /** Those that were undone, the next to be redone last. @type {Edit[]} */
  undone = $state.raw([]);
  /** Grows whenever a weight has been set, or all of them have changed. */
  changes = $state(0);
  /** Why the last change was refused; null if it was not. @type {string | null} */
  refusal = $state(null);

  #send;
  /** Reverts what the last request has changed here, in case it is refused. */
  #revert = () => {};
  /** Undone values: their confirmation is not a new change. @type {Expected[]} */
  #undoing = [];
  /** Values of a gesture that continues, such as a drag: together with its start they are one change. @type {Expected[]} */
  #continuing = [];

  /** @param {(command: PlainCommand) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /**
   * @param {WeightRef} place
   * @param {number} value
   * @param {{ continues?: boolean }} [gesture] whether it continues the last change, so that both are undone as one
   */
  setWeight(place, value, { continues = false } = {}) {
    this.refusal = null;
    if (continues) this.#continuing.push({ place, value: Math.fround(value) });
    const { undone } = this;
    this.#revert = () => (this.undone = undone);
    this.undone = [];
    this.#send({ type: 'setWeight', place, value });
  }

  undo() {
    const edit = this.done.at(-1);
    if (!edit) return;
    this.done = this.done.slice(0, -1);
    this.undone = [...this.undone, edit];
    const undoing = { place: edit.place, value: edit.before };
    this.#undoing.push(undoing);
    this.#revert = () => {
      this.done = [...this.done, edit];
      this.undone = this.undone.filter((other) => other !== edit);
      this.#undoing = this.#undoing.filter((other) => other !== undoing);
    };
    this.#send({ type: 'setWeight', place: edit.place, value: edit.before });
  }

  redo() {
    const edit = this.undone.at(-1);
    if (!edit) return;
    this.undone = this.undone.slice(0, -1);
    this.#revert = () => (this.undone = [...this.undone, edit]);
    this.#send({ type: 'setWeight', place: edit.place, value: edit.value });
  }

  dismissRefusal() {
    this.refusal = null;
  }

  /** @param {LabEvent} event */
  receive(event) {
    switch (event.type) {
      case 'weightSet':
        return this.#confirm({ place: event.place, before: event.before, value: event.value, step: event.step });
      case 'weightRefused':
        return this.#refuse(event.problem);
      case 'begun':
      case 'entered':
      case 'recovered':
      case 'wentBack':
      case 'taught':
      case 'untaught':
        return this.#forget();
    }
  }

  /** A weight has been set, by a new change, an undo or a redo. @param {Edit} edit */
  #confirm(edit) {
    this.changes += 1;
    if (confirms(this.#undoing, edit)) return;
    const last = this.done.at(-1);
    const continues = confirms(this.#continuing, edit) && last && samePlace(last.place, edit.place);
    this.done = continues ? [...this.done.slice(0, -1), { ...edit, before: last.before }] : [...this.done, edit];
  }

  /** @param {Problem} problem */
  #refuse({ code, message }) {
    this.#revert();
    this.#revert = () => {};
    this.refusal = code === 'not_found' ? 'Not changed: the network has been replaced.' : message;
  }

  /** All weights have changed. */
  #forget() {
    this.changes += 1;
    this.done = [];
    this.undone = [];
    this.refusal = null;
    this.#revert = () => {};
    this.#undoing = [];
    this.#continuing = [];
  }
}

/** @param {WeightRef} a @param {WeightRef} b */
const samePlace = (a, b) => a.layer === b.layer && a.kind === b.kind && a.index === b.index;

/**
 * Whether a change is one of those expected, which is then no longer expected.
 * @param {Expected[]} expected
 * @param {Edit} edit
 */
function confirms(expected, edit) {
  const index = expected.findIndex(({ place, value }) => samePlace(place, edit.place) && value === edit.value);
  // Answers come in order: what was sent before it has been refused.
  expected.splice(0, index + 1);
  return index >= 0;
}
