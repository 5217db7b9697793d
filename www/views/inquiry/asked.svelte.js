/** The answer to a question that a view asks again and again: of another image, of a newer network. */

/** @typedef {import('../../model/inquiry.js').Question} Question */
/** @typedef {import('../../model/inquiry.js').Questions} Questions */
/** @typedef {import('../../state/inquiry.svelte.js').Inquiry} Inquiry */

/**
 * What was asked, and the answer of the network of `step`.
 * @template {Question} Name
 * @typedef {{ ask: Questions[Name]['ask'], answer: Questions[Name]['answer'], step: number }} Found
 */

/** @template {Question} Name */
export class Asked {
  #inquiry;
  #name;
  #lane;
  /** Grows with each question, so that a late answer is known as one. */
  #turn = 0;
  /** What names the question that is asked at the moment. @type {readonly unknown[] | null} */
  #of = null;
  /** The same question, to be asked of a newer network. @type {Questions[Name]['ask'] | null} */
  #next = null;
  #controller = new AbortController();

  /** The latest answer. @type {Found<Name> | null} */
  found = $state.raw(null);
  /** What is known of the answer that is being worked at. @type {import('../../model/inquiry.js').Progress<Name> | null} */
  progress = $state.raw(null);
  /** Why there was no answer. */
  problem = $state('');
  /** What is being worked at. @type {Questions[Name]['ask'] | null} */
  asking = $state.raw(null);

  /** @param {Pick<Inquiry, 'ask'>} inquiry @param {Name} name @param {string} lane of its own: views ask the same for different ends */
  constructor(inquiry, name, lane) {
    this.#inquiry = inquiry;
    this.#name = name;
    this.#lane = lane;
  }

  get isBusy() {
    return this.asking !== null;
  }

  /**
   * Asks at once, in place of another question. The same question waits for its turn: while the network trains it is asked
   * again every second, and would otherwise never be answered.
   * @param {Questions[Name]['ask']} ask
   * @param {readonly unknown[]} of names the question, whatever the network: two are the same if all of these are
   */
  async want(ask, of) {
    if (this.#of?.length === of.length && this.#of.every((part, at) => part === of[at])) {
      this.#next = ask;
      return;
    }
    if (this.#of !== null) this.#controller.abort();
    const turn = this.#begin(ask, of);
    const onProgress = (/** @type {import('../../model/inquiry.js').Progress<Name>} */ progress) => {
      if (turn === this.#turn) this.progress = progress;
    };
    const { signal } = this.#controller;
    const { answer, problem, step } = await this.#inquiry.ask(this.#name, ask, {
      lane: this.#lane,
      onProgress,
      signal,
    });
    if (turn !== this.#turn) return;
    const next = this.#next;
    this.#end();
    this.problem = problem?.message ?? '';
    if (answer !== null && step !== null) this.found = { ask, answer, step };
    if (next) this.want(next, of);
  }

  /** Asks no more, and keeps the latest answer. */
  stop() {
    this.#turn += 1;
    this.#controller.abort();
    this.#end();
  }

  /** There is nothing to ask: what was answered is of something else. */
  forget() {
    this.stop();
    this.found = null;
    this.problem = '';
  }

  /** @param {Questions[Name]['ask']} ask @param {readonly unknown[]} of */
  #begin(ask, of) {
    this.#of = of;
    this.#next = null;
    this.#controller = new AbortController();
    this.asking = ask;
    this.progress = null;
    return (this.#turn += 1);
  }

  #end() {
    this.#of = null;
    this.#next = null;
    this.asking = null;
    this.progress = null;
  }
}
