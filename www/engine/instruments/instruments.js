/**
 * What is measured in slices between the steps, in no more than a small share of the worker's time: most of it only
 * while it is viewed, and a little of it always, so that there is a record of the run when it is opened.
 */

import { refusalOf } from '../problem.js';
import { GradientNormsInstrument } from './gradient-norms.js';
import { HistogramsInstrument } from './histograms.js';
import { CensusInstrument, MapInstrument, TopActivationsInstrument } from './surveys.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/reports.js').Instrument} Name */
/** @typedef {import('../../model/reports.js').Watched} Watched */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * One instrument. `due`: it has something to measure, at this step and time. `slice` does a piece of it; while it is
 * `unfinished`, no other may begin. `record` measures a little at once, for the record. `end` drops what has been begun,
 * because it is no longer viewed or the network has changed.
 * @typedef {{
 *   due(step: number, now: number): boolean, unfinished: boolean, slice(training: boolean): void, record?(): void,
 *   end(): void,
 * }} Instrument
 */

/** While training, instruments take at most this share of the worker's time, all together. */
const SHARE = 0.05;

/** What is recorded while it is not viewed takes a far smaller one, after a start that covers the first kept steps. */
const RECORD_SHARE = 0.005;
const RECORD_START_MS = 40;

/** The engine measures it as it steps, at next to no cost. @type {Name} */
const ALWAYS = 'gradientNorms';

export class Instruments {
  #session;
  #now;
  /** @type {Record<Exclude<Name, 'backward'>, Instrument>} */
  #all;
  /** @type {Instrument[]} */
  #watched = [];
  #notBefore = -Infinity;
  /** Milliseconds that have gone into the record of this run. */
  #recorded = 0;
  /** The step of the last record. @type {number | null} */
  #recordedStep = null;
  /** @type {Summary | null} */
  #summary = null;

  /** @param {Omit<import('./parts.js').Parts, 'summary'>} given */
  constructor(given) {
    this.#session = given.session;
    this.#now = given.now;
    const parts = { ...given, summary: () => this.#summary };
    this.#all = {
      gradientNorms: new GradientNormsInstrument(parts),
      histograms: new HistogramsInstrument(parts),
      census: new CensusInstrument(parts),
      topActivations: new TopActivationsInstrument(parts),
      map: new MapInstrument(parts),
    };
    this.watch([]);
  }

  /** @param {Summary} summary the network that is measured from now on */
  begin(summary) {
    this.#summary = summary;
    this.#recorded = 0;
    this.restart();
  }

  /** What was begun belongs to weights that are gone. */
  restart() {
    this.#recordedStep = null;
    for (const instrument of Object.values(this.#all)) instrument.end();
  }

  /** @param {Name[]} names */
  watch(names) {
    this.#watched = Object.entries(this.#all).flatMap(([name, instrument]) => {
      const wanted = name === ALWAYS || names.includes(/** @type {Name} */ (name));
      if (!wanted && this.#watched.includes(instrument)) instrument.end();
      return wanted ? [instrument] : [];
    });
  }

  /**
   * Does one slice of what is due.
   * @param {boolean} training
   * @returns {boolean} whether there is more to do at once
   */
  slice(training) {
    const start = this.#now();
    if (!this.#summary || (training && start < this.#notBefore)) return false;
    // A run at rest is measured at once: no later step will trigger it.
    const next = this.#next(training ? start : Infinity);
    const done = next !== undefined && this.#try(next, () => next.slice(training));
    const end = this.#now();
    if (next) this.#notBefore = end + (end - start) / SHARE;
    // A run at rest has time for its record.
    else if (!training) this.#record();
    return done && !training;
  }

  /**
   * Measures, at a step that is kept, what is recorded and not viewed.
   * @param {number} trained seconds of training so far
   */
  record(trained) {
    if (!this.#summary || this.#recorded > RECORD_START_MS + RECORD_SHARE * 1000 * trained) return;
    const start = this.#now();
    this.#record();
    this.#recorded += this.#now() - start;
  }

  #record() {
    const { step } = this.#session.position();
    const all = Object.values(this.#all);
    if (step === this.#recordedStep || all.some(({ unfinished }) => unfinished)) return;
    const due = all.filter((instrument) => instrument.record && !this.#watched.includes(instrument));
    const done = due.map((instrument) => this.#try(instrument, () => instrument.record?.()));
    if (done.every(Boolean)) this.#recordedStep = step;
  }

  /** The one that is unfinished, or else those that are due in turn. @param {number} now */
  #next(now) {
    const { step } = this.#session.position();
    const next =
      this.#watched.find(({ unfinished }) => unfinished) ??
      this.#watched.find((instrument) => instrument.due(step, now));
    if (next) this.#watched = [...this.#watched.filter((instrument) => instrument !== next), next];
    return next;
  }

  /**
   * @param {Instrument} instrument
   * @param {() => void} measure
   * @returns {boolean} false if the engine refused it: it must wait for images that have not arrived yet
   */
  #try(instrument, measure) {
    try {
      measure();
      return true;
    } catch (error) {
      if (!refusalOf(error)) throw error;
      instrument.end();
      return false;
    }
  }
}
