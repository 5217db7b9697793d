/**
 * Steps on several cores: the blocks of a batch are shared out to helpers, each with an engine of its
 * own, and their gradients summed in an order that does not depend on who computed them. Nothing is
 * shared in memory, so no host has to send special headers.
 */

import { SPIN_MS } from './spin.js';
import { HelperClient } from './helper.js';
import { refusalOf } from '../problem.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../session.js').StepResult} StepResult */
/** @typedef {import('./helper.js').WorkerLike} WorkerLike */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Training} Training */

/** A helper that takes this many times as long as the owner for its share, and this long, has gone. */
const SLOWEST = 20;
const PATIENCE_MS = 2_000;

/** Helpers that died, after which no more are started: something is wrong that trying again does not cure. */
const MAX_DEATHS = 3;

export class Pool {
  #session;
  #createWorker;
  #tuner;
  #now;
  #nextTask;
  /** @type {HelperClient[]} */
  #helpers = [];
  /** @type {Spec | null} */
  #spec = null;
  #deaths = 0;
  #hurried = false;
  /** Helpers that took part in the last step, and that could have. */
  #took = { part: 0, possible: 0 };

  /**
   * @param {object} parts
   * @param {Session} parts.session
   * @param {(() => WorkerLike) | null} parts.createWorker starts a helper
   * @param {Pick<import('./tuner.js').Tuner, 'helpers' | 'likely' | 'measured' | 'restart'>} parts.tuner
   * @param {() => number} parts.now milliseconds
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   */
  constructor({ session, createWorker, tuner, now, nextTask }) {
    this.#session = session;
    this.#createWorker = createWorker;
    this.#tuner = tuner;
    this.#now = now;
    this.#nextTask = nextTask;
  }

  /** How many workers, this one among them, made the last step. */
  get workers() {
    return this.#took.part + 1;
  }

  /** How many workers will make the steps when they have been measured, as far as can be foreseen. */
  get likelyWorkers() {
    return this.#tuner.likely + 1;
  }

  /** @param {Spec} spec what the session runs from now on */
  begin(spec) {
    this.#spec = spec;
    this.#tuner.restart();
    for (const helper of this.#helpers) helper.build(spec);
  }

  /** @param {Training} training */
  configure(training) {
    if (!this.#spec) return;
    if (training.batch_size !== this.#spec.training.batch_size) this.#tuner.restart();
    this.#spec = { ...this.#spec, training };
    for (const helper of this.#helpers) helper.configure(training);
  }

  /** Resolves when all helpers that are wanted now can be asked: for benchmarks. */
  async started() {
    while (this.#ready().length < this.#tuner.helpers && this.#deaths < MAX_DEATHS) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Lets the steps under way end with the one that has been begun: a command waits. */
  hurry() {
    this.#hurried = true;
  }

  /**
   * Makes up to `count` steps, which must not reach beyond the end of an epoch, and begins none after
   * `milliseconds`.
   * @param {number} count
   * @param {number} milliseconds
   * @returns {Promise<StepResult[]>} of each step made: fewer than wanted where images are missing, or a loss is not a number
   * @throws a refusal with the code `not_ready` if the images of the first step have not arrived
   */
  async steps(count, milliseconds) {
    this.#hurried = false;
    const deadline = this.#now() + milliseconds;
    /** @type {StepResult[]} */
    const made = [];
    let start = this.#now();
    while (made.length < count && !this.#hurried && start < deadline) {
      const step = await this.#step(made.length > 0);
      if (!step) break;
      made.push(step);
      const end = this.#now();
      this.#tuner.measured(end - start, this.#took.part, this.#took.possible);
      start = end;
    }
    return made;
  }

  /** Ends all helpers. */
  end() {
    for (const helper of this.#helpers) helper.end();
    this.#helpers = [];
  }

  /**
   * @param {boolean} mayStarve whether missing images are allowed
   * @returns {Promise<StepResult | undefined>} undefined if they are missing, or the loss is no longer a number
   */
  async #step(mayStarve) {
    try {
      return await this.share(this.#session.beginStep());
    } catch (error) {
      if (mayStarve && refusalOf(error)?.code === 'not_ready') return undefined;
      throw error;
    }
  }

  /**
   * Shares out the blocks of the step that the session has begun, and finishes it.
   * @param {number} blocks
   * @returns {Promise<StepResult | undefined>} undefined if the loss is no longer a number
   */
  async share(blocks) {
    const session = this.#session;
    const helpers = this.#ready().slice(0, blocks - 1);
    this.#took = { part: helpers.length, possible: blocks - 1 };
    const bound = (/** @type {number} */ share) => Math.floor((share * blocks) / (helpers.length + 1));
    const start = this.#now();
    const asked = helpers.map((helper, index) => {
      const [first, end] = [bound(index + 1), bound(index + 2)];
      const answer = helper.ask(session.maxMessageLen(end - first), (buffer) => session.request(first, end, buffer));
      return { helper, first, end, answer };
    });
    session.compute(0, bound(1));
    const patience = PATIENCE_MS + SLOWEST * (this.#now() - start);
    for (const { helper, first, end, answer } of asked) {
      const length = await this.#answerOf(helper, answer, patience);
      // What a helper that died owes is computed here, with the same result.
      if (length === null) session.compute(first, end);
      else session.accept(helper.bytes, length);
    }
    return session.finishStep();
  }

  /**
   * @param {HelperClient} helper
   * @param {Promise<number | null>} answer
   * @param {number} patience milliseconds after which the helper is given up
   */
  async #answerOf(helper, answer, patience) {
    let arrived = false;
    answer.then(() => (arrived = true));
    const until = this.#now() + SPIN_MS;
    while (!arrived && this.#now() < until) await this.#nextTask();
    const timer = arrived ? undefined : setTimeout(() => helper.end(), patience);
    const length = await answer;
    clearTimeout(timer);
    return length;
  }

  /** The helpers of the next step. Those that are missing are started, for a later one. */
  #ready() {
    const dead = this.#helpers.filter((helper) => helper.dead).length;
    if (dead > 0) this.#helpers = this.#helpers.filter((helper) => !helper.dead);
    this.#deaths += dead;
    while (this.#helpers.length < this.#tuner.helpers && this.#createWorker && this.#spec) {
      if (this.#deaths >= MAX_DEATHS) break;
      const helper = new HelperClient(this.#createWorker());
      helper.build(this.#spec);
      this.#helpers.push(helper);
    }
    return this.#helpers.slice(0, this.#tuner.helpers).filter((helper) => helper.ready);
  }
}
