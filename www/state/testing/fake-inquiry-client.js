/** Stands in for the client of the worker that asks a network: it answers every question at once, with made-up numbers. */

import { KINDS } from '../../model/inquiry.js';

/** @typedef {import('../../client/inquiry-client.js').InquiryClient} InquiryClient */
/** @typedef {import('../../model/inquiry.js').Questions} Questions */

/** @implements {Pick<InquiryClient, 'ask' | 'dispose' | 'started'>} */
export class FakeInquiryClient {
  started = 0;
  disposed = false;
  /** What has been asked. @type {{ name: string, ask: any, checkpoint: Uint8Array | null }[]} */
  asked = [];
  /** As long as it is not null, what refuses every question. @type {import('../../model/reports.js').Problem | null} */
  refuses = null;
  /** Answers wait for it, so that they can be late. @type {Promise<void>} */
  until = Promise.resolve();
  #answers;

  /** @param {{ classes?: number, form?: import('../../model/data-sets.js').ImageForm, channels?: number }} [of] the network */
  constructor({ classes = 10, form = { channels: 1, rows: 28, columns: 28 }, channels = 4 } = {}) {
    this.#answers = answersOf(classes, form, channels);
  }

  /** @type {InquiryClient['ask']} */
  async ask(name, ask, { checkpoint = null, onProgress, signal } = {}) {
    this.started = 1;
    this.asked.push({ name, ask, checkpoint });
    await this.until;
    if (signal?.aborted) return { answer: null, problem: null };
    if (this.refuses) return { answer: null, problem: this.refuses };
    const answer =
      name in this.#answers ? this.#answers[/** @type {keyof Questions} */ (name)](/** @type {any} */ (ask)) : true;
    onProgress?.(/** @type {any} */ ({ ...(typeof answer === 'object' && answer), done: 1, of: 2 }));
    return /** @type {any} */ ({ answer, problem: null });
  }

  dispose() {
    this.disposed = true;
  }

  /** @param {string} name @returns {any[]} what was asked */
  of(name) {
    return this.asked.filter((question) => question.name === name).map(({ ask }) => ask);
  }
}

/**
 * The class of an image is the sum of its bytes, and its probability is 0.7.
 * @param {number} classes
 * @param {import('../../model/data-sets.js').ImageForm} form
 * @param {number} channels of every layer
 * @returns {{ [Name in keyof Questions]: (ask: Questions[Name]['ask']) => Questions[Name]['answer'] }}
 */
function answersOf(classes, { channels: planes, rows, columns }, channels) {
  const area = rows * columns;
  const size = planes * area;
  /** @param {Uint8Array} pixels */
  const classOf = (pixels) => pixels.reduce((sum, value) => sum + value, 0) % classes;
  /** @param {Uint8Array} pixels of one image */
  const sureOf = (pixels) =>
    Float32Array.from({ length: classes }, (_, at) => (at === classOf(pixels) ? 0.7 : 0.3 / (classes - 1)));
  /** @param {Uint8Array} pixels of any number of images */
  const reading = (pixels) => {
    const images = Array.from({ length: pixels.length / size }, (_, at) => pixels.slice(at * size, (at + 1) * size));
    const probabilities = Float32Array.from(images.flatMap((image) => [...sureOf(image)]));
    return { logits: probabilities.map(Math.log), probabilities };
  };
  /** @param {number} length */
  const ramp = (length) => Float32Array.from({ length }, (_, at) => at / length - 0.5);
  /** @param {Uint8Array} pixels @param {number} by */
  const changed = (pixels, by) => pixels.map((value) => Math.min(255, value + by));
  return {
    read: ({ pixels }) => reading(pixels),
    maps: () => ramp(channels * 16),
    dream: ({ channels: wanted, seed }) => ({
      pixels: Uint8Array.from({ length: wanted.length * size }, (_, at) => (at * 7 + seed) % 256),
      values: Float32Array.from(wanted, (channel) => channel + 1),
    }),
    fool({ pixels, strength }) {
      const used = strength ?? 14;
      const turned = changed(pixels, used);
      return { strength: used, turned: used >= 14, pixels: turned, probabilities: sureOf(turned) };
    },
    compare: ({ pixels, attacked }) =>
      KINDS.map((kind, at) => {
        const other = kind === 'attack' ? attacked : changed(pixels, at);
        return { kind, pixels: other, probabilities: sureOf(other), size: 100 };
      }),
    robustness: ({ strengths, kinds, images }) => {
      const accuracies = kinds.map((kind, at) => [kind, Float32Array.from(strengths, (x) => 1 / (1 + at + x))]);
      return { accuracies: Object.fromEntries(accuracies), images };
    },
    accuracy: ({ off }) => ({
      ...{ correct: 1900 - 10 * off.length, images: 2000 },
      correctPerClass: new Uint32Array(classes).fill(190 - off.length),
      imagesPerClass: new Uint32Array(classes).fill(200),
    }),
    channelCosts: () => ({
      ...{ correct: 1900, images: 2000 },
      correctWithout: Uint32Array.from({ length: channels }, (_, channel) => 1900 - 10 * channel),
    }),
    morph: ({ from, to, points }) => {
      const at = (/** @type {number} */ point) => point / Math.max(1, points - 1);
      const mixed = Array.from({ length: points }, (_, point) =>
        from.map((value, index) => Math.round(value + at(point) * (Number(to[index]) - value))),
      );
      return reading(Uint8Array.from(mixed.flatMap((image) => [...image])));
    },
    occlusion: () => ({ map: ramp(area), score: 0.7 }),
    classActivation: () => ({ map: ramp(16).map(Math.abs), rows: 4, columns: 4, weights: ramp(channels) }),
    integrated: () => ({ map: ramp(size), sum: 8.31, difference: 8.34 }),
    inputGradient: () => ({ map: ramp(size) }),
  };
}
