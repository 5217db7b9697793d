/** Turns of the run's worker: a piece of work after the other, and between them whatever else waits. */

import { refusalOf } from '../problem.js';

export class Pieces {
  #piece;
  #nextTask;
  #refused;
  #fail;
  #running = false;

  /**
   * @param {object} parts
   * @param {() => Promise<boolean>} parts.piece does one piece of work; returns whether there is more to do
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {(problem: import('../../model/reports.js').Problem) => void} parts.refused hears of a piece that the engine refused
   * @param {(error: unknown) => void} parts.fail hears of a trap, after which nothing more is done
   */
  constructor({ piece, nextTask, refused, fail }) {
    this.#piece = piece;
    this.#nextTask = nextTask;
    this.#refused = refused;
    this.#fail = fail;
  }

  /** Works until there is nothing to do. */
  wake() {
    if (this.#running) return;
    this.#running = true;
    this.#run();
  }

  async #run() {
    try {
      do await this.#nextTask();
      while (await this.#piece());
      this.#running = false;
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) return this.#fail(error);
      this.#running = false;
      this.#refused(refusal);
    }
  }
}
