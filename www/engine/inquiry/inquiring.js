/** Answers the page's questions with the module, several at a time in slices, so that a cancelled one ends soon. */

import { isAboutImages } from '../../model/inquiry.js';
import { problem, Refusal, refusalOf } from '../problem.js';
import { ANSWERS } from './answers.js';

/** @typedef {import('./answers.js').Work} Work */
/** @typedef {import('./module.js').Network} Network */
/** @typedef {import('./protocol.js').InquiryAnswer} InquiryAnswer */
/** @typedef {import('./protocol.js').InquiryAsk} InquiryAsk */
/** @typedef {import('./protocol.js').InquiryCommand} InquiryCommand */

/** How long one slice may take, but for its last pass. */
const SLICE_MS = 12;
/** Reports that come faster than this cannot be seen. */
const REPORT_MS = 60;

/** Ends the work on a question that is no longer wanted. */
class Cancelled extends Error {}

export class Inquiring {
  #open;
  #send;
  #nextTask;
  #now;
  /** @type {Network | null} */
  #network = null;
  /** @type {{ pixels: Uint8Array, labels: Uint8Array } | null} */
  #images = null;
  /** Questions that are neither answered nor cancelled. @type {Set<number>} */
  #wanted = new Set();

  /**
   * @param {object} parts
   * @param {(checkpoint: Uint8Array) => Network} parts.open
   * @param {(answer: InquiryAnswer) => void} parts.send
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {() => number} parts.now milliseconds
   */
  constructor({ open, send, nextTask, now }) {
    this.#open = open;
    this.#send = send;
    this.#nextTask = nextTask;
    this.#now = now;
  }

  /** @param {InquiryCommand} command */
  async receive(command) {
    if ('cancel' in command) return void this.#wanted.delete(command.cancel);
    const { id } = command;
    this.#wanted.add(id);
    try {
      const answer = await this.#answer(command);
      if (this.#wanted.has(id)) this.#send({ id, answer, problem: null });
    } catch (error) {
      if (error instanceof Cancelled) return;
      const crashed = () => problem('engine_crashed', `The module that asks the network crashed (${String(error)}).`);
      this.#send({ id, answer: null, problem: refusalOf(error) ?? crashed() });
    } finally {
      this.#wanted.delete(id);
    }
  }

  /** @param {InquiryAsk} command */
  async #answer({ id, name, ask, checkpoint }) {
    if (name === 'useNetwork') return this.#useNetwork(ask.checkpoint);
    if (name === 'useImages') return this.#useImages(ask);
    /** @type {(network: Network) => unknown} */
    const answer = (network) => ANSWERS[name](network, /** @type {any} */ (ask), this.#workOn(id));
    if (!checkpoint) return answer(this.#inUse());
    const network = this.#open(checkpoint);
    try {
      if (isAboutImages(name, ask) && this.#images) network.useImages(this.#images.pixels, this.#images.labels);
      return await answer(network);
    } finally {
      network.free();
    }
  }

  #inUse() {
    if (!this.#network) throw new Refusal('not_ready', 'There is no network yet. Try again in a moment.');
    return this.#network;
  }

  /** @param {Uint8Array} checkpoint */
  #useNetwork(checkpoint) {
    if (this.#network) this.#network.useNetwork(checkpoint);
    else this.#network = this.#open(checkpoint);
    // It forgets images that do not fit, and those may fit again.
    const images = this.#network.images() === 0 ? this.#images : null;
    try {
      if (images) this.#network.useImages(images.pixels, images.labels);
    } catch (error) {
      if (!refusalOf(error)) throw error;
    }
    return null;
  }

  /** @param {{ pixels: Uint8Array, labels: Uint8Array }} images */
  #useImages(images) {
    this.#inUse().useImages(images.pixels, images.labels);
    this.#images = images;
    return null;
  }

  /** @param {number} id of the question @returns {Work} */
  #workOn(id) {
    let reportedAt = this.#now();
    return {
      repeat: (advance) => this.#repeat(id, advance, () => {}),
      finish: async (job, toAnswer, reports) => {
        /** @param {import('./module.js').Passes} progress */
        const report = (progress) => {
          if (!reports || this.#now() - reportedAt < REPORT_MS) return;
          this.#send({ id, progress: { ...toAnswer(job.result()), ...progress } });
          reportedAt = this.#now();
        };
        try {
          await this.#repeat(id, () => job.advance(1), report);
          return toAnswer(job.result());
        } finally {
          job.free();
        }
      },
    };
  }

  /**
   * @param {number} id of the question
   * @param {() => import('./module.js').Passes} advance
   * @param {(progress: import('./module.js').Passes) => void} report
   */
  async #repeat(id, advance, report) {
    for (;;) {
      const start = this.#now();
      let progress = advance();
      while (progress.done < progress.of && this.#now() - start < SLICE_MS) progress = advance();
      if (progress.done >= progress.of) return;
      report(progress);
      await this.#nextTask();
      if (!this.#wanted.has(id)) throw new Cancelled();
    }
  }
}
