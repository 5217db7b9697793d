/** Evaluations, made in slices between which commands and drawings are answered. */

import { refusalOf } from '../problem.js';

/** @typedef {import('../session.js').Position} Position */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../protocol.js').Event} Event */
/** @typedef {import('../../model/reports.js').Split} Split */

/**
 * At which parts of an epoch the validation images are judged: twice early on, when the network changes
 * fastest, and at the end of each epoch. A look costs as much as training on about 3,000 images, one
 * twentieth of an epoch, so more of them would slow the run down noticeably.
 */
const LOOKS = { first: [1 / 8, 1 / 2, 1], later: [1] };

/** How long one slice may take. */
const SLICE_MS = 12;

/** The engine works in blocks of this many images. */
const BLOCK = 16;

/**
 * How many steps until the validation images are judged. That depends on nothing but the position, so
 * that the same run has the same curves everywhere.
 * @param {Position} position
 */
export function stepsToValidation({ epoch, stepInEpoch, stepsPerEpoch }) {
  const looks = (epoch === 0 ? LOOKS.first : LOOKS.later).map((part) => Math.ceil(part * stepsPerEpoch));
  const next = looks.find((look) => look > stepInEpoch) ?? stepInEpoch + 1;
  return next - stepInEpoch;
}

/** The evaluations that are still to be made, in order, all of the weights of this moment. */
export class Evaluations {
  #session;
  #emit;
  #now;
  /** @type {Split[]} */
  #waiting = [];
  #begun = false;
  #images = BLOCK;

  /**
   * @param {Session} session
   * @param {(event: Event) => void} emit
   * @param {() => number} now
   */
  constructor(session, emit, now) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
  }

  /** True while the weights must not change. */
  get pending() {
    return this.#waiting.length > 0;
  }

  /** @param {Split} split */
  add(split) {
    if (!this.#waiting.includes(split)) this.#waiting.push(split);
  }

  /** What was begun must be judged anew: the weights have changed. */
  restart() {
    this.#begun = false;
  }

  clear() {
    this.#waiting = [];
    this.#begun = false;
  }

  /**
   * Judges a few images of the first split that waits; emits the result after the last. A split whose
   * images have not all come is left out: training must not wait for them.
   */
  continue() {
    const [split] = this.#waiting;
    if (!split) return;
    try {
      if (!this.#slice(split)) return;
      const { step, epoch } = this.#session.position();
      this.#emit({ type: 'evaluated', evaluation: { ...this.#session.evaluation(), split, step, epoch } });
    } catch (error) {
      if (refusalOf(error)?.code !== 'not_ready') throw error;
    }
    this.#waiting.shift();
    this.#begun = false;
  }

  /**
   * @param {Split} split
   * @returns {boolean} whether all images have been judged
   */
  #slice(split) {
    if (!this.#begun) this.#session.beginEvaluation(split);
    this.#begun = true;
    const start = this.#now();
    const done = this.#session.continueEvaluation(this.#images);
    // Never more than four times the last slice: the clock is coarse.
    const took = Math.max(this.#now() - start, SLICE_MS / 4);
    const fitting = (this.#images * SLICE_MS) / took;
    if (!done) this.#images = Math.max(BLOCK, Math.round(fitting / BLOCK) * BLOCK);
    return done;
  }
}
