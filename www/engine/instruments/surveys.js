/** What some of the images do to the channels of the network: counted by the engine, on a copy of the weights. */

import { Projection } from './projection.js';

/** @typedef {import('./instruments.js').Instrument} Instrument */
/** @typedef {import('./parts.js').Parts} Parts */
/** @typedef {import('../session.js').Survey} Survey */
/** @typedef {import('../../model/reports.js').Split} Split */

/** How long one slice may take. */
const SLICE_MS = 6;

/** The engine works in blocks of this many images. */
const BLOCK = 16;

/**
 * A survey of all images takes seconds while training, for the steps go first. So there are surveys of the first images
 * before it, of ever more: the first answer comes early, and what happens early is not missed.
 */
const FIRST_IMAGES = 64;

/** How many times as many each next one is of. What stands still is soon looked at as a whole. */
const GROWTH = { training: 2, still: 8 };

/** Digits on the map; more would cover one another. */
const MAP_IMAGES = 1_000;

/** Numbers of the last hidden layer that are fetched for the map: of a wide one, of fewer images. */
const MOST_FEATURES = 2_000_000;

/**
 * A survey in slices. It is made again when the weights have changed, but not at once.
 * @implements {Instrument}
 */
class SurveyInstrument {
  session;
  emit;
  summary;
  #now;
  #split;
  #interval;
  #features;
  #first;
  /** Images of the survey under way or, if there is none, of the next. */
  #wanted;
  #begun = false;
  #chunk = BLOCK;
  /** The step of the last survey of all images. @type {number | null} */
  #doneStep = null;
  #notBefore = -Infinity;

  /**
   * @param {Parts} parts
   * @param {{ split: Split, interval: number, features?: boolean, first?: number }} settings `interval` in milliseconds,
   *   after a survey of all images; `first`: images of the first one
   */
  constructor({ session, emit, now, summary }, { split, interval, features = false, first = Infinity }) {
    this.session = session;
    this.emit = emit;
    this.summary = summary;
    this.#now = now;
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
    if (!this.#look()) return;
    const survey = this.session.finishSurvey();
    this.#begun = false;
    const whole = survey.images < this.#wanted;
    if (whole) this.#rest(survey.step, training);
    else this.#wanted *= training ? GROWTH.training : GROWTH.still;
    this.tell(survey, whole);
  }

  /** @param {number} step @param {boolean} training */
  #rest(step, training) {
    this.#doneStep = step;
    this.#notBefore = training ? this.#now() + this.#interval : -Infinity;
    // When steps are made again, what they do is to be seen soon.
    if (!training) this.#wanted = this.#first;
  }

  /** @returns {boolean} whether all images have been seen */
  #look() {
    const start = this.#now();
    const done = this.session.continueSurvey(this.#chunk);
    // Never more than four times the last slice: the clock is coarse.
    const took = Math.max(this.#now() - start, SLICE_MS / 4);
    if (!done) this.#chunk = Math.max(BLOCK, Math.round((this.#chunk * SLICE_MS) / took / BLOCK) * BLOCK);
    return done;
  }

  /** @param {Survey} _survey @param {boolean} _whole whether it was of all images */
  tell(_survey, _whole) {}

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
  tell({ step, images, layers }, whole) {
    const census = { step, images, whole, layers: layers.map(({ fired }, layer) => ({ layer, fired })) };
    this.emit({ type: 'census', census });
  }
}

/** Which test digits excite each channel most. */
export class PeaksInstrument extends SurveyInstrument {
  /** @param {Parts} parts */
  constructor(parts) {
    super(parts, { split: 'test', interval: 3_000, first: FIRST_IMAGES });
  }

  /** @override @param {Survey} survey @param {boolean} whole */
  tell({ step, images, count, layers }, whole) {
    const peaks = layers.map(({ images, values, positions }, layer) => ({ layer, images, values, positions }));
    this.emit({ type: 'peaks', peaks: { step, images, whole, count, layers: peaks } });
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
    return Math.min(MAP_IMAGES, Math.max(BLOCK, Math.floor(MOST_FEATURES / width)));
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
    const labels = Uint8Array.from({ length: images }, (_, index) => this.session.testLabel(index));
    const numbers = Uint32Array.from({ length: images }, (_, index) => index);
    const map = { step, layer: lastHidden, images: numbers, labels, predicted, points, explained };
    this.emit({ type: 'map', map });
  }

  /** @override @param {Survey} survey */
  tell(survey) {
    this.#surveyed = survey;
    this.#projection.begin(survey.features, survey.images);
  }

  /** @override */
  end() {
    super.end();
    this.#surveyed = null;
  }
}
