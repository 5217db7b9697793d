/**
 * The answer to the latest of many questions, as while a slider moves: one is asked at a time, and of those that come
 * meanwhile only the last.
 *
 * @template Answer
 */
export class LatestAnswer {
  /** Of the question before, until the latest is answered. @type {Answer | null} */
  answer = $state.raw(null);
  /** Why there is none. */
  problem = $state('');
  /** Whether a question is still to be answered. */
  isBusy = $state(false);

  /** @type {(() => Promise<Answer>) | null} */
  #next = null;
  #working = false;
  /** How often it was cleared. */
  #cleared = 0;

  /** @param {() => Promise<Answer>} ask */
  async ask(ask) {
    this.#next = ask;
    this.isBusy = true;
    if (this.#working) return;
    this.#working = true;
    while (this.#next) await this.#answer(this.#next);
    this.#working = false;
    this.isBusy = false;
  }

  /** There is nothing to ask any more. */
  clear() {
    this.#cleared += 1;
    this.#next = null;
    this.answer = null;
    this.problem = '';
  }

  /** @param {() => Promise<Answer>} ask */
  async #answer(ask) {
    const cleared = this.#cleared;
    try {
      const answer = await ask();
      if (cleared !== this.#cleared) return;
      this.answer = answer;
      this.problem = '';
    } catch (error) {
      if (this.#next === ask) this.problem = error instanceof Error ? error.message : String(error);
    }
    if (this.#next === ask) this.#next = null;
  }
}
