/** A fork being planned: the current run, with one setting changed that needs no restart. */

import { automaticName } from '../model/naming.js';
import { describeChanges, SETTINGS, writeSetting } from '../model/settings.js';

/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/settings.js').Setting} Setting */
/** @typedef {import('../model/settings.js').Value} Value */

const FIRST = 'training.optimizer.learning_rate';

export class ForkDraft {
  /** What the run trains with. @type {Spec} */
  spec;
  /** What the fork would train with. @type {Spec} */
  draft = $state.raw(/** @type {any} */ (null));
  /** Why the engine refuses it. @type {Problem | null} */
  draftProblem = $state.raw(null);
  /** The settings that can differ. @type {Setting[]} */
  settings;
  /** The setting that differs. @type {Setting} */
  setting = $state.raw(/** @type {any} */ (null));

  #of;

  /**
   * @param {Spec} spec
   * @param {{ of: string, step: number }} of the run it branches off, and where
   */
  constructor(spec, of) {
    this.spec = spec;
    this.draft = spec;
    this.#of = of;
    this.settings = SETTINGS.filter(({ midRun, applies }) => midRun && applies(spec));
    this.choose(FIRST);
  }

  /** Chooses another setting; the one chosen before is reset. @param {string} key */
  choose(key) {
    this.setting = this.settings.find((setting) => setting.key === key) ?? this.setting;
    this.draft = this.spec;
    this.draftProblem = null;
  }

  /** @param {Problem} problem */
  refuse(problem) {
    this.draftProblem = problem;
  }

  /** @param {Setting} setting @param {Value} value */
  change(setting, value) {
    this.draft = writeSetting(this.spec, setting, value);
    this.draftProblem = null;
  }

  /** Whether it would differ from the run at all. */
  get differs() {
    return describeChanges(this.spec, this.draft) !== '';
  }

  /** The name it would have. */
  get name() {
    return automaticName(this.draft, { before: null, fork: { ...this.#of, spec: this.spec } });
  }
}
