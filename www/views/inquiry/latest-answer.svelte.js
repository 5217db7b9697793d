/** What the engine says: an answer, or why there is none; neither, if the question was cancelled. @template Answer @typedef {{ answer: Answer | null, problem: { message: string } | null, step: number | null }} Reply */

/**
 * The answer to the latest of many questions, as while a slider moves: one is asked at a time, and of those that come
 * meanwhile only the last.
 *
 * @template Of what is asked about
 * @template Answer
 */
export class LatestAnswer {
  /** Until the latest question is answered, that of the one before. `step` is that of the network that answered. @type {{ of: Of, answer: Answer, step: number } | null} */
  seen = $state.raw(null);
  /** Why there is none. */
  problem = $state('');
  /** Whether a question is still to be answered. */
  isBusy = $state(false);

  /** @type {{ of: Of, ask: () => Promise<Reply<Answer>> } | null} */
  #next = null;
  #working = false;
  /** How often it was cleared. */
  #cleared = 0;

  /** @param {Of} of @param {() => Promise<Reply<Answer>>} ask */
  async ask(of, ask) {
    this.#next = { of, ask };
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
    this.seen = null;
    this.problem = '';
  }

  /** @param {{ of: Of, ask: () => Promise<Reply<Answer>> }} question */
  async #answer(question) {
    const cleared = this.#cleared;
    const { answer, problem, step } = await question.ask();
    if (cleared !== this.#cleared) return;
    if (answer !== null) this.seen = { of: question.of, answer, step: step ?? 0 };
    if (answer !== null || problem) this.problem = problem?.message ?? '';
    if (this.#next === question) this.#next = null;
  }
}
