/** One run as the page keeps it: where it began, its curves and evaluations, and at which steps its weights are kept. */

import { lastAt } from '../lib/curve.js';
import { Curves } from '../model/curves.js';
import { describeChanges } from '../model/settings.js';
import { extended, sameTraining, shortened, trainingOf } from '../model/training.js';
import { toDrop } from './thinning.js';

/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('../model/training.js').Stretch} Stretch */
/** @typedef {{ step: number, elapsed: number, size: number }} Kept where a checkpoint is, and the bytes it takes */
/** @typedef {{ type: 'taught', step: number, examples: number } | { type: 'untaught' }} Teaching */
/** @typedef {{ of: string, step: number, spec: Spec }} Fork the run it branched off, by name, where, and what that was training with */

/**
 * `spec` is what its first step was made with, `lastSpec` its last; without a step, both are what the first would be
 * made with. `stretches` are the settings in between, `changes` the steps after which something was changed by hand.
 * `fromFile`: it began with the weights of a file.
 * `shown`: it is drawn over the curves of the current run; 'auto' until the next run begins.
 * `deleted`: it is removed as soon as that can no longer be undone.
 * @typedef {{
 *   id: string, number: number, givenName: string | null, before: Spec | null, fork: Fork | null,
 *   spec: Spec, lastSpec: Spec, summary: Summary, updatedAt: number,
 *   firstStep: number, lastStep: number, elapsed: number, stretches: Stretch[], changes: number[], fromFile: boolean,
 *   curves: import('../model/curves.js').StoredCurves, evaluations: Evaluation[], kept: Kept[],
 *   shown: boolean | 'auto', deleted: boolean,
 * }} StoredRun
 */

/** Kept steps of a run: as many as a slider can tell apart and a page can hold. */
export const MOST_KEPT = 40;

/** More changes than anyone makes by hand in one run. */
const MOST_CHANGES = 1000;

/** Evaluations of a run that are kept; the oldest go first. */
export const MOST_EVALUATIONS = 600;

export class Run {
  /** The filters at kept steps, by layer, as far as they have been read. @type {Map<number, Map<number, Float32Array>>} */
  #filters = new Map();
  /** What is stored of it, except that the curves here do not grow. @type {StoredRun} */
  data;
  /** @type {Curves | null} */
  #curves = null;
  /** What was known of it before the last teaching. @type {{ changes: number[], marks: import('../model/curves.js').Mark[] } | null} */
  #untaught = null;

  /** @param {Partial<StoredRun> & Pick<StoredRun, 'id' | 'spec' | 'summary'>} stored */
  constructor(stored) {
    this.data = {
      ...{ number: 1, givenName: null, before: null, fork: null, lastSpec: stored.spec, updatedAt: 0 },
      ...{ firstStep: 0, lastStep: 0, elapsed: 0, changes: [], fromFile: false, curves: new Curves().stored() },
      ...{ evaluations: [], kept: [], shown: false, deleted: false, stretches: stretchesOf(stored) },
      ...stored,
    };
  }

  get id() {
    return this.data.id;
  }

  get curves() {
    return (this.#curves ??= Curves.from(this.data.curves));
  }

  /** Steps at which its weights are kept, rising. */
  get steps() {
    return this.data.kept.map(({ step }) => step);
  }

  /** Whether it has made a step of its own. */
  get began() {
    return this.data.lastStep > this.data.firstStep;
  }

  /** Whether it begins with the weights of a file, and has not gone on from them. */
  get isBroughtIn() {
    return !this.began && this.data.fromFile;
  }

  /** What a step was made with. @param {number} step @returns {Spec} */
  specAt(step) {
    return { ...this.data.spec, training: trainingOf(this.data.stretches, step) };
  }

  /** What it begins with, as long as it has not. @param {Spec} spec */
  beginWith(spec) {
    const stretches = [{ after: this.data.firstStep, training: spec.training }];
    Object.assign(this.data, { spec, lastSpec: spec, stretches });
  }

  /**
   * Steps after `after` are made with `spec`. Only now is a change of settings a part of the run.
   * @param {Spec} spec
   * @param {number} after
   */
  goOnWith(spec, after) {
    const { data } = this;
    const before = this.began ? data.lastSpec : data.fork?.spec;
    if (!this.began) this.beginWith(spec);
    if (!before || sameTraining(before.training, spec.training)) return;
    if (this.began) data.stretches = extended(data.stretches, after, spec.training);
    data.lastSpec = spec;
    data.changes = [...data.changes, after].slice(-MOST_CHANGES);
    this.curves.mark(after, describeChanges(before, spec));
  }

  /** Its network is taught examples after a step; or that has been undone. @param {Teaching} event */
  receive(event) {
    if (event.type === 'untaught') return this.#forgetTeaching();
    const { step, examples } = event;
    const { changes } = this.data;
    this.#untaught = { changes, marks: this.curves.marks };
    this.data.changes = [...changes, step].slice(-MOST_CHANGES);
    this.curves.mark(step, `Taught ${examples} ${examples === 1 ? 'example' : 'examples'} of your own`);
  }

  #forgetTeaching() {
    if (!this.#untaught) return;
    this.data.changes = this.#untaught.changes;
    this.curves.marks = this.#untaught.marks;
    this.#untaught = null;
  }

  /** Bytes: the checkpoints, and about what the rest takes. */
  get size() {
    const { kept, evaluations } = this.data;
    const { train, validation, test } = this.#curves ?? this.data.curves;
    const points = train.step.length + validation.step.length + test.step.length;
    const evaluated = evaluations.reduce(
      (sum, { predicted, confusion }) => sum + 5 * predicted.length + 4 * confusion.length,
      0,
    );
    return kept.reduce((sum, { size }) => sum + size, 0) + 12 * points + evaluated;
  }

  /**
   * Keeps an evaluation in place of one of the same step. The predictions of single images are kept of the last of each split only.
   * The training curve is that of the steps.
   * @param {Evaluation} evaluation
   */
  addEvaluation(evaluation) {
    const { split, step, loss, accuracy } = evaluation;
    const curve = split === 'training' ? null : this.curves[split];
    curve?.truncate(step - 1);
    curve?.add(step, loss, accuracy);
    const nothing = { predicted: new Uint8Array(0), confidence: new Float32Array(0) };
    const others = this.data.evaluations.filter((old) => old.split !== split || old.step !== step);
    const before = others.map((old) => (old.split === split ? { ...old, ...nothing } : old));
    this.data.evaluations = [...before, evaluation].slice(-MOST_EVALUATIONS);
  }

  /**
   * The latest evaluation of each split up to a step.
   * @param {number} step
   * @returns {Record<import('../model/reports.js').Split, Evaluation | null>}
   */
  evaluationsAt(step) {
    const latest = (/** @type {string} */ split) =>
      this.data.evaluations.findLast((one) => one.split === split && one.step <= step) ?? null;
    return { training: latest('training'), validation: latest('validation'), test: latest('test') };
  }

  /**
   * @param {number} step
   * @returns {{ loss: number, accuracy: number }} of the last training step up to it
   */
  trainedAt(step) {
    const { train } = this.curves;
    const index = lastAt(train.step, step);
    return { loss: Number(train.loss[index] ?? NaN), accuracy: Number(train.accuracy[index] ?? NaN) };
  }

  /**
   * @param {Kept} kept
   * @returns {number[]} the steps whose checkpoints are to be dropped for it
   */
  keep(kept) {
    const others = this.data.kept.filter(({ step }) => step !== kept.step);
    this.data.kept = [...others, kept].sort((a, b) => a.step - b.step);
    this.data.lastStep = Math.max(this.data.lastStep, kept.step);
    this.data.elapsed = Math.max(this.data.elapsed, kept.elapsed);
    const dropped = toDrop(this.steps, MOST_KEPT);
    this.drop(dropped);
    return dropped;
  }

  /** @param {readonly number[]} steps whose checkpoints have been dropped */
  drop(steps) {
    this.data.kept = this.data.kept.filter(({ step }) => !steps.includes(step));
    for (const step of steps) this.#filters.delete(step);
  }

  /** @param {number} step @param {number} layer @returns {Float32Array | null} null while they have not been read */
  filtersAt(step, layer) {
    return this.#filters.get(step)?.get(layer) ?? null;
  }

  /** @param {number} step @param {number} layer @param {Float32Array} weights */
  keepFilters(step, layer, weights) {
    this.#filters.set(step, (this.#filters.get(step) ?? new Map()).set(layer, weights));
  }

  /**
   * Forgets everything after `step`.
   * @param {number} step
   * @returns {number[]} the steps whose checkpoints are to be dropped
   */
  truncate(step) {
    const later = this.steps.filter((kept) => kept > step);
    this.drop(later);
    this.curves.truncate(step);
    this.data.evaluations = this.data.evaluations.filter((one) => one.step <= step);
    const { spec, fork, stretches, changes } = this.data;
    const undone = stretches.some(({ after }, index) => (index > 0 || fork) && after === step);
    this.data.changes = changes.filter((change) => change < step || (change === step && !undone));
    this.data.stretches = shortened(stretches, step);
    this.data.lastSpec = { ...spec, training: trainingOf(this.data.stretches, Infinity) };
    this.data.lastStep = Math.min(this.data.lastStep, step);
    this.data.elapsed = this.data.kept.at(-1)?.elapsed ?? 0;
    return later;
  }

  /** A copy that can be stored. @returns {StoredRun} */
  stored() {
    return { ...this.data, curves: this.#curves?.stored() ?? this.data.curves };
  }
}

/** Those of a run that was stored without them, as far as its changes tell. @param {Partial<StoredRun> & Pick<StoredRun, 'spec'>} stored @returns {Stretch[]} */
function stretchesOf({ spec, lastSpec = spec, firstStep = 0, changes = [] }) {
  const first = [{ after: firstStep, training: spec.training }];
  return extended(first, changes.at(-1) ?? firstStep, lastSpec.training);
}
