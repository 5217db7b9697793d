/** Acts out a replay: one action after the other, at the speed that is chosen, until it is closed. */

import { engineOf } from '../link/outcome.js';
import { endOf } from '../replay/actions.js';
import { Deeds, LONGEST_PAUSE_MS } from './replay-deeds.js';

/** @typedef {import('../replay/actions.js').Replay} Replay */

/** So that one sees what each action does. */
const SHORTEST_PAUSE_MS = 400;

/** The replay was closed. */
class Closed extends Error {}

export class Player {
  replay;
  /** Until it is begun, nothing changes. */
  playing = $state(false);
  /** How many times as fast as it was recorded; Infinity: as fast as the network trains. */
  speed = $state(1);
  /** How many actions are done. */
  done = $state(0);
  /** Why it could not go on. */
  problem = $state('');
  /** What came of it, in a sentence, once all is done. */
  verdict = $state('');
  #page;
  #wait;
  #deeds;
  /** The pace before it was begun. @type {{ pace: number | null } | null} */
  #before = null;
  /** @type {Promise<void>} */
  #acting = Promise.resolve();
  #closed = false;
  /** What is waited for. @type {{ isSo: () => boolean, go: (error?: Error) => void } | null} */
  #awaited = null;

  /**
   * @param {Replay} replay
   * @param {import('./address.svelte.js').Address} page
   * @param {(ms: number) => Promise<unknown>} [wait]
   */
  constructor(replay, page, wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))) {
    this.replay = replay;
    this.#page = page;
    this.#wait = wait;
    this.#deeds = new Deeds(page, this);
    $effect(() => this.follow());
    $effect(() => () => this.close());
  }

  get total() {
    return this.replay.actions.length;
  }

  get begun() {
    return this.playing || this.done > 0;
  }

  /** Whether there is nothing left to do. */
  get ended() {
    return this.verdict !== '' || this.problem !== '';
  }

  /** Begins, pauses, goes on. @returns {Promise<void>} which ends with the replay */
  toggle() {
    this.playing = !this.playing;
    this.follow();
    if (!this.#before) {
      this.#before = { pace: this.#page.lab.pace };
      this.#acting = this.#act();
    }
    return this.#acting;
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    this.#deeds.setPace();
  }

  /** The page stays as it is, and is the visitor's. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#awaited?.go(new Closed());
    if (!this.#before || this.ended) return;
    if (this.#page.lab.phase === 'training') this.#page.lab.pause();
    this.#givePaceBack();
  }

  /** Something has changed: perhaps what is waited for. */
  follow() {
    const { lab } = this.#page;
    const { runs, weightEdits } = lab;
    void [lab.summary, lab.phase, lab.progress, lab.spec, lab.draftProblem, lab.absent, lab.failure, lab.divergence];
    void [runs.current, runs.at, runs.curvesVersion, weightEdits.changes, weightEdits.refusal, this.playing];
    if (lab.failure) this.#awaited?.go(new Error(`The replay stops here. ${lab.failure.message}`));
    else if (this.#awaited?.isSo()) this.#awaited.go();
  }

  /** Waits until something is so. @param {() => boolean} isSo @returns {Promise<void>} */
  until(isSo) {
    if (this.#closed) return Promise.reject(new Closed());
    if (isSo()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const go = (/** @type {Error | undefined} */ error) => {
        this.#awaited = null;
        if (error) reject(error);
        else resolve();
      };
      this.#awaited = { isSo, go };
    });
  }

  /** Time as it was recorded, and all the time in which the replay is paused. @param {number} ms */
  async beat(ms) {
    if (ms > 0 && this.speed < Infinity) await this.#wait(ms / this.speed);
    await this.until(() => this.playing);
  }

  async #act() {
    const { lab } = this.#page;
    try {
      await this.until(() => lab.summary !== null && lab.phase !== 'opening');
      await this.#leaveLesson();
      for (const [index, action] of this.replay.actions.entries()) {
        await this.beat(this.#pauseBefore(index));
        await this.#deeds.act(action);
        this.done = index + 1;
      }
      this.verdict = await this.#compare();
    } catch (error) {
      if (error instanceof Closed) return;
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.playing = false;
    this.#givePaceBack();
  }

  /** A recording begins in the lab. What a card had put in the place of the visitor's network goes with it. */
  async #leaveLesson() {
    const { lessons } = this.#page;
    if (!lessons.open) return;
    lessons.leave();
    await this.beat(SHORTEST_PAUSE_MS);
  }

  #givePaceBack() {
    if (this.#before) this.#page.lab.setPace(this.#before.pace);
  }

  /** What the visitor did while it trained does not interrupt it for long. @param {number} index */
  #pauseBefore(index) {
    const [before, next] = [this.replay.actions[index - 1], this.replay.actions[index]];
    if (!before || !next) return 0;
    const pause = next.at - endOf(before);
    if (before.do === 'train' && pause < SHORTEST_PAUSE_MS) return 0;
    return Math.min(Math.max(pause, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
  }

  /** Whether the same came of it. */
  async #compare() {
    const { outcome } = this.replay;
    if (!outcome) return 'That was all.';
    const { answer: report } = await this.#page.lab.ask('receipt', {}).catch(() => ({ answer: null }));
    if (!report) return 'That was all. The weights could not be compared.';
    const { weights, step, version } = report;
    if (weights === outcome.weights) return 'The weights are the same as when it was recorded, bit for bit.';
    if (step !== outcome.step)
      return `The weights differ: this is step ${step}, and it was recorded to step ${outcome.step}.`;
    const here = engineOf(version);
    const why = here === outcome.engine ? '' : ` It was recorded with version ${outcome.engine}; this is ${here}.`;
    return `The weights differ from those when it was recorded.${why}`;
  }
}
