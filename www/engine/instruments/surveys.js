/** How images activate the channels of the network: counted by the engine, on a copy of the weights. */

import { Projection } from './projection.js';

/** @typedef {import('./instruments.js').Instrument} Instrument */
/** @typedef {import('./parts.js').Parts} Parts */
/** @typedef {import('../session.js').Survey} Survey */
/** @typedef {import('../../model/reports.js').Split} Split */

/** How long one slice may take. */
const SLICE_MS = 6;

/**
 * While training, a survey of all images takes seconds, because steps have priority. So it is preceded by surveys of
 * few images, each of more than the last: a first answer is quick, and what happens early in training is not missed.
 */
const FIRST_IMAGES = 64;

/** How many times as many images each next one is of. A run that rests is soon surveyed as a whole. */
const GROWTH = { training: 2, resting: 8 };

/** Digits on the map; more would cover one another. */
const MAP_IMAGES = 1_000;

/** Numbers of the last hidden layer that are fetched for the map: the wider it is, the fewer images. */
const MOST_FEATURES = 2_000_000;

/**
 * A survey in slices. It is repeated when the weights have changed, but not at once.
 * @implements {Instrument}
 */
class SurveyInstrument {
  session;
  emit;
  summary;
  block;
  #now;
  #split;
  #interval;
  #features;
  #first;
  /** Images of the survey under way or, if there is none, of the next. */
  #wanted;
  #begun = false;
  #chunk;
  /** The step of the last survey of all images. @type {number | null} */
  #doneStep = null;
  #notBefore = -Infinity;

  /**
   * @param {Parts} parts
   * @param {{ split: Split, interval: number, features?: boolean, first?: number }} settings `interval` in milliseconds,
   *   after a survey of all images; `first`: images of the first one
   */
  constructor({ session, emit, now, summary, block }, { split, interval, features = false, first = Infinity }) {
    this.session = session;
    this.emit = emit;
    this.summary = summary;
    this.#now = now;
    this.block = this.#chunk = block;
    this.#split = split;
    this.#interval = interval;
    this.#features = features;
    this.#first = this.#wanted = first;
  }

  /** Images of a survey, at most. */
  get images() {
    return Infinity;
  }

  get unfinished() {
    return this.#begun;
  }

  /** @param {number} step @param {number} now */
  due(step, now) {
    return step !== this.#doneStep && now >= this.#notBefore;
  }

  /** @param {boolean} training */
  slice(training) {
    const images = Math.min(this.images, this.#wanted, 1e6);
    if (!this.#begun) this.session.beginSurvey(this.#split, images, this.#features);
    this.#begun = true;
    if (!this.#pass()) return;
    const survey = this.session.finishSurvey();
    this.#begun = false;
    const whole = survey.images < this.#wanted;
    if (whole) this.#rest(survey.step, training);
    else this.#wanted *= training ? GROWTH.training : GROWTH.resting;
    this.report(survey, whole);
  }

  /** @param {number} step @param {boolean} training */
  #rest(step, training) {
    this.#doneStep = step;
    this.#notBefore = training ? this.#now() + this.#interval : -Infinity;
    // The effect of the next steps should be visible soon.
    if (!training) this.#wanted = this.#first;
  }

  /** @returns {boolean} whether all images have passed */
  #pass() {
    const start = this.#now();
    const done = this.session.continueSurvey(this.#chunk);
    // Never more than four times the last slice: the clock is coarse.
    const took = Math.max(this.#now() - start, SLICE_MS / 4);
    const fitting = (this.#chunk * SLICE_MS) / took;
    if (!done) this.#chunk = Math.max(this.block, Math.round(fitting / this.block) * this.block);
    return done;
  }

  /** @param {Survey} _survey @param {boolean} _whole whether it was of all images */
  report(_survey, _whole) {}

  end() {
    this.#begun = false;
    this.#wanted = this.#first;
    this.#doneStep = null;
    this.#notBefore = -Infinity;
  }
}

/** Which units never fire. */
export class CensusInstrument extends SurveyInstrument {
  /** @param {Parts} parts */
  constructor(parts) {
    super(parts, { split: 'validation', interval: 3_000, first: FIRST_IMAGES });
  }

  /** @override @param {Survey} survey @param {boolean} whole */
  report({ step, images, layers }, whole) {
    const census = { step, images, whole, layers: layers.map(({ fired }, layer) => ({ layer, fired })) };
    this.emit({ type: 'census', census });
  }

  record() {
    this.session.beginSurvey('validation', FIRST_IMAGES, false);
    while (!this.session.continueSurvey(FIRST_IMAGES));
    this.report(this.session.finishSurvey(), false);
  }
}

/** Which test digits activate each channel most. */
export class TopActivationsInstrument extends SurveyInstrument {
  /** @param {Parts} parts */
  constructor(parts) {
    super(parts, { split: 'test', interval: 3_000, first: FIRST_IMAGES });
  }

  /** @override @param {Survey} survey @param {boolean} whole */
  report({ step, images, count, layers }, whole) {
    const top = layers.map(({ images, values, positions }, layer) => ({ layer, images, values, positions }));
    this.emit({ type: 'topActivations', topActivations: { step, images, whole, count, layers: top } });
  }
}

/** Where the last hidden layer puts the test digits. */
export class MapInstrument extends SurveyInstrument {
  #projection = new Projection();
  /** What was surveyed and is still being projected. @type {Survey | null} */
  #surveyed = null;

  /** @param {Parts} parts */
  constructor(parts) {
    super(parts, { split: 'test', interval: 500, features: true });
  }

  /** @override */
  get images() {
    const summary = this.summary();
    const last = summary?.layers.findLastIndex(({ parameters }) => parameters > 0) ?? 0;
    const shape = last > 0 ? summary?.layers[last - 1]?.shape : summary?.input;
    const width = (shape ?? [1]).reduce((product, size) => product * size, 1);
    return Math.min(MAP_IMAGES, Math.max(this.block, Math.floor(MOST_FEATURES / width)));
  }

  /** @override */
  get unfinished() {
    return this.#surveyed !== null || super.unfinished;
  }

  /** @override @param {boolean} training */
  slice(training) {
    if (!this.#surveyed) return super.slice(training);
    if (!this.#projection.improve()) return;
    const { step, images, lastHidden, predicted } = this.#surveyed;
    this.#surveyed = null;
    const { points, explained } = this.#projection.result();
    const labels = Uint8Array.from({ length: images }, (_, index) => this.session.label('test', index));
    const numbers = Uint32Array.from({ length: images }, (_, index) => index);
    const map = { step, layer: lastHidden, images: numbers, labels, predicted, points, explained };
    this.emit({ type: 'map', map });
  }

  /** @override @param {Survey} survey */
  report(survey) {
    this.#surveyed = survey;
    this.#projection.begin(survey.features, survey.images);
  }

  /** @override */
  end() {
    super.end();
    this.#surveyed = null;
  }
}
