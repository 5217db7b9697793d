/** What became of each training image of the run, as its worker has counted it, for the view that shows it. */

/** @typedef {import('../model/lives.js').Life} Life */
/** @typedef {import('../model/lives.js').Lives} Lives */
/** @typedef {import('./lab.svelte.js').Lab} Lab */

/** While it trains, it is counted anew no more often. */
const PAUSE_MS = 3_000;
/** Images asked for in one request. */
const CHUNK = 24;

export class TrainingLives {
  #lab;
  /** @type {Lives | null} */
  lives = $state.raw(null);
  /** Why there is nothing to show. */
  problem = $state('');
  /** The labels in the data set, where those that are learnt can be others. @type {Uint8Array | null} */
  own = $state.raw(null);
  /** The images that were asked for, as far as they have been answered. @type {ReadonlyMap<number, Life>} */
  details = $state.raw(new Map());
  #askedAt = 0;
  /** @type {readonly number[]} */
  #wanted = [];
  /** The data set that `own` is of. */
  #set = '';

  /** @param {Pick<Lab, 'ask' | 'phase' | 'progress' | 'runs' | 'spec' | 'summary'>} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  /** Keeps what is shown up to date; to be called in an effect, for as long as it is shown. */
  follow() {
    const { summary, runs, phase, progress } = this.#lab;
    const isTraining = phase === 'training';
    void [runs.current?.id, runs.at, isTraining ? 0 : progress?.step];
    if (!summary) return;
    this.refresh();
    if (!isTraining) return;
    const timer = setInterval(() => this.refresh(), PAUSE_MS);
    return () => clearInterval(timer);
  }

  async refresh() {
    const asked = (this.#askedAt += 1);
    try {
      const { answer, problem } = await this.#lab.ask('lives', {});
      if (asked !== this.#askedAt) return;
      this.lives = answer ?? this.lives;
      this.problem = problem?.message ?? '';
      await this.#needOwn();
      await this.#fetch(this.#wanted);
    } catch {
      // The engine was started anew; the next answer is from the new one.
    }
  }

  /** Of these images more is shown. @param {readonly number[]} images */
  want(images) {
    this.#wanted = images;
    const missing = images.filter((image) => !this.details.has(image));
    if (missing.length > 0) this.#fetch(missing).catch(() => {});
  }

  async #needOwn() {
    const { set, wrong_labels } = this.#lab.spec.data;
    if (set !== this.#set) this.own = null;
    this.#set = set;
    if (wrong_labels === 0 || this.own) return;
    const { answer } = await this.#lab.ask('labels', { split: 'training' });
    if (answer && set === this.#set) this.own = answer;
  }

  /** @param {readonly number[]} images */
  async #fetch(images) {
    for (let from = 0; from < images.length; from += CHUNK) {
      const { answer } = await this.#lab.ask('livesOf', { images: images.slice(from, from + CHUNK) });
      const kept = [...this.details].filter(([image]) => this.#wanted.includes(image));
      this.details = new Map([...kept, ...(answer ?? []).map((life) => /** @type {const} */ ([life.image, life]))]);
    }
  }
}
