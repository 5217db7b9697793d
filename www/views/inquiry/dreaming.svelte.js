/** The dreams of one layer that are shown, of one network and with the same settings. */

import { same } from '../../lib/same.js';
import { toDrop } from '../../runs/thinning.js';

/** @typedef {import('../../model/inquiry.js').DreamAsk} DreamAsk */
/** @typedef {import('./dream.js').Dream} Dream */
/** @typedef {import('../../state/inquiry.svelte.js').Inquiry} Inquiry */
/** At a kept step of the run. @typedef {Dream & { step: number }} Frame */

/** Steps of the run that are dreamt at. */
const FRAMES = 10;

export class Dreaming {
  #inquiry;
  #controller = new AbortController();
  /** What was wanted last. @type {DreamAsk | null} */
  #asked = null;
  /** Of the network that dreams. */
  version = -1;
  /** Whether the dreams that are shown are what was wanted last, and not what was wanted before. */
  #isFresh = false;

  /** By channel. @type {ReadonlyMap<number, Dream>} */
  dreams = $state.raw(new Map());
  /** The step of the network that dreams. @type {number | null} */
  step = $state(null);
  /** While it dreams. @type {{ done: number, of: number } | null} */
  progress = $state.raw(null);
  /** Where it was stopped. @type {{ done: number, of: number } | null} */
  stoppedAt = $state.raw(null);
  problem = $state('');

  /** @param {Inquiry} inquiry */
  constructor(inquiry) {
    this.#inquiry = inquiry;
  }

  /**
   * Dreams what is not there yet: with other settings, or of a network that is not `version`, all of it. What was dreamt
   * before stays until then, so that nothing flickers.
   * @param {DreamAsk} ask
   * @param {number} version
   */
  want(ask, version) {
    const isAnother = version !== this.version || !isLike(ask, this.#asked);
    const channels = isAnother ? ask.channels : ask.channels.filter((channel) => !this.dreams.has(channel));
    if (ask.layer !== this.#asked?.layer) this.dreams = new Map();
    if (isAnother) this.#isFresh = false;
    [this.#asked, this.version] = [ask, version];
    if (channels.length > 0) this.#begin({ ...ask, channels });
  }

  /** Dreams all of it, whatever is there. @param {DreamAsk} ask @param {number} version */
  again(ask, version) {
    this.#asked = null;
    this.want(ask, version);
  }

  /** Keeps what has been dreamt so far. */
  stop() {
    if (this.progress) this.stoppedAt = this.progress;
    this.progress = null;
    this.#controller.abort();
  }

  /** @param {DreamAsk} ask */
  async #begin(ask) {
    this.#controller.abort();
    const controller = (this.#controller = new AbortController());
    this.stoppedAt = null;
    this.problem = '';
    this.progress = { done: 0, of: 1 };
    const { signal } = controller;
    const { answer, problem, step } = await this.#inquiry.ask('dream', ask, {
      ...{ lane: 'dream', signal },
      onProgress: ({ done, of, ...dreams }) => {
        if (signal.aborted) return;
        this.#show(ask, dreams);
        this.progress = { done, of };
      },
    });
    if (signal.aborted) return;
    this.progress = null;
    this.problem = problem?.message ?? '';
    if (!answer) return;
    this.#show(ask, answer);
    this.step = step;
  }

  /** @param {DreamAsk} ask @param {import('../../model/inquiry.js').Dreams} dreams */
  #show({ channels }, { pixels, values }) {
    const size = pixels.length / channels.length;
    /** @type {Map<number, Dream>} */
    const shown = new Map(this.#isFresh ? this.dreams : []);
    channels.forEach((channel, at) =>
      shown.set(channel, { pixels: pixels.slice(at * size, (at + 1) * size), value: Number(values[at]) }),
    );
    this.#isFresh = true;
    this.dreams = shown;
  }
}

/** One dream at kept steps of a run, step by step. */
export class DreamFilm {
  #inquiry;
  #controller = new AbortController();
  /** @type {Frame[]} */
  frames = $state.raw([]);
  /** @type {{ done: number, of: number } | null} */
  progress = $state.raw(null);
  problem = $state('');

  /** @param {Inquiry} inquiry */
  constructor(inquiry) {
    this.#inquiry = inquiry;
  }

  /**
   * @param {DreamAsk} ask of one channel
   * @param {import('../../runs/run.js').Run} run
   * @param {(step: number) => Promise<import('../../model/reports.js').Checkpoint | null>} checkpointAt
   */
  async make(ask, run, checkpointAt) {
    this.clear();
    const { signal } = this.#controller;
    const steps = run.steps.filter((step) => !toDrop(run.steps, FRAMES).includes(step));
    for (const [done, step] of steps.entries()) {
      this.progress = { done, of: steps.length };
      const checkpoint = await checkpointAt(step);
      if (signal.aborted) return;
      if (!checkpoint) continue;
      const { answer, problem } = await this.#inquiry.ask('dream', ask, { lane: 'dream film', signal, checkpoint });
      if (signal.aborted) return;
      if (problem) {
        this.problem = problem.message;
        break;
      }
      if (answer) this.frames = [...this.frames, { step, pixels: answer.pixels, value: Number(answer.values[0]) }];
    }
    this.progress = null;
  }

  stop() {
    this.progress = null;
    this.#controller.abort();
  }

  clear() {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.frames = [];
    this.progress = null;
    this.problem = '';
  }
}

/** Whether two are the same but for their channels. @param {DreamAsk} ask @param {DreamAsk | null} other */
const isLike = (ask, other) => other !== null && same({ ...ask, channels: [] }, { ...other, channels: [] });
