/** What is reported to the page: steps, costs and checkpoints of the run, and what is viewed of its network. */

import { Instruments } from '../instruments/instruments.js';
import { Checkpoints } from './checkpoints.js';
import { Costs } from './costs.js';
import { isKeptStep } from '../../model/kept-steps.js';
import { Lives } from './lives.js';
import { Progress } from './progress.js';
import { Provenance } from './provenance.js';
import { Snapshots } from './snapshots.js';

/** @typedef {import('../session.js').StepResult} StepResult */
/** @typedef {import('../../model/reports.js').Probe} Probe */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */
/** @typedef {import('../../model/spec.js').Training} Training */

export class Reporting {
  /** What the steps of the run were made with. */
  provenance = new Provenance();
  /** What became of its training images. */
  lives = new Lives();
  #session;
  #pool;
  #emit;
  #now;
  #progress;
  #snapshots;
  #checkpoints;
  #costs;
  #instruments;
  #begun = false;

  /**
   * @param {object} parts
   * @param {import('../session.js').Session} parts.session
   * @param {import('../pool/pool.js').Pool} parts.pool
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => number} parts.now milliseconds
   * @param {import('./metronome.js').Metronome} parts.metronome
   * @param {number} parts.block images in which the engine computes
   */
  constructor({ session, pool, emit, now, metronome, block }) {
    this.#session = session;
    this.#pool = pool;
    this.#emit = emit;
    this.#now = now;
    this.#progress = new Progress(emit, now, metronome);
    this.#snapshots = new Snapshots(session, emit, now);
    const elapsed = () => this.#progress.elapsed;
    this.#checkpoints = new Checkpoints({ session, emit, now, elapsed, provenance: this.provenance });
    this.#costs = new Costs({ session, pool, emit, now, block });
    this.#instruments = new Instruments({ session, emit, now, block });
  }

  /** The image that is viewed now, null while it has not arrived. */
  get image() {
    return this.#snapshots.image;
  }

  /**
   * @param {Spec} spec of the run that begins
   * @param {Summary} summary
   * @param {number} elapsed seconds of training so far
   * @param {Parameters<Provenance['begin']>[1]} before what its steps so far were made with
   */
  begin(spec, summary, elapsed, before) {
    this.#begun = true;
    this.provenance.begin(spec.training, before);
    this.lives.begin(spec, this.#session.position().step, this.#session.fingerprint());
    this.#progress.begin(elapsed, spec.training.batch_size);
    this.#costs.begin(spec.training.batch_size);
    this.#snapshots.begin(summary);
    this.#instruments.begin(summary);
  }

  /** Reports the steps that have not been reported. */
  progress() {
    this.#progress.report(this.#session.position());
  }

  /** The settings are about to change: the page takes the steps that it hears of later to be made with the new ones. */
  beforeChange() {
    this.#progress.reportSometimes(this.#session.position(), true);
  }

  checkpoint() {
    this.#checkpoints.send();
    this.lives.mark(this.#checkpoints.step, this.#session.fingerprint());
  }

  /** Sends what has been learnt since the last checkpoint, before another run replaces this one. */
  keep() {
    if (!this.#begun || this.#session.diverged() || this.#session.position().step === this.#checkpoints.step) return;
    this.progress();
    this.checkpoint();
  }

  /**
   * Takes in a burst of steps.
   * @param {StepResult[]} results
   * @param {number} took milliseconds
   * @param {import('../session.js').Position} before these steps
   * @param {boolean} epochEnded
   */
  stepped(results, took, before, epochEnded) {
    const step = before.step + results.length;
    if (results.length > 0) this.provenance.stepped(before.step);
    this.lives.stepped(results, before);
    this.#progress.stepped(results, step, took, this.#pool.workers);
    if (isKeptStep(step)) this.#instruments.record(this.#progress.elapsed);
    this.#snapshots.weightsChanged();
    this.#costs.stepped(took, epochEnded);
  }

  /** @param {Training} training of the next step */
  configured(training) {
    this.#costs.changed();
    this.provenance.configure(training, this.#session.position().step);
    this.#progress.configure(training.batch_size);
  }

  /**
   * A weight has been changed by hand: what was measured is of another network.
   * @param {import('../../model/reports.js').WeightRef} place
   * @param {number} before
   * @param {number} value
   */
  weightSet(place, before, value) {
    this.provenance.weightSet(place, before, value);
    this.#snapshots.weightsChanged();
    this.#instruments.restart();
  }

  /** The network has learnt more of the examples: what was measured is of another network. */
  taught() {
    this.#snapshots.weightsChanged();
    this.#instruments.restart();
  }

  /** The steps after this one are undone. */
  wentBack() {
    const { step } = this.#session.position();
    this.provenance.wentBack(step);
    this.lives.wentBack(step);
    this.#progress.forget();
    this.#snapshots.weightsChanged();
    this.#instruments.restart();
  }

  /**
   * A drawing is answered at once; a snapshot follows.
   * @param {Probe} probe
   * @param {number} drawnAt
   */
  view(probe, drawnAt) {
    if (probe.kind === 'drawing' && this.#begun) {
      const probabilities = probe.pixels && this.#session.predict(probe.pixels);
      this.#emit({ type: 'prediction', probabilities, pixels: probe.pixels, drawnAt });
    }
    this.#snapshots.view(probe);
  }

  /** @param {import('../../model/reports.js').Watched} watched */
  watch(watched) {
    this.#snapshots.watch(watched);
    this.#instruments.watch(watched.instruments);
  }

  /** The page has drawn the last snapshot. */
  painted() {
    this.#snapshots.painted();
  }

  imagesArrived() {
    this.#snapshots.imagesArrived();
  }

  /**
   * Shows what is due, between two pieces of work.
   * @param {boolean} training
   * @param {number} since when the time of the run has gone into something other than steps
   * @returns {boolean} whether there is more to measure at once
   */
  between(training, since) {
    const paints = this.#snapshots.due(training);
    if (paints) this.#snapshots.take();
    if (training) this.#whileTraining(paints, since);
    return this.#instruments.slice(training);
  }

  /**
   * Estimates how long an epoch will take, while there is nothing else to do.
   * @returns {boolean} whether there is more of it to do
   */
  rehearse() {
    return this.#costs.curious && this.#costs.rehearse();
  }

  /** @param {boolean} paints whether the page is about to paint @param {number} since */
  #whileTraining(paints, since) {
    this.#progress.reportSometimes(this.#session.position(), paints);
    if (this.#checkpoints.due) {
      // The page must know every step that a recovered run will not make again.
      this.progress();
      this.checkpoint();
      this.#instruments.record(this.#progress.elapsed);
    }
    this.#progress.spent(this.#now() - since);
  }
}
