/**
 * The run: steps in short bursts, evaluations in slices, and between them what the page is told and
 * shown. After each piece other tasks get their turn, so that commands and drawings are answered at once.
 */

import { Costs } from './costs.js';
import { Evaluations, stepsToValidation } from './evaluation.js';
import { isKeptStep, nextKeptStep } from './kept-steps.js';
import { refusalOf } from '../problem.js';
import { Instruments } from '../instruments/instruments.js';
import { Progress } from './progress.js';
import { Snapshots } from './snapshots.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/reports.js').Probe} Probe */
/** @typedef {import('../../model/reports.js').Touch} Touch */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/** How long a drawing waits for its answer, at most, unless a single step takes longer. */
const BURST_MS = 12;

/** What is lost, at most, when the worker dies. */
export const CHECKPOINT_MS = 4_000;

export class TrainingLoop {
  #session;
  #pool;
  #emit;
  #nextTask;
  #now;
  #fail;
  #still;
  #evaluations;
  #progress;
  #snapshots;
  #costs;
  #instruments;

  #built = false;
  #running = false;
  /** Steps still to be made: infinitely many while training. */
  #wanted = 0;
  /** After the steps that are wanted comes a pause that the page is told of. */
  #pausing = false;
  /** The images of the next step have not come yet. */
  #starved = false;
  /** The last step has been made, its evaluations have not. */
  #ending = false;
  /** What is being evaluated only fills a pause, and gives way to the next step. */
  #filling = false;
  #testedStep = 0;
  /** @type {Set<Touch>} */
  #touched = new Set();
  /** What runs now. @type {Spec | null} */
  spec = null;
  #checkpointAt = -Infinity;
  /** The step of the last checkpoint. */
  #checkpointOf = -1;
  /** Steps are under way: nothing may change what they build on. */
  #stepping = false;

  /**
   * @param {object} parts
   * @param {Session} parts.session
   * @param {import('../pool/pool.js').Pool} parts.pool
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {() => number} parts.now milliseconds
   * @param {(error: unknown) => void} parts.fail hears of a trap, after which nothing more is done
   * @param {() => void} parts.still hears whenever steps that were under way have ended
   */
  constructor({ session, pool, emit, nextTask, now, fail, still }) {
    this.#session = session;
    this.#pool = pool;
    this.#still = still;
    this.#emit = emit;
    this.#nextTask = nextTask;
    this.#now = now;
    this.#fail = fail;
    this.#evaluations = new Evaluations(session, emit, now);
    this.#progress = new Progress(emit, now);
    this.#snapshots = new Snapshots(session, emit, now);
    this.#costs = new Costs(session, pool, emit, now);
    this.#instruments = new Instruments(session, emit, now);
  }

  /**
   * Takes over the run that the session has just started or restored; it stands still.
   * @param {Spec} spec
   * @param {Summary} summary
   * @param {number} elapsed seconds of training so far
   * @param {object} [origin] of a run that is gone on with
   * @param {string | null} [origin.run] what the page calls it
   * @param {Touch[]} [origin.touched] what was changed by hand before
   */
  begin(spec, summary, elapsed, { run = null, touched = [] } = {}) {
    this.#built = true;
    this.#touched = new Set(touched);
    this.spec = spec;
    this.#testedStep = 0;
    this.#standStill();
    this.#pool.begin(spec);
    this.#progress.begin(elapsed, spec.training.batch_size);
    this.#costs.begin(spec.training.batch_size);
    this.#snapshots.begin(summary);
    this.#instruments.begin(summary);
    const position = this.#session.position();
    this.#emit({ type: 'built', spec, summary, step: position.step, run });
    if (position.step > 0) this.#progress.tell(position);
    if (run !== null && position.step > 0) this.#judgeWhileStill();
    this.#checkpoint();
    this.#wake();
  }

  /** What is restored may never have been judged at this step; nobody has to wait for it. */
  #judgeWhileStill() {
    this.#filling = true;
    this.#evaluations.add('validation');
    this.#test(this.#session.position().step);
  }

  /** Whether steps are under way: whoever wants to change the run must wait for them to end. */
  get stepping() {
    return this.#stepping;
  }

  /** Lets steps that are under way end soon. */
  hurry() {
    this.#pool.hurry();
  }

  /** Sends what has been learnt since the last checkpoint, before another run takes this one's place. */
  keep() {
    if (!this.#built || this.#session.diverged()) return;
    const position = this.#session.position();
    if (position.step === this.#checkpointOf) return;
    this.#progress.tell(position);
    this.#checkpoint();
  }

  train() {
    if (!this.#canStep() || this.#wanted === Infinity) return;
    this.#pausing = false;
    this.#want(Infinity);
    this.#emit({ type: 'training' });
  }

  /** Trains until the run has made `step` steps, and pauses. @param {number} step */
  trainTo(step) {
    const missing = step - this.#session.position().step;
    if (!this.#canStep() || !(missing > 0)) return;
    this.#pausing = true;
    this.#want(missing);
    this.#emit({ type: 'training' });
  }

  /** Makes one step, unless it is training anyway. */
  step() {
    if (this.#canStep() && this.#wanted === 0 && !this.#session.position().finished) this.#want(1);
  }

  pause() {
    if (this.#wanted > 0) this.#rest();
  }

  #rest() {
    this.#wanted = 0;
    this.#pausing = false;
    const position = this.#session.position();
    this.#progress.tell(position);
    this.#emit({ type: 'paused', reason: 'user' });
    this.#checkpoint();
    if (position.step !== this.#testedStep) {
      this.#filling = !this.#evaluations.pending;
      this.#test(position.step);
    }
    this.#wake();
  }

  /** @param {import('../../model/spec.js').Training} training */
  configure(training) {
    this.#session.configure(training);
    this.#pool.configure(training);
    this.#costs.changed();
    const position = this.#session.position();
    const changed = JSON.stringify(training) !== JSON.stringify(this.spec?.training);
    if (changed && position.step > 0) this.#touched.add('settings');
    if (this.spec) this.spec = { ...this.spec, training };
    if (!position.finished) this.#ending = false;
    this.#progress.configure(training.batch_size);
    this.#emit({ type: 'configured', training, step: position.step });
    this.#progress.tell(position);
    this.#checkpoint();
  }

  goBack() {
    const step = this.#session.goBack();
    this.#standStill();
    this.#progress.forget();
    this.#snapshots.weightsChanged();
    this.#instruments.restart();
    this.#emit({ type: 'wentBack', step });
    this.#progress.tell(this.#session.position());
    this.#checkpoint();
    this.#wake();
  }

  /**
   * A drawing is answered at once; a snapshot follows.
   * @param {Probe} probe
   * @param {number} drawnAt
   */
  lookAt(probe, drawnAt) {
    this.#snapshots.lookAt(probe);
    if (probe.kind === 'drawing' && this.#built) {
      const probabilities = probe.pixels && this.#session.predict(probe.pixels);
      this.#emit({ type: 'prediction', probabilities, pixels: probe.pixels, drawnAt });
    }
    this.#wake();
  }

  /** @param {import('../../model/reports.js').Watched} watched */
  watch(watched) {
    this.#snapshots.watch(watched);
    this.#instruments.watch(watched.instruments);
    this.#wake();
  }

  /** What was changed by hand in this run. @type {Touch[]} */
  get touched() {
    return [...this.#touched];
  }

  /** The image that is looked at now, null while it has not come. */
  get image() {
    return this.#snapshots.image;
  }

  /** A weight has been changed by hand: what was measured is of another network. */
  weightSet() {
    this.#touched.add('weights');
    const judging = this.#evaluations.pending && !this.#filling;
    this.#evaluations.restart();
    this.#snapshots.weightsChanged();
    this.#instruments.restart();
    if (this.#wanted === 0 && !judging && this.#session.position().step > 0) {
      this.#filling = true;
      this.#evaluations.add('test');
    }
    this.#checkpoint();
    this.#wake();
  }

  /** The page has drawn the last snapshot. */
  painted() {
    this.#snapshots.painted();
    this.#wake();
  }

  imagesCame() {
    this.#starved = false;
    this.#snapshots.imagesCame();
    this.#wake();
  }

  #canStep() {
    return this.#built && !this.#session.diverged();
  }

  /** @param {number} steps */
  #want(steps) {
    if (this.#filling) this.#evaluations.clear();
    this.#filling = false;
    this.#wanted = steps;
    this.#wake();
  }

  #standStill() {
    this.#wanted = 0;
    this.#pausing = false;
    this.#starved = false;
    this.#ending = false;
    this.#filling = false;
    this.#evaluations.clear();
  }

  #wake() {
    if (this.#running || !this.#built) return;
    this.#running = true;
    this.#run().catch((error) => this.#fail(error));
  }

  async #run() {
    do await this.#nextTask();
    while (await this.#piece());
    this.#running = false;
  }

  /**
   * One piece of work, short enough for nobody to wait for.
   * @returns {Promise<boolean>} whether there is more to do
   */
  async #piece() {
    const start = this.#now();
    const stepping = await this.#stepOrEvaluate();
    const training = this.#wanted > 0;
    const paints = this.#snapshots.due(training);
    if (paints) this.#snapshots.take();
    if (training) {
      this.#progress.tellSometimes(this.#session.position(), paints);
      if (this.#now() - this.#checkpointAt >= CHECKPOINT_MS) {
        // The page must know every step that a recovered run will not make again.
        this.#progress.tell(this.#session.position());
        this.#checkpoint();
      }
      this.#progress.spent(this.#now() - start - stepping);
    }
    const measuring = this.#instruments.slice(training);
    const busy = this.#evaluations.pending || this.#ending || (this.#wanted > 0 && !this.#starved);
    return busy || measuring || this.#rehearse();
  }

  /**
   * Finds out what an epoch will take, while there is nothing else to do and nothing has been trained.
   * @returns {boolean} whether there is more of it to do
   */
  #rehearse() {
    const atStart = this.#session.position().step === 0 && !this.#session.diverged();
    if (this.#wanted > 0 || !atStart || !this.#costs.curious) return false;
    return this.#costs.rehearse();
  }

  /** @returns {Promise<number>} the milliseconds that went into steps */
  async #stepOrEvaluate() {
    if (this.#evaluations.pending) {
      this.#evaluations.continue();
      return 0;
    }
    if (this.#wanted > 0 && !this.#ending && this.#session.position().finished) this.#ending = true;
    if (this.#ending) this.#finish();
    return this.#wanted > 0 && !this.#starved ? this.#burst() : 0;
  }

  /** @returns {Promise<number>} the milliseconds that went into steps */
  async #burst() {
    const before = this.#session.position();
    const toValidation = stepsToValidation(before);
    const start = this.#now();
    const toKept = nextKeptStep(before.step) - before.step;
    const made = await this.#steps(Math.min(this.#wanted, toValidation, toKept));
    const took = this.#now() - start;
    if (made) this.#account(made, took, toValidation, before.epoch);
    this.#still();
    return made ? took : 0;
  }

  /**
   * @param {number} count
   * @returns {Promise<Float32Array | null>} null if the images have not come yet
   */
  async #steps(count) {
    this.#stepping = true;
    try {
      return await this.#pool.steps(count, BURST_MS);
    } catch (error) {
      if (refusalOf(error)?.code !== 'not_ready') throw error;
      this.#starved = true;
      return null;
    } finally {
      this.#stepping = false;
    }
  }

  /**
   * @param {Float32Array} made
   * @param {number} took milliseconds
   * @param {number} toValidation
   * @param {number} epoch before these steps
   */
  #account(made, took, toValidation, epoch) {
    const position = this.#session.position();
    this.#progress.stepped(made, position.step, took, this.#pool.workers);
    this.#snapshots.weightsChanged();
    this.#costs.stepped(took, position.epoch > epoch);
    const divergence = this.#session.diverged();
    if (divergence) this.#diverge(divergence);
    else if (made.length === 0) throw new Error('no step was made, and no reason given');
    else this.#afterSteps(made.length / 3, toValidation, position.epoch > epoch);
  }

  /**
   * @param {number} steps
   * @param {number} toValidation
   * @param {boolean} epochEnded
   */
  #afterSteps(steps, toValidation, epochEnded) {
    this.#wanted -= steps;
    const position = this.#session.position();
    if (epochEnded || steps === toValidation) this.#evaluations.add('validation');
    if (epochEnded) this.#test(position.step);
    if (position.finished) this.#ending = true;
    const kept = isKeptStep(position.step);
    const stops = this.#wanted === 0;
    if (stops && this.#pausing && !this.#ending) this.#rest();
    else if (stops || kept) this.#progress.tell(position);
    if (kept) this.#checkpoint();
  }

  /** @param {number} step */
  #test(step) {
    this.#testedStep = step;
    this.#evaluations.add('test');
  }

  #finish() {
    this.#ending = false;
    this.#wanted = 0;
    this.#pausing = false;
    this.#progress.tell(this.#session.position());
    this.#emit({ type: 'paused', reason: 'finished' });
    this.#checkpoint();
  }

  /** @param {{ step: number, layer: number | null, message: string }} divergence */
  #diverge({ step, layer, message }) {
    this.#standStill();
    this.#progress.tell(this.#session.position());
    const goBackTo = this.#session.canGoBackTo();
    this.#emit({ type: 'diverged', step, layer, goBackTo, problem: { code: 'not_finite', message, layer } });
  }

  #checkpoint() {
    const { step } = this.#session.position();
    const bytes = this.#session.checkpoint();
    const touched = this.#touched.size > 0 ? { touched: this.touched } : {};
    const checkpoint = { step, elapsed: this.#progress.elapsed, bytes, ...touched };
    this.#emit({ type: 'checkpoint', checkpoint }, [/** @type {ArrayBuffer} */ (bytes.buffer)]);
    this.#checkpointAt = this.#now();
    this.#checkpointOf = step;
  }
}
