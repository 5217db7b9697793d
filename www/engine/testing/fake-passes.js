/** Passes through the stand-in for the engine, which counts those that have not been freed. */

import { Refusal } from '../problem.js';
import { FakeData } from './fake-data.js';

/** @typedef {import('../session.js').Trace} Trace */

export class FakePasses extends FakeData {
  /** Everything that was called, but for questions. @type {string[]} */
  calls = [];
  /** The result of each pass. */
  probabilities = new Float32Array(10);
  /** Traces and gradients that have not been freed. */
  unfreed = 0;

  /** @param {Uint8Array} pixels */
  trace(pixels) {
    this.expectImage(pixels);
    this.calls.push('trace');
    return this.#trace(1);
  }

  /** @param {Uint8Array} pixels */
  expectImage(pixels) {
    if (pixels.length !== this.form.pixels) throw new Refusal('bad_image', `An image has ${this.form.pixels} pixels.`);
  }

  /** @param {number} _first @param {number} count */
  traceTest(_first, count) {
    if (this.loadedTest < count) throw new Refusal('not_ready', 'The images have not been loaded.');
    return this.#trace(count);
  }

  /** @param {number} images @returns {Trace} */
  #trace(images) {
    return {
      images: () => images,
      labels: () => new Uint8Array(images),
      activation: () => new Float32Array(8),
      logits: () => new Float32Array(10),
      probabilities: () => this.probabilities.slice(),
      free: this.#lent(),
    };
  }

  backward() {
    this.calls.push('backward');
    return this.#gradients();
  }

  contrast() {
    this.calls.push('contrast');
    return this.#gradients();
  }

  #gradients() {
    const free = this.#lent();
    return { loss: () => 2, at: () => new Float32Array(8), parameter: () => new Float32Array(18), free };
  }

  /** A value of the engine's memory has been handed out; returns the function that frees it. */
  #lent() {
    this.unfreed += 1;
    return () => void (this.unfreed -= 1);
  }
}
