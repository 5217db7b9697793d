/** An image, a change of it, and what the network says of both. */

import { untrack } from 'svelte';
import { answerOf, FIRST_LEVELS, MOST_LEVELS, STEPS } from './fool.js';
import { LatestAnswer } from './latest-answer.svelte.js';

/** @typedef {import('../../model/inquiry.js').Compared} Compared */
/** @typedef {import('../../model/inquiry.js').Fooled} Fooled */
/** @typedef {import('../../model/inquiry.js').Method} Method */
/** @typedef {import('../../model/inquiry.js').Reading} Reading */
/** @typedef {import('../../state/inquiry.svelte.js').Inquiry} Inquiry */
/** @typedef {import('../../state/inquiry.svelte.js').ViewedImage} ViewedImage */

/** What is asked of an image, but for the strength. @typedef {{ image: ViewedImage, before: Float32Array, label: number, method: Method, target: number }} Question */

/** @typedef {{ pixels: Uint8Array, probabilities: Float32Array }} Seen */
/** @typedef {{ question: Question | null, label: number, before: Seen, after: Seen & { strength: number }, step: number }} Shown */

/** A change that has rested for so long is compared with others. */
export const REST_MS = 200;
/** Of random changes, so that they are the same whenever they are viewed. */
const SEED = 1;

/** The class that is wanted in place of the answer; null: any. @param {Question} question */
export const aimOf = ({ method, target }) => (method === 'targeted' ? target : null);

export class Fooling {
  #inquiry;
  /** @type {Method} */
  method = $state('sign');
  /** Chosen by the visitor; null: the likeliest class but for the answer. @type {number | null} */
  chosen = $state(null);
  strength = $state(FIRST_LEVELS);
  /** @type {LatestAnswer<ViewedImage, Reading>} */
  before = new LatestAnswer();
  /** @type {LatestAnswer<Question, Fooled>} */
  after = new LatestAnswer();
  /** @type {LatestAnswer<Question, Fooled>} */
  smallest = new LatestAnswer();
  /** @type {LatestAnswer<Question & { strength: number }, Compared[]>} */
  rivals = new LatestAnswer();

  answer = $derived.by(() => this.before.seen && answerOf(this.before.seen.answer.probabilities));
  /** What the image is: of a drawing, what the network says. */
  label = $derived.by(() => this.before.seen?.of.label ?? this.answer);
  target = $derived.by(() => (this.chosen === null || this.chosen === this.answer ? this.#rival : this.chosen));
  /** Only an image that is classified correctly can fool the network. @type {Question | null} */
  question = $derived.by(() => {
    const { label, method, target } = this;
    const { seen } = this.before;
    if (!seen || label === null || label !== this.answer) return null;
    return { image: seen.of, before: seen.answer.probabilities, label, method, target };
  });
  /** The smallest change, if it is one of this image in this way. @type {Fooled | null} */
  least = $derived.by(() => {
    const { seen } = this.smallest;
    return seen && this.question && isSame(seen.of, this.question) ? seen.answer : null;
  });

  /** The image before and after the change that was asked for last, or as it is. @type {Shown | null} */
  shown = $derived.by(() => {
    const { before, after, label } = this;
    if (this.question && after.seen) {
      const { of, answer, step } = after.seen;
      const { pixels } = of.image;
      return { question: of, label: of.label, before: { pixels, probabilities: of.before }, after: answer, step };
    }
    if (!before.seen || label === null) return null;
    const { of: image, answer, step } = before.seen;
    const asItIs = { pixels: image.pixels, probabilities: answer.probabilities };
    return { question: null, label, before: asItIs, after: { ...asItIs, strength: 0 }, step };
  });

  /** @param {Inquiry} inquiry */
  constructor(inquiry) {
    this.#inquiry = inquiry;
  }

  get #rival() {
    const shares = this.before.seen?.answer.probabilities;
    return shares ? answerOf(shares.map((share, at) => (at === this.answer ? -1 : share))) : 0;
  }

  /** Asks what the image that is viewed is; to be called in an effect, as are the next two. */
  read() {
    const { image } = this.#inquiry;
    void this.#inquiry.version;
    const ask = image && { pixels: image.pixels, off: [] };
    untrack(() => (ask ? this.before.ask(image, () => this.#inquiry.ask('read', ask)) : this.before.clear()));
  }

  /** Changes the image. */
  change() {
    const { question, strength } = this;
    untrack(() => (question ? this.#change(question, strength) : this.after.clear()));
  }

  /** Compares the change with others, once it has rested. */
  compare() {
    const { seen } = this.after;
    if (!seen || seen.answer.strength === 0) return untrack(() => this.rivals.clear());
    const of = { ...seen.of, strength: seen.answer.strength };
    const ask = { pixels: of.image.pixels, attacked: seen.answer.pixels, seed: SEED };
    const timer = setTimeout(() => this.rivals.ask(of, () => this.#inquiry.ask('compare', ask)), REST_MS);
    return () => clearTimeout(timer);
  }

  /** Looks for the smallest change that turns the answer, and makes it. */
  async findSmallest() {
    const of = this.question;
    if (!of || this.smallest.isBusy) return;
    await this.smallest.ask(of, () => this.#inquiry.ask('fool', asked(of, null), { lane: 'smallest' }));
    if (this.least?.turned) this.strength = this.least.strength;
  }

  /** @param {Question} of @param {number} strength */
  #change(of, strength) {
    const answer = { strength: 0, turned: false, pixels: of.image.pixels, probabilities: of.before };
    const { step } = this.#inquiry;
    return this.after.ask(of, async () =>
      strength > 0 ? this.#inquiry.ask('fool', asked(of, strength)) : { answer, problem: null, step },
    );
  }
}

/** @param {Question} a @param {Question} b */
const isSame = (a, b) => a.image === b.image && a.method === b.method && aimOf(a) === aimOf(b);

/** @param {Question} of @param {number | null} strength null: the smallest */
function asked({ image, label, method, target }, strength) {
  return { pixels: image.pixels, label, method, target, strength, most: MOST_LEVELS, steps: STEPS };
}
