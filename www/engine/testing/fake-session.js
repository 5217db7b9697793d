/**
 * A stand-in for the engine that counts instead of computing, with a clock that only its work moves. What only answers
 * requests is tested with the engine itself.
 */

import { Refusal } from '../problem.js';
import { IMAGES } from './fake-data.js';
import { FakePasses } from './fake-passes.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/reports.js').Split} Split */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */

const BLOCK = 16;

/** One convolution and one dense layer. @type {Summary} */
export const SUMMARY = {
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', shape: [2, 2, 2], parameters: 20, multiply_adds: 72 },
    { type: 'dense', shape: [10], parameters: 90, multiply_adds: 80 },
  ],
  stages: [0, 1].map((layer) => ({ first_layer: layer, last_layer: layer })),
  classes: 10,
  parameters: 110,
  multiply_adds: 152,
};

/** With the form that the spec states. @param {Spec} spec @returns {Summary} */
function summaryOf({ input, layers }) {
  const last = layers.at(-1);
  return { ...SUMMARY, input, classes: last?.type === 'dense' ? last.units : SUMMARY.classes };
}

/** @typedef {Omit<Session, 'traceWeight' | 'lossLine' | 'beginTeaching' | 'continueTeaching' | 'undoTeaching'>} Faked */

/** @implements {Faked} */
export class FakeSession extends FakePasses {
  /** Milliseconds; what each piece of work takes is added. */
  time = 0;
  stepTakes = 1;
  /** As long as this is 0, nothing is found out by it. */
  rehearsalTakes = 0;
  evaluatedPerMs = 10;
  /** Images that the run learns from, as far as evaluations know. */
  trainingImages = IMAGES.training;
  /** Images of each split that a survey may pass. */
  surveyable = { ...IMAGES };
  /** Images evaluated in each slice of an evaluation. @type {number[]} */
  slices = [];
  /** @type {number | null} the step whose loss is not a number */
  divergesAt = null;
  /** @type {number | null} the step that traps */
  trapsAt = null;
  /** The blocks of the last step, and whether they were computed here. @type {{ first: number, end: number, here: boolean }[]} */
  computed = [];

  /** @type {Record<string, Float32Array>} */
  parameters = {};

  /** @type {Spec | null} */
  #spec = null;
  #images = 0;
  #step = 0;
  #epoch = 0;
  #diverged = false;
  #good = 0;
  #evaluated = 0;
  #surveyed = { step: 0, images: 0, end: 0 };
  /** @type {Split} */
  #split = 'test';

  /** @type {import('../session.js').Engine} */
  engine = {
    validate(spec) {
      if (spec.layers.length === 0) throw new Refusal('impossible_shape', 'There are no layers.');
      return summaryOf(spec);
    },
    version: () => 'test',
    freshSeed: () => 7,
    facts: () => /** @type {any} */ ({ block: BLOCK }),
    checkpointFilters: () => new Float32Array(),
    emptyCheckpoint: () => new Uint8Array(),
  };

  /** @param {Spec} spec */
  start(spec) {
    const summary = this.engine.validate(spec);
    const pixels = spec.input.reduce((product, size) => product * size, 1);
    if (pixels !== this.form.pixels) throw new Refusal('impossible_shape', 'The images are of another form.');
    this.calls.push('start');
    this.#spec = spec;
    this.#images = this.#step = this.#epoch = this.#good = 0;
    this.#diverged = false;
    return summary;
  }

  /** @param {import('../../model/spec.js').Training} training */
  configure(training) {
    if (training.batch_size < 1) throw new Refusal('out_of_range', 'A step needs an image.');
    this.#spec = { ...this.#running(), training };
  }

  beginStep() {
    const { batch_size } = this.#running().training;
    if (Math.min(this.#images + batch_size, IMAGES.training) > this.loaded) {
      throw new Refusal('not_ready', 'The images have not been loaded.');
    }
    this.computed = [];
    return Math.ceil(batch_size / BLOCK);
  }

  /** @param {number} blocks */
  maxMessageLen(blocks) {
    return 100 * blocks;
  }

  /**
   * @param {number} first
   * @param {number} end
   * @param {Uint8Array} buffer
   */
  request(first, end, buffer) {
    buffer.set([first, end]);
    return 2;
  }

  /**
   * @param {number} first
   * @param {number} end
   */
  compute(first, end) {
    if (this.#step + 1 === this.trapsAt) throw new WebAssembly.RuntimeError('unreachable');
    this.computed.push({ first, end, here: true });
  }

  /** @param {Uint8Array} buffer */
  accept(buffer) {
    this.computed.push({ first: Number(buffer[0]), end: Number(buffer[1]), here: false });
  }

  finishStep() {
    if (this.#step + 1 === this.divergesAt) {
      this.#diverged = true;
      return undefined;
    }
    const { batch_size } = this.#running().training;
    const first = this.#images;
    const passed = Float32Array.from({ length: 3 * batch_size }, (_, at) => [first + at / 3, 3, 1][at % 3] ?? 0);
    this.#advance(batch_size);
    this.calls.push('step');
    return { loss: 1 / this.#step, accuracy: 0.5, learningRate: 0.05, passed };
  }

  rehearse() {
    if (this.loadedTest < IMAGES.test) throw new Refusal('not_ready', 'The images have not been loaded.');
    this.time += this.rehearsalTakes;
  }

  timing() {
    return { images: 0, updates: 0, update: 0, stages: [] };
  }

  position() {
    const { batch_size, epochs } = this.#running().training;
    const stepsPerEpoch = Math.ceil(IMAGES.training / batch_size);
    const stepInEpoch = Math.ceil(this.#images / batch_size);
    const left = Math.max(0, epochs - this.#epoch) * stepsPerEpoch - stepInEpoch;
    return {
      ...{ step: this.#step, epoch: this.#epoch, stepInEpoch, stepsPerEpoch },
      totalSteps: this.#step + Math.max(0, left),
      finished: this.#epoch >= epochs,
    };
  }

  diverged() {
    return this.#diverged ? { step: this.#step + 1, layer: 1, message: 'Layer 1 overflows.' } : undefined;
  }

  goBack() {
    this.calls.push('goBack');
    this.#diverged = false;
    this.divergesAt = null;
    this.#step = this.#good;
    return this.#good;
  }

  canGoBackTo() {
    return this.#good;
  }

  /** @param {Split} split */
  beginEvaluation(split) {
    this.calls.push(`evaluate ${split}`);
    this.#split = split;
    this.#evaluated = 0;
  }

  /** @param {number} maxImages */
  continueEvaluation(maxImages) {
    if (this.#split === 'validation' && this.loaded < IMAGES.training) throw new Refusal('not_ready', 'Not loaded.');
    const all = this.#split === 'training' ? this.trainingImages : IMAGES[this.#split];
    const images = Math.min(maxImages, all - this.#evaluated);
    this.#evaluated += images;
    this.slices.push(images);
    this.time += images / this.evaluatedPerMs;
    return this.#evaluated === all;
  }

  evaluation() {
    return {
      ...{ images: this.#evaluated, loss: 1 / this.#step, accuracy: 0.9, classes: 10 },
      ...{ confusion: new Uint32Array(100), perClass: [], macro: { precision: 1, recall: 1, f1: 1 } },
      ...{ predicted: new Uint8Array(this.#evaluated), confidence: new Float32Array(this.#evaluated) },
    };
  }

  /** @param {Uint8Array} pixels */
  predict(pixels) {
    this.expectImage(pixels);
    this.calls.push('predict');
    return new Float32Array(10);
  }

  /** @param {string} name */
  parameter(name) {
    return (this.parameters[name] ??= new Float32Array(name.endsWith('bias') ? 2 : 18)).slice();
  }

  /**
   * @param {string} name
   * @param {Float32Array} values
   */
  setParameter(name, values) {
    this.calls.push(`set ${name}`);
    this.parameters[name] = values.slice();
  }

  /** @param {boolean} on */
  watchGradientNorms(on) {
    this.calls.push(`gradient norms ${on ? 'on' : 'off'}`);
  }

  takeGradientNorms() {
    return [{ step: this.#step, layers: [] }];
  }

  /**
   * @param {Split} split
   * @param {number} images
   */
  beginSurvey(split, images) {
    this.calls.push(`survey ${split}`);
    this.#surveyed = { step: this.#step, images: 0, end: Math.min(images, this.surveyable[split]) };
  }

  /** @param {number} images */
  continueSurvey(images) {
    const survey = this.#surveyed;
    const seen = Math.min(images, survey.end - survey.images);
    survey.images += seen;
    this.time += seen / this.evaluatedPerMs;
    return survey.images === survey.end;
  }

  finishSurvey() {
    const { step, images } = this.#surveyed;
    const layer = { fired: Uint32Array.of(1, 0), images: new Uint32Array(2), values: new Float32Array(2) };
    const layers = [{ ...layer, positions: new Uint32Array(2) }];
    const features = Float32Array.from({ length: 3 * images }, (_, at) => Math.sin(at));
    return { step, images, count: 1, lastHidden: 0, features, predicted: new Uint8Array(images), layers };
  }

  fingerprint() {
    return this.#step.toString(16).padStart(16, '0');
  }

  checkpoint() {
    return Uint8Array.from([this.#step & 255, this.#step >> 8]);
  }

  /** What checkpoints say that they are of; null: what runs. @type {Spec | null} */
  checkpointSpec = null;

  /** @param {Uint8Array} bytes */
  readCheckpoint(bytes) {
    if (bytes.length !== 2) throw new Refusal('bad_file', 'This is not a checkpoint.');
    return { spec: this.checkpointSpec ?? this.#running(), step: Number(bytes[0]) + 256 * Number(bytes[1]) };
  }

  /** @param {Uint8Array} bytes */
  restore(bytes) {
    const { spec, step } = this.readCheckpoint(bytes);
    this.#spec = spec;
    this.#step = step;
    return spec;
  }

  #running() {
    if (!this.#spec) throw new Refusal('not_ready', 'There is no network yet.');
    return this.#spec;
  }

  /** @param {number} batchSize */
  #advance(batchSize) {
    this.time += this.stepTakes;
    this.#step += 1;
    this.#images += batchSize;
    if (this.#images < IMAGES.training) return;
    this.#images = 0;
    this.#epoch += 1;
    this.#good = this.#step;
  }
}
