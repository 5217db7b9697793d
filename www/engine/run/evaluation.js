/** Evaluations, made in slices between which commands and drawings are answered. */

import { refusalOf } from '../problem.js';

/** @typedef {import('../session.js').Position} Position */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../protocol.js').Event} Event */
/** @typedef {import('../../model/reports.js').Split} Split */

/**
 * After which parts of an epoch the validation images are evaluated: twice early on, when the network changes
 * fastest, and at the end of each epoch. One evaluation costs as much as training on about 3,000 images, one
 * twentieth of an epoch, so more of them would slow the run down noticeably.
 */
const EVALUATED_AFTER = { first: [1 / 8, 1 / 2, 1], later: [1] };

/**
 * Of the training images so many are evaluated, at the end of each epoch: enough to compare them with the validation
 * images, for one fiftieth of the time that an epoch takes.
 */
const TRAINING_SAMPLE = 2_000;

/** What is worth knowing of a network at rest, the most important first; the gap is known with the last. */
const AT_REST = /** @type {const} */ (['test', 'training', 'validation']);

/** How long one slice may take. */
const SLICE_MS = 12;

/**
 * How many steps until the validation images are evaluated. That depends on nothing but the position, so
 * that the same run has the same curves everywhere.
 * @param {Position} position
 */
export function stepsToValidation({ epoch, stepInEpoch, stepsPerEpoch }) {
  const parts = epoch === 0 ? EVALUATED_AFTER.first : EVALUATED_AFTER.later;
  const steps = parts.map((part) => Math.ceil(part * stepsPerEpoch));
  const next = steps.find((step) => step > stepInEpoch) ?? stepInEpoch + 1;
  return next - stepInEpoch;
}

/** The evaluations that are still to be made, in order, all with the weights of this moment. */
export class Evaluations {
  #session;
  #emit;
  #now;
  #block;
  /** @type {{ split: Split, optional: boolean }[]} */
  #waiting = [];
  #begun = false;
  #images;
  /** Images of the evaluation under way that are still to be evaluated, at most. */
  #left = Infinity;
  /** The steps of the last evaluations. @type {Map<Split, number>} */
  #evaluatedAt = new Map();
  /** At which steps evaluations were refused, because their images had not all arrived. @type {Map<Split, number>} */
  #refusedAt = new Map();

  /**
   * @param {Session} session
   * @param {(event: Event) => void} emit
   * @param {() => number} now
   * @param {number} block images in which the engine computes
   */
  constructor(session, emit, now, block) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
    this.#block = this.#images = block;
  }

  /** True while the weights must not change. */
  get pending() {
    return this.#waiting.length > 0;
  }

  /** @param {Split} split */
  add(split) {
    this.#add(split, false);
  }

  /** Fills a pause with all that has not been evaluated with these weights. It gives way to the next step. */
  fillPause() {
    const { step } = this.#session.position();
    for (const split of AT_REST) if (this.#evaluatedAt.get(split) !== step) this.#add(split, true);
  }

  /** Images have arrived at a network at rest: makes up for what was refused with these weights. */
  retry() {
    const { step } = this.#session.position();
    for (const [split, refusedAt] of this.#refusedAt) if (refusedAt === step) this.#add(split, true);
    this.#refusedAt.clear();
  }

  /** Steps are to be made: drops what only fills a pause. */
  giveWay() {
    const [first] = this.#waiting;
    if (first?.optional) this.#begun = false;
    this.#waiting = this.#waiting.filter(({ optional }) => !optional);
  }

  /** The weights have changed without a step: what was begun starts over, what was evaluated is out of date. */
  restart() {
    this.#begun = false;
    this.#evaluatedAt.clear();
    this.#refusedAt.clear();
  }

  clear() {
    this.#waiting = [];
    this.restart();
  }

  /**
   * Evaluates a few images of the first split that waits; emits the result after the last. A split that is
   * refused, because its images have not all arrived, is left out: training must not wait for them. A network at rest can
   * wait: see `retry`.
   */
  continue() {
    const [next] = this.#waiting;
    if (!next) return;
    try {
      if (!this.#slice(next.split)) return;
      this.#report(next.split);
    } catch (error) {
      if (!refusalOf(error)) throw error;
      this.#refusedAt.set(next.split, this.#session.position().step);
    }
    this.#waiting.shift();
    this.#begun = false;
  }

  /** @param {Split} split @param {boolean} optional */
  #add(split, optional) {
    if (!this.#waiting.some((other) => other.split === split)) this.#waiting.push({ split, optional });
  }

  /** @param {Split} split */
  #report(split) {
    const { step, epoch } = this.#session.position();
    this.#emit({ type: 'evaluated', evaluation: { ...this.#session.evaluation(), split, step, epoch } });
    this.#evaluatedAt.set(split, step);
  }

  /**
   * @param {Split} split
   * @returns {boolean} whether all images have been evaluated
   */
  #slice(split) {
    if (!this.#begun) {
      this.#session.beginEvaluation(split);
      this.#left = split === 'training' ? TRAINING_SAMPLE : Infinity;
    }
    this.#begun = true;
    const start = this.#now();
    const images = Math.min(this.#images, this.#left);
    this.#left -= images;
    const done = this.#session.continueEvaluation(images) || this.#left === 0;
    // Never more than four times the last slice: the clock is coarse.
    const took = Math.max(this.#now() - start, SLICE_MS / 4);
    const fitting = (images * SLICE_MS) / took;
    if (!done) this.#images = Math.max(this.#block, Math.round(fitting / this.#block) * this.#block);
    return done;
  }
}
