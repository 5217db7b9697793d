/**
 * What is only measured while somebody looks: the lab's instruments. Views say what they show with
 * `watch`; the worker hears of all of it together, and what nobody shows costs nothing.
 */

/** @typedef {import('../model/reports.js').Census} Census */
/** @typedef {import('../engine/protocol.js').Command} Command */
/** @typedef {import('../model/reports.js').DigitMap} DigitMap */
/** @typedef {import('../model/reports.js').GradientNorms} GradientNorms */
/** @typedef {import('../model/reports.js').Histograms} Histograms */
/** @typedef {import('../model/reports.js').Instrument} Instrument */
/** @typedef {import('../model/reports.js').TopActivations} TopActivations */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */

/** The steps of the last census in which a unit fired, and of the first after it in which it did not, on any of its `images`. @typedef {{ alive: number, dead: number, images: number }} Death */
/** @typedef {{ place: WeightRef, before: number, value: number, step: number }} Edit */
/** @typedef {{ instruments?: Instrument[], layers?: number[] }} Wanted */

/** Readings kept of a run; when there are more, every other one is dropped. */
const MOST_READINGS = 2_000;
const MOST_HISTOGRAMS = 120;

export class Glass {
  /** The class whose loss is passed back; null: the label, or what a drawing is read as. @type {number | null} */
  label = $state(null);
  /** @type {GradientNorms[]} */
  flow = $state.raw([]);
  /** @type {Histograms[]} */
  histograms = $state.raw([]);
  /** @type {Census | null} */
  census = $state.raw(null);
  /** When units that no longer fire died, by `deathKey`; not in it are those that never fired. @type {ReadonlyMap<string, Death>} */
  deaths = $state.raw(new Map());
  /** @type {TopActivations | null} */
  peaks = $state.raw(null);
  /** @type {DigitMap | null} */
  map = $state.raw(null);
  /** Weights changed by hand that can be changed back, the last one last. @type {Edit[]} */
  edits = $state.raw([]);
  /** Changes that were undone, the next to be made again last. @type {Edit[]} */
  undone = $state.raw([]);
  /** Grows whenever a weight has been set, or all of them have become others. */
  changes = $state(0);

  /** Why the last change of a weight was refused; null if it was not. @type {string | null} */
  refusal = $state(null);

  #send;
  /** Undoes what the last change that was asked for has changed here: it may be refused. */
  #giveBack = () => {};
  /** @type {Set<Wanted>} */
  #wanted = new Set();
  #told = '';
  /** Values that are on their way back to what they were, whose arrival is no new change. @type {{ place: WeightRef, value: number }[]} */
  #takenBack = [];
  /** Values that are set by what goes on, a drag for instance: with what it began with, they are one change. @type {{ place: WeightRef, value: number }[]} */
  #goingOn = [];

  /** @param {(command: Command) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /**
   * Has something measured until the function that is given back is called.
   * @param {Wanted} wanted
   * @returns {() => void}
   */
  watch(wanted) {
    this.#wanted.add(wanted);
    this.#tellSoon();
    return () => {
      this.#wanted.delete(wanted);
      this.#tellSoon();
    };
  }

  /** @param {number | null} label the class whose loss is passed back */
  explain(label) {
    this.label = label;
    this.#tellSoon();
  }

  /**
   * @param {WeightRef} place
   * @param {number} value
   * @param {{ goesOn?: boolean }} [gesture] whether the last change goes on, so that both are undone as one
   */
  setWeight(place, value, { goesOn = false } = {}) {
    this.refusal = null;
    if (goesOn) this.#goingOn.push({ place, value: Math.fround(value) });
    const { undone } = this;
    this.#giveBack = () => (this.undone = undone);
    this.undone = [];
    this.#send({ type: 'setWeight', place, value });
  }

  undo() {
    const edit = this.edits.at(-1);
    if (!edit) return;
    this.edits = this.edits.slice(0, -1);
    this.undone = [...this.undone, edit];
    const takenBack = { place: edit.place, value: edit.before };
    this.#takenBack.push(takenBack);
    this.#giveBack = () => {
      this.edits = [...this.edits, edit];
      this.undone = this.undone.filter((other) => other !== edit);
      this.#takenBack = this.#takenBack.filter((other) => other !== takenBack);
    };
    this.#send({ type: 'setWeight', place: edit.place, value: edit.before });
  }

  redo() {
    const edit = this.undone.at(-1);
    if (!edit) return;
    this.undone = this.undone.slice(0, -1);
    this.#giveBack = () => (this.undone = [...this.undone, edit]);
    this.#send({ type: 'setWeight', place: edit.place, value: edit.value });
  }

  /**
   * A weight has been set, by a new change or by one that was undone or made again.
   * @param {Edit} edit
   */
  weightSet(edit) {
    this.changes += 1;
    if (arrived(this.#takenBack, edit)) return;
    const last = this.edits.at(-1);
    const goesOn = arrived(this.#goingOn, edit) && last && samePlace(last.place, edit.place);
    this.edits = goesOn ? [...this.edits.slice(0, -1), { ...edit, before: last.before }] : [...this.edits, edit];
  }

  /** Nothing has changed then. @param {import('../model/reports.js').Problem} problem */
  weightRefused({ code, message }) {
    this.#giveBack();
    this.#giveBack = () => {};
    this.refusal = code === 'not_found' ? 'Not changed: the network has become another.' : message;
  }

  /** @param {GradientNorms[]} readings */
  flowed(readings) {
    const all = [...this.flow, ...readings];
    this.flow = all.length > MOST_READINGS ? all.filter((_, index) => index % 2 === 0) : all;
  }

  /** @param {Histograms} histograms */
  sorted(histograms) {
    const all = [...this.histograms.filter(({ step }) => step < histograms.step), histograms];
    this.histograms = all.length > MOST_HISTOGRAMS ? all.filter((_, index) => index % 2 === 0) : all;
  }

  /** @param {Census} census */
  counted(census) {
    this.deaths = deathsOf(this.deaths, this.census, census);
    this.census = census;
  }

  /** A new network, or an earlier state of this one: what was measured after `step` is forgotten. @param {number} step */
  forgetAfter(step) {
    this.flow = this.flow.filter((reading) => reading.step <= step);
    this.histograms = this.histograms.filter((histograms) => histograms.step <= step);
    if (this.census && this.census.step > step) this.census = null;
    if (step === 0 || Number(this.peaks?.step) > step) this.peaks = null;
    if (step === 0 || Number(this.map?.step) > step) this.map = null;
    if (step === 0) this.census = null;
    this.deaths = new Map([...this.deaths].filter(([, { dead }]) => dead <= step && step > 0));
    this.changes += 1;
    this.edits = [];
    this.undone = [];
    this.#giveBack = () => {};
    this.refusal = null;
    this.#takenBack = [];
    this.#goingOn = [];
  }

  /** Told once for all views that come and go together. */
  #tellSoon() {
    queueMicrotask(() => {
      const wanted = [...this.#wanted];
      const instruments = [...new Set(wanted.flatMap(({ instruments = [] }) => instruments))].sort();
      const layers = [...new Set(wanted.flatMap(({ layers = [] }) => layers))].sort((a, b) => a - b);
      const watched = { instruments, layers, label: this.label };
      if (JSON.stringify(watched) === this.#told) return;
      this.#told = JSON.stringify(watched);
      this.#send({ type: 'watch', watched });
    });
  }
}

/** @param {number} layer @param {number} unit */
export const deathKey = (layer, unit) => `${layer}/${unit}`;

/** @param {WeightRef} a @param {WeightRef} b */
const samePlace = (a, b) => a.layer === b.layer && a.kind === b.kind && a.index === b.index;

/**
 * Whether a change is one of those that were expected, which is then expected no more.
 * @param {{ place: WeightRef, value: number }[]} expected
 * @param {Edit} edit
 */
function arrived(expected, edit) {
  const index = expected.findIndex(({ place, value }) => samePlace(place, edit.place) && value === edit.value);
  // What was asked for before it has been refused, or it would have come before.
  expected.splice(0, index + 1);
  return index >= 0;
}

/**
 * @param {ReadonlyMap<string, Death>} before
 * @param {Census | null} last
 * @param {Census} census
 * @returns {ReadonlyMap<string, Death>}
 */
function deathsOf(before, last, census) {
  const deaths = new Map(before);
  for (const { layer, fired } of census.layers) {
    const firedLast = last?.layers.find((other) => other.layer === layer)?.fired;
    fired.forEach((count, unit) => {
      const key = deathKey(layer, unit);
      if (count > 0) deaths.delete(key);
      else if (last && Number(firedLast?.[unit]) > 0)
        deaths.set(key, { alive: last.step, dead: census.step, images: census.images });
    });
  }
  return deaths;
}
