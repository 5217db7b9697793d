/**
 * What is measured only while it is viewed, in slices between the steps, and in no more than a small share of the
 * worker's time.
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
 * `unfinished`, no other may begin. `end` drops what has been begun, because it is no longer viewed or the network has
 * changed.
 * @typedef {{ due(step: number, now: number): boolean, unfinished: boolean, slice(training: boolean): void, end(): void }} Instrument
 */

/** While training, instruments take at most this share of the worker's time, all together. */
const SHARE = 0.05;

export class Instruments {
  #session;
  #now;
  /** @type {Record<Exclude<Name, 'backward'>, Instrument>} */
  #all;
  /** @type {Instrument[]} */
  #watched = [];
  #notBefore = -Infinity;
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
  }

  /** @param {Summary} summary the network that is measured from now on */
  begin(summary) {
    this.#summary = summary;
    this.restart();
  }

  /** What was begun belongs to weights that are gone. */
  restart() {
    for (const instrument of Object.values(this.#all)) instrument.end();
  }

  /** @param {Name[]} names */
  watch(names) {
    this.#watched = Object.entries(this.#all).flatMap(([name, instrument]) => {
      const wanted = names.includes(/** @type {Name} */ (name));
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
    const done = next !== undefined && this.#run(next, training);
    const end = this.#now();
    if (next) this.#notBefore = end + (end - start) / SHARE;
    return done && !training;
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
   * @param {boolean} training
   * @returns {boolean} false if the engine refused it: it must wait for images that have not arrived yet
   */
  #run(instrument, training) {
    try {
      instrument.slice(training);
      return true;
    } catch (error) {
      if (!refusalOf(error)) throw error;
      instrument.end();
      return false;
    }
  }
}
