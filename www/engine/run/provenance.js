/** What the steps of a run were made with, which its receipt states: the settings, and what was changed by hand. */

import { HandSetWeights } from '../../model/hand-set-weights.js';
import { extended, sameSteps, sameTraining, shortened } from '../../model/training.js';

/** @typedef {import('../../model/reports.js').Touch} Touch */
/** @typedef {import('../../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../../model/spec.js').Training} Training */
/** @typedef {import('../../model/training.js').Stretch} Stretch */

export class Provenance {
  /** @type {Stretch[]} */
  #stretches = [];
  /** Of the next step. @type {Training | null} */
  #training = null;
  /** What no step can undo. @type {Set<Touch>} */
  #touched = new Set();
  /** As it was before the last teaching. @type {Set<Touch>} */
  #untaught = new Set();
  #edits = new HandSetWeights();

  /**
   * A run begins, or continues.
   * @param {Training} training of its next step
   * @param {object} [before]
   * @param {readonly Touch[]} [before.touched] what was changed by hand
   * @param {Training} [before.madeWith] the settings of its last step, if they are others
   */
  begin(training, { touched = [], madeWith = training } = {}) {
    this.#stretches = [{ after: 0, training: madeWith }];
    this.#training = training;
    this.#touched = new Set(touched);
    this.#edits.clear();
  }

  /** @param {Training} training of the next step @param {number} step the last one */
  configure(training, step) {
    this.#training = training;
    if (step === 0) this.#stretches = [{ after: 0, training }];
  }

  /** @param {WeightRef} place @param {number} before @param {number} value */
  weightSet(place, before, value) {
    this.#edits.set(place, before, value);
  }

  /** The network learns examples from now on. */
  taught() {
    this.#keepEdits();
    this.#untaught = new Set(this.#touched);
    this.#touched.add('taught');
  }

  /** It has the weights from before that. */
  untaught() {
    this.#touched = this.#untaught;
  }

  /** Steps have been made. @param {number} after the step before them */
  stepped(after) {
    if (this.#training) this.#stretches = extended(this.#stretches, after, this.#training);
    this.#keepEdits();
  }

  /** The steps after this one are undone. @param {number} step */
  wentBack(step) {
    this.#stretches = shortened(this.#stretches, step);
    this.#edits.clear();
  }

  /** The settings of the last step; before the first, of that one. @returns {Training | null} */
  get madeWith() {
    return this.#stretches.at(-1)?.training ?? null;
  }

  /** The same, where the next step will be made with others. @returns {Training | null} */
  get before() {
    const { madeWith } = this;
    return madeWith && this.#training && !sameTraining(madeWith, this.#training) ? madeWith : null;
  }

  /** What was changed by hand in the middle of the run, and makes a difference. @returns {Touch[]} */
  get touched() {
    const touched = new Set(this.#touched);
    const [first] = this.#stretches;
    if (this.#stretches.some(({ training }) => first && !sameSteps(first.training, training))) touched.add('settings');
    if (this.#edits.any) touched.add('weights');
    return [...touched];
  }

  #keepEdits() {
    if (this.#edits.any) this.#touched.add('weights');
    this.#edits.clear();
  }
}
