/** Re-runs a receipt's experiment from its spec, and reports whether it reaches the same weights. */

import { integer } from '../lib/format.js';
import { compare, engineOf } from '../link/outcome.js';
import { sameSpec } from '../link/specs.js';
import { totalSteps } from '../model/training.js';

/** @typedef {import('../link/receipt.js').Receipt} Receipt */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {import('./lab-state.svelte.js').Phase} Phase */

/** `waiting`: a command has been sent and has not taken effect yet. @typedef {'idle' | 'waiting' | 'training' | 'comparing' | 'stopped' | 'done'} Stage */

const STARTED_OVER = 'The run was restarted, so nothing is confirmed.';

export class ReceiptCheck {
  /** @type {Stage} */
  stage = $state('idle');
  /** The result, the verdict first. @type {string[]} */
  sentences = $state.raw([]);
  /** Whether it is confirmed, once it is done. */
  same = $state(false);

  #lab;
  /** @type {Receipt | null} */
  #receipt = null;
  /** Whether the receipt's run has been built; until then the one before it trains. */
  #built = false;
  /** The network of the run that is replaced, which may be of the same spec. @type {Lab['summary']} */
  #replaced = null;

  /** @param {Lab} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  get running() {
    return this.stage === 'waiting' || this.stage === 'training' || this.stage === 'comparing';
  }

  /** Re-runs it, in place of the current run, unless it is about steps that its run does not have. @param {Receipt} receipt */
  start(receipt) {
    const { steps } = receipt.outcome;
    const most = totalSteps(receipt.spec);
    if (steps > most) {
      this.forget();
      return this.#now(
        'done',
        `This receipt is about step ${integer(steps)}, but its run ends at step ${integer(most)}.`,
      );
    }
    this.#receipt = receipt;
    this.#built = false;
    this.#replaced = this.#lab.summary;
    this.#lab.restartWith(receipt.spec);
    this.#now('waiting');
  }

  /** Whether the current run is the receipt's, paused after as many steps. @param {Receipt} receipt */
  isHere({ spec, outcome }) {
    const { phase, progress } = this.#lab;
    const rests = phase === 'paused' || phase === 'finished';
    return rests && progress?.step === outcome.steps && sameSpec(this.#lab.spec, spec);
  }

  /** Compares with the current run: checking many receipts of one run takes no re-run. @param {Receipt} receipt */
  compareHere(receipt) {
    this.#receipt = receipt;
    return this.#compare('Compared with the run on this page, which was not repeated.');
  }

  /** What was said of an earlier receipt is not said beside another. */
  forget() {
    this.#receipt = null;
    this.#now('idle');
  }

  /** After a pause. */
  goOn() {
    if (this.#receipt) this.#lab.trainTo(this.#receipt.outcome.steps);
    this.#now('waiting');
  }

  /** Follows the run; to be called whenever its phase, its spec or the draft's problem has changed. */
  follow() {
    const { phase, draftProblem, absent, spec, summary } = this.#lab;
    const problem = draftProblem ?? absent;
    const isOther = summary !== this.#replaced;
    if (!this.#receipt) return;
    if (this.stage === 'waiting') {
      if (problem) this.#now('stopped', `The receipt’s run cannot be built: ${problem.message}`);
      else if (phase === 'training' && this.#built) this.#now('training');
      else if (phase === 'ready' && isOther && sameSpec(spec, this.#receipt.spec))
        this.#begin(this.#receipt.outcome.steps);
    } else if (this.stage === 'training') this.#watch(phase);
  }

  /** @param {number} steps */
  #begin(steps) {
    this.#built = true;
    if (steps === 0) this.#compare();
    else this.#lab.trainTo(steps);
  }

  /** @param {Phase} phase */
  #watch(phase) {
    const { outcome } = /** @type {Receipt} */ (this.#receipt);
    const step = this.#lab.progress?.step ?? 0;
    if (phase === 'finished' || (phase === 'paused' && step >= outcome.steps)) this.#compare();
    else if (phase === 'paused') this.#now('stopped', `Paused at step ${step} of ${outcome.steps}.`);
    else if (phase === 'diverged') this.#now('done', 'Not confirmed: here the run diverged before that step.');
    else if (phase !== 'training') this.#now('stopped', STARTED_OVER);
  }

  /** @param {string[]} notes said after the verdict */
  async #compare(...notes) {
    const receipt = /** @type {Receipt} */ (this.#receipt);
    this.#now('comparing');
    try {
      const { answer: found, problem } = await this.#lab.ask('receipt', {});
      if (this.stage !== 'comparing' || receipt !== this.#receipt) return;
      if (!found) this.#now('stopped', problem?.message ?? 'The weights could not be compared.');
      else if (!sameSpec(found.spec, receipt.spec)) this.#now('stopped', STARTED_OVER);
      else if (found.touched.length > 0) this.#now('stopped', 'The run was changed by hand, so nothing is confirmed.');
      else {
        const { step: steps, weights, data, version } = found;
        const { same, sentences } = compare(receipt.outcome, { steps, weights, data, engine: engineOf(version) });
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
