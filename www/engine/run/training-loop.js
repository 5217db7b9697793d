/* eslint-disable max-lines -- What the run does next is one state, which all of these methods change. */
/**
 * The run: steps in short bursts, evaluations in slices, and between them what is reported to the page. After each piece
 * other tasks get their turn, so that commands and drawings are answered at once.
 */

import { refusalOf } from '../problem.js';
import { configured, DIVERGED, EMPTY, fed, isBusy, isStepping, made, pause } from './activity.js';
import { phaseOf, RESTING, ripe, step, stepsLeft, train, withBurst } from './activity.js';
import { Evaluations, stepsToValidation } from './evaluation.js';
import { isKeptStep, nextKeptStep } from '../../model/kept-steps.js';
import { Pieces } from './pieces.js';

/** @typedef {import('../session.js').Position} Position */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../session.js').StepResult} StepResult */
/** @typedef {import('./activity.js').Activity} Activity */
/** @typedef {import('../../model/spec.js').Spec} Spec */

/** How long a drawing waits for its answer, at most, unless a single step takes longer. */
const BURST_MS = 12;

export class TrainingLoop {
  #session;
  #pool;
  #reporting;
  #emit;
  #now;
  #stepsEnded;
  #evaluations;
  #metronome;
  #pieces;
  /** @type {Activity} */
  #activity = EMPTY;
  /** The phase that the page knows. @type {import('../protocol.js').Phase | null} */
  #phase = null;
  /** The spec of the run, with its settings of this moment. @type {Spec | null} */
  spec = null;

  /**
   * @param {object} parts
   * @param {Session} parts.session
   * @param {import('../pool/pool.js').Pool} parts.pool
   * @param {import('./reporting.js').Reporting} parts.reporting
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => Promise<void>} parts.nextTask
   * @param {() => number} parts.now milliseconds
   * @param {import('./metronome.js').Metronome} parts.metronome
   * @param {number} parts.block images in which the engine computes
   * @param {(error: unknown) => void} parts.fail hears of a trap, after which nothing more is done
   * @param {() => void} parts.stepsEnded hears whenever a burst of steps has ended
   */
  constructor({ session, pool, reporting, emit, nextTask, now, metronome, block, fail, stepsEnded }) {
    this.#session = session;
    this.#pool = pool;
    this.#reporting = reporting;
    this.#emit = emit;
    this.#now = now;
    this.#stepsEnded = stepsEnded;
    this.#evaluations = new Evaluations(session, emit, now, block);
    this.#metronome = metronome;
    const refused = this.#refused.bind(this);
    this.#pieces = new Pieces({ piece: () => this.#piece(), nextTask, refused, fail });
  }

  /** Whether steps are under way: what changes the run must wait for them to end. */
  get stepping() {
    return isStepping(this.#activity);
  }

  /**
   * Takes over the run that the session has just started or restored; it rests.
   * @param {Spec} spec
   * @param {import('../../model/spec.js').Summary} summary
   * @param {number} elapsed seconds of training so far
   * @param {{ run?: string | null } & Parameters<import('./provenance.js').Provenance['begin']>[1]} [origin] of a run
   *   that continues: what the page calls it, and what its steps so far were made with
   */
  begin(spec, summary, elapsed, { run = null, ...before } = {}) {
    this.spec = spec;
    this.#phase = null;
    this.#evaluations.clear();
    this.#pool.begin(spec);
    this.#reporting.begin(spec, summary, elapsed, before);
    const { step } = this.#session.position();
    this.#emit({ type: 'built', spec, summary, step, run });
    this.#become(RESTING);
    if (step > 0) this.#reporting.progress();
    // What is restored may never have been evaluated at this step. Weights from elsewhere are worth it before the first.
    const areFromElsewhere = before.touched?.some((touch) => touch !== 'settings');
    if (run !== null && (step > 0 || areFromElsewhere)) this.#evaluations.fillPause();
    this.#reporting.checkpoint();
  }

  /** Goes on with whatever there is to do. */
  wake() {
    if (this.#activity.is !== 'empty') this.#pieces.wake();
  }

  /** Lets steps that are under way end soon. */
  hurry() {
    this.#pool.hurry();
  }

  train() {
    if (this.#activity.is !== 'empty') this.#become(train(this.#activity, this.#session.position().finished));
  }

  /** Trains until the run has made `goal` steps, and pauses. @param {number} goal */
  trainTo(goal) {
    const { step, finished } = this.#session.position();
    if (goal > step) this.#become(train(this.#activity, finished, goal - step));
  }

  /** Trains to the end of the epoch, and pauses. */
  trainEpoch() {
    const { step, stepInEpoch, stepsPerEpoch } = this.#session.position();
    this.trainTo(step + stepsPerEpoch - stepInEpoch);
  }

  /** A step that waits for its time need not wait any more. */
  ripen() {
    this.#activity = ripe(this.#activity);
    this.wake();
  }

  /** Makes one step, unless it is training anyway. */
  step() {
    if (this.#activity.is !== 'empty') this.#become(step(this.#activity, this.#session.position().finished));
  }

  pause() {
    if (stepsLeft(this.#activity) > 0) this.#rest(pause(this.#activity));
  }

  /** @param {import('../../model/spec.js').Training} training */
  configure(training) {
    this.#reporting.beforeChange();
    this.#session.configure(training);
    this.#pool.configure(training);
    this.#reporting.configured(training);
    if (this.spec) this.spec = { ...this.spec, training };
    const { step, finished } = this.#session.position();
    this.#emit({ type: 'configured', training, step });
    this.#reporting.progress();
    this.#become(configured(this.#activity, finished));
    this.#reporting.checkpoint();
  }

  goBack() {
    const step = this.#session.goBack();
    this.#evaluations.clear();
    this.#reporting.wentBack();
    this.#emit({ type: 'wentBack', step });
    this.#become(RESTING);
    this.#reporting.progress();
    this.#reporting.checkpoint();
  }

  /**
   * A weight has been changed by hand: what was evaluated is of another network.
   * @param {Parameters<import('./reporting.js').Reporting['weightSet']>} edit
   */
  weightSet(...edit) {
    this.#evaluations.restart();
    this.#reporting.weightSet(...edit);
    if (stepsLeft(this.#activity) === 0 && this.#session.position().step > 0) this.#evaluations.fillPause();
    this.#reporting.checkpoint();
  }

  /** The network is being taught; `isOver`: it has been, or no longer is. @param {boolean} isOver */
  taught(isOver) {
    this.pause();
    this.#evaluations.clear();
    this.#reporting.taught();
    if (!isOver) return;
    this.#evaluations.fillPause();
    this.#reporting.checkpoint();
    this.wake();
  }

  imagesArrived() {
    this.#activity = fed(this.#activity);
    if (stepsLeft(this.#activity) === 0) this.#evaluations.retry();
    this.#reporting.imagesArrived();
    this.wake();
  }

  /** @param {Activity} next */
  #become(next) {
    if (stepsLeft(this.#activity) === 0 && stepsLeft(next) > 0) this.#evaluations.giveWay();
    this.#activity = next;
    const phase = phaseOf(next, this.#session.position());
    if (phase !== this.#phase) this.#emit({ type: 'phase', phase });
    this.#phase = phase;
  }

  /** No more steps are wanted. @param {Activity} next */
  #rest(next) {
    this.#reporting.progress();
    this.#become(next);
    this.#reporting.checkpoint();
    this.#evaluations.fillPause();
  }

  /** The engine refused a piece of work: the run rests. @param {import('../../model/reports.js').Problem} problem */
  #refused(problem) {
    this.pause();
    this.#emit({ type: 'rejected', command: 'train', problem });
  }

  /**
   * One piece of work, so short that nothing has to wait for it.
   * @returns {Promise<boolean>} whether there is more to do
   */
  async #piece() {
    const start = this.#now();
    const stepping = await this.#stepOrEvaluate();
    const measuring = this.#reporting.between(stepsLeft(this.#activity) > 0, start + stepping);
    if (isBusy(this.#activity) || this.#evaluations.pending || measuring) return true;
    return this.#activity.is === 'resting' && this.#reporting.rehearse();
  }

  /** @returns {Promise<number>} the milliseconds that went into steps */
  async #stepOrEvaluate() {
    if (this.#evaluations.pending) this.#evaluations.continue();
    else if (this.#activity.is === 'ending') this.#finish();
    else if (this.#activity.is === 'stepping' && this.#activity.burst === 'due') return this.#burst();
    return 0;
  }

  #finish() {
    this.#reporting.progress();
    this.#become(RESTING);
    this.#reporting.checkpoint();
  }

  /** @returns {Promise<number>} the milliseconds that went into steps */
  async #burst() {
    const isTraining = this.#activity.is === 'stepping' && this.#activity.training;
    if (isTraining && this.#metronome.waits(() => this.ripen())) {
      this.#activity = withBurst(this.#activity, 'early');
      return 0;
    }
    const [start, before] = [this.#now(), this.#session.position()];
    try {
      const results = await this.#steps(before);
      const took = this.#now() - start;
      if (results) this.#account(results, took, before);
      return results ? took : 0;
    } finally {
      this.#stepsEnded();
    }
  }

  /**
   * @param {Position} before
   * @returns {Promise<StepResult[] | null>} null if the images have not arrived yet
   */
  async #steps(before) {
    const toKept = nextKeptStep(before.step) - before.step;
    const atMost = this.#metronome.isSlow ? 1 : stepsLeft(this.#activity);
    const count = Math.min(atMost, stepsToValidation(before), toKept);
    if (this.#activity.is === 'stepping' && this.#activity.training) this.#metronome.beat();
    this.#activity = withBurst(this.#activity, 'running');
    try {
      return await this.#pool.steps(count, BURST_MS);
    } catch (error) {
      this.#activity = withBurst(this.#activity, 'starved');
      if (refusalOf(error)?.code !== 'not_ready') throw error;
      return null;
    }
  }

  /**
   * @param {StepResult[]} results
   * @param {number} took milliseconds
   * @param {Position} before these steps
   */
  #account(results, took, before) {
    const position = this.#session.position();
    const epochEnded = position.epoch > before.epoch;
    this.#reporting.stepped(results, took, before, epochEnded);
    const divergence = this.#session.diverged();
    if (divergence) return this.#diverge(divergence);
    if (results.length === 0) throw new Error('no step was made, and no reason given');
    if (epochEnded) this.#evaluations.add('training');
    if (epochEnded || results.length === stepsToValidation(before)) this.#evaluations.add('validation');
    if (epochEnded) this.#evaluations.add('test');
    this.#afterSteps(results.length, position);
  }

  /** @param {number} steps @param {Position} position */
  #afterSteps(steps, position) {
    const before = this.#activity;
    const next = made(before, steps, position.finished);
    const kept = isKeptStep(position.step);
    if (before.is === 'stepping' && before.training && next.is === 'resting') return this.#rest(next);
    if (kept || stepsLeft(next) === 0) this.#reporting.progress();
    this.#become(next);
    if (kept) this.#reporting.checkpoint();
  }

  /** @param {import('../session.js').Divergence} divergence */
  #diverge({ step, layer, message }) {
    this.#evaluations.clear();
    this.#reporting.progress();
    const goBackTo = this.#session.canGoBackTo();
    this.#emit({ type: 'diverged', step, layer, goBackTo, problem: { code: 'not_finite', message, layer } });
    this.#become(DIVERGED);
  }
}
