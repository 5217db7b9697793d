/** Makes a receipt's run again, from its spec, and tells whether it comes to the same weights. */

import { engineOf, judge } from '../link/claim.js';
import { sameSpec } from '../link/specs.js';

/** @typedef {import('../link/receipt.js').Receipt} Receipt */
/** @typedef {import('./lab.svelte.js').Lab} Lab */

/** `waiting`: a command has been sent and not been followed yet. @typedef {'idle' | 'waiting' | 'training' | 'comparing' | 'stopped' | 'done'} Stage */

const STARTED_OVER = 'The run was started over, so nothing is confirmed.';

export class ReceiptCheck {
  /** @type {Stage} */
  stage = $state('idle');
  /** What has come of it, the verdict first. @type {string[]} */
  sentences = $state.raw([]);
  /** Whether it is confirmed, once it is done. */
  same = $state(false);

  #lab;
  /** @type {Receipt | null} */
  #receipt = null;
  /** Whether the run that trains is the receipt's; until then it is the one before it. */
  #built = false;

  /** @param {Lab} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  get running() {
    return this.stage === 'waiting' || this.stage === 'training' || this.stage === 'comparing';
  }

  /** In place of the run under way. @param {Receipt} receipt */
  start(receipt) {
    this.#receipt = receipt;
    this.#built = false;
    this.#lab.draft = receipt.spec;
    this.#lab.draftProblem = null;
    this.#lab.restart();
    this.#now('waiting');
  }

  /** Whether the run that stands here is the receipt's, after as many steps. @param {Receipt} receipt */
  stands({ spec, claim }) {
    const { phase, progress } = this.#lab;
    const still = phase === 'paused' || phase === 'finished';
    return still && progress?.step === claim.steps && sameSpec(this.#lab.spec, spec);
  }

  /** Compares with the run that stands here: many receipts of one run need not be waited for. @param {Receipt} receipt */
  compareHere(receipt) {
    this.#receipt = receipt;
    return this.#compare('Compared with the run that stands here; it was not made again.');
  }

  /** After a pause. */
  goOn() {
    if (this.#receipt) this.#lab.trainTo(this.#receipt.claim.steps);
    this.#now('waiting');
  }

  /** Follows the run; to be called whenever its phase, spec or draft's problem has changed. */
  follow() {
    const { phase, draftProblem, absent, spec } = this.#lab;
    const problem = draftProblem ?? absent;
    if (!this.#receipt) return;
    if (this.stage === 'waiting') {
      if (problem) this.#now('stopped', `The receipt’s run cannot be made: ${problem.message}`);
      else if (phase === 'training' && this.#built) this.#now('training');
      else if (phase === 'ready' && sameSpec(spec, this.#receipt.spec)) this.#begin(this.#receipt.claim.steps);
    } else if (this.stage === 'training') this.#watch(phase);
  }

  /** @param {number} steps */
  #begin(steps) {
    this.#built = true;
    if (steps === 0) this.#compare();
    else this.#lab.trainTo(steps);
  }

  /** @param {import('./lab.svelte.js').Phase} phase */
  #watch(phase) {
    const { claim } = /** @type {Receipt} */ (this.#receipt);
    const step = this.#lab.progress?.step ?? 0;
    if (phase === 'finished' || (phase === 'paused' && step >= claim.steps)) this.#compare();
    else if (phase === 'paused') this.#now('stopped', `Paused at step ${step} of ${claim.steps}.`);
    else if (phase === 'diverged') this.#now('done', 'Not confirmed: here the run diverged before that step.');
    else if (phase !== 'training') this.#now('stopped', STARTED_OVER);
  }

  /** @param {string[]} notes said behind the verdict */
  async #compare(...notes) {
    const receipt = /** @type {Receipt} */ (this.#receipt);
    this.#now('comparing');
    try {
      const { receipt: found, problem } = await this.#lab.receipt();
      if (this.stage !== 'comparing' || receipt !== this.#receipt) return;
      if (!found) this.#now('stopped', problem?.message ?? 'The weights could not be compared.');
      else if (!sameSpec(found.spec, receipt.spec)) this.#now('stopped', STARTED_OVER);
      else if (found.touched.length > 0) this.#now('stopped', 'The run was changed by hand, so nothing is confirmed.');
      else {
        const { step: steps, weights, data, version } = found;
        const { same, sentences } = judge(receipt.claim, { steps, weights, data, engine: engineOf(version) });
        this.#now('done', ...sentences, ...notes);
        this.same = same;
      }
    } catch (error) {
      this.#now('stopped', `The weights could not be compared: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {Stage} stage @param {string[]} sentences */
  #now(stage, ...sentences) {
    this.stage = stage;
    this.sentences = sentences;
    this.same = false;
  }
}
