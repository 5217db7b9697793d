/** What the network sees, taken apart: which steps turn strokes or a picture into its image, and what each of them changes. */

import { ALL_STEPS, digitFromStrokes } from '../lib/digit.js';
import { same } from '../lib/same.js';
import { digitFromInk } from '../picture/fit.js';
import { AS_FOUND, inkOf } from '../picture/ink.js';

/** @typedef {import('../lib/digit.js').Steps} Steps */
/** @typedef {import('../lib/strokes.js').Stroke} Stroke */
/** @typedef {import('../picture/ink.js').Finding} Finding */
/** @typedef {import('../picture/ink.js').Grey} Grey */
/** @typedef {import('./lab-state.svelte.js').Ask} Ask */
/** @typedef {keyof Steps} Step */
/** `after`: the image after this step and those before it. @typedef {{ step: Step | null, after: Uint8Array | null }} Stage */
/** Its most likely class. @typedef {{ digit: number, share: number }} Top */

export const ORDER = /** @type {const} */ (['box', 'size', 'centre', 'grey']);
const NO_STEPS = { box: false, size: false, centre: false, grey: false };

export class Sight {
  /** Which steps are made. @type {Steps} */
  steps = $state.raw(ALL_STEPS);
  /** A picture in place of the drawing. @type {Grey | null} */
  picture = $state.raw(null);
  /** How ink is found in it. @type {Finding} */
  finding = $state.raw(AS_FOUND);
  /** What has been found in it. */
  found = $derived(this.picture && inkOf(this.picture, this.finding));
  /** Whether all steps are made, as they were for the images of the training. */
  isWhole = $derived(same(this.steps, ALL_STEPS));
  /** The likeliest class without and with each step; of the images that were asked about last. @type {Record<Step, { off: Top, on: Top }> | null} */
  tops = $state.raw(null);

  #ask;
  #size;
  #asking = false;
  /** What is to be asked next. @type {readonly Stroke[] | null} */
  #next = null;

  /** @param {Ask} ask @param {() => import('../lib/digit.js').Size} size of the image */
  constructor(ask, size) {
    this.#ask = ask;
    this.#size = size;
  }

  /** @param {Step} step */
  toggle(step) {
    this.steps = { ...this.steps, [step]: !this.steps[step] };
  }

  reset() {
    this.steps = ALL_STEPS;
  }

  /** @param {Grey | null} picture */
  use(picture) {
    this.picture = picture;
    this.finding = AS_FOUND;
  }

  /** Finds the ink of the picture otherwise. @param {Partial<Finding>} changes */
  find(changes) {
    this.finding = { ...this.finding, ...changes };
  }

  /** The image for the network. @param {readonly Stroke[]} strokes @param {Steps} [steps] */
  pixels(strokes, steps = this.steps) {
    const size = this.#size();
    return this.found ? digitFromInk(this.found.ink, steps, size) : digitFromStrokes(strokes, steps, size);
  }

  /** @param {readonly Stroke[]} strokes @returns {Stage[]} */
  stages(strokes) {
    let made = NO_STEPS;
    const first = { step: null, after: this.pixels(strokes, made) };
    const others = ORDER.map((step) => {
      made = { ...made, [step]: this.steps[step] };
      return { step, after: this.pixels(strokes, made) };
    });
    return [first, ...others];
  }

  /** Asks the network what each step changes. What comes while it answers waits, and only the last of it. @param {readonly Stroke[]} strokes */
  async compare(strokes) {
    this.#next = strokes;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#next) {
        const now = this.#next;
        this.#next = null;
        const rows = await Promise.all(ORDER.map((step) => this.#compared(now, step)));
        this.tops = rows.some((row) => !row[1])
          ? null
          : /** @type {Record<Step, { off: Top, on: Top }>} */ (Object.fromEntries(rows));
      }
    } catch {
      // The worker was replaced; the next snapshot asks again.
      this.tops = null;
    }
    this.#asking = false;
  }

  /** @param {readonly Stroke[]} strokes @param {Step} step */
  async #compared(strokes, step) {
    const { steps } = this;
    const images = [false, true].map((on) => this.pixels(strokes, { ...steps, [step]: on }));
    const [off, on] = await Promise.all(images.map((pixels) => this.#top(pixels)));
    return /** @type {const} */ ([step, off && on ? { off, on } : null]);
  }

  /** @param {Uint8Array | null} pixels @returns {Promise<Top | null>} */
  async #top(pixels) {
    if (!pixels) return null;
    const { answer } = await this.#ask('tryImage', { pixels });
    if (!answer) return null;
    const share = Math.max(...answer.probabilities);
    return { digit: answer.probabilities.indexOf(share), share };
  }
}
