/** How the accuracy falls under attack, measured for the network that is shown and for one of another run. */

import { integer } from '../../lib/format.js';
import { EFFORT, KINDS, STRENGTHS } from './robustness.js';

/** @typedef {import('../../model/inquiry.js').Robustness} Robustness */
/** @typedef {import('../../state/inquiry.svelte.js').Inquiry} Inquiry */
/** @typedef {{ step: number, bytes: Uint8Array }} Checkpoint */
/** @typedef {import('./robustness.js').Network} Network */
/** Another run: `checkpoint` finds its last weights, as far as they are kept. @typedef {{ name: string, checkpoint: () => Promise<Checkpoint | null> }} Other */

export class Measuring {
  #inquiry;
  #controller = new AbortController();
  /** What is measured is of so many. */
  #images = EFFORT.images;

  /** As far as they have been measured. @type {Network[]} */
  networks = $state.raw([]);
  /** Of the one that is measured now. @type {{ name: string, done: number, of: number } | null} */
  progress = $state.raw(null);
  problem = $state('');

  /** @param {Inquiry} inquiry */
  constructor(inquiry) {
    this.#inquiry = inquiry;
  }

  /** @param {Other | null} other @param {number} images that there are to measure with */
  async measure(other, images) {
    this.clear();
    this.#images = Math.min(EFFORT.images, images);
    const controller = this.#controller;
    const refusal = (await this.#network('This network', null)) ?? (other && (await this.#other(other)));
    if (controller !== this.#controller) return;
    this.progress = null;
    this.problem = refusal ?? '';
  }

  /** Keeps what has been measured so far. */
  stop() {
    this.#controller.abort();
    this.progress = null;
  }

  clear() {
    this.#controller.abort();
    this.#controller = new AbortController();
    [this.networks, this.progress, this.problem] = [[], null, ''];
  }

  /** @param {Other} other @returns {Promise<string | null>} why it cannot be measured */
  async #other({ name, checkpoint }) {
    const { signal } = this.#controller;
    const found = await checkpoint();
    if (signal.aborted) return null;
    return found ? this.#network(name, found) : `The weights of ${name} are not kept any more. Choose another run.`;
  }

  /** @param {string} name @param {Checkpoint | null} checkpoint @returns {Promise<string | null>} why it cannot be measured */
  async #network(name, checkpoint) {
    const { signal } = this.#controller;
    if (signal.aborted) return null;
    const before = this.networks;
    const show = (/** @type {string} */ named, /** @type {Robustness} */ soFar) => {
      const network = networkOf(named, soFar);
      if (network) this.networks = [...before, network];
    };
    this.progress = { name, done: 0, of: 1 };
    const ask = { strengths: STRENGTHS, kinds: [...KINDS], ...EFFORT, images: this.#images };
    const { answer, problem, step } = await this.#inquiry.ask('robustness', ask, {
      ...{ signal, checkpoint },
      onProgress: ({ done, of, ...soFar }) => {
        if (signal.aborted) return;
        this.progress = { name, done, of };
        show(name, soFar);
      },
    });
    if (answer && !signal.aborted) show(`${name}, step ${integer(step)}`, answer);
    return problem?.message ?? null;
  }
}

/** @param {string} name @param {Robustness} answer @returns {Network | null} null before the first image */
function networkOf(name, { accuracies: { sign, iterated, noise, blur }, images }) {
  const isWhole = sign && iterated && noise && blur && images > 0;
  return isWhole ? { name, images, accuracies: { sign, iterated, noise, blur } } : null;
}
