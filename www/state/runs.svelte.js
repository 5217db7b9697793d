/* eslint-disable max-lines -- The current run has one writer, to which every event about it comes. */
/**
 * The run that trains, among all that are kept. It handles the worker's events, and has kept runs restored.
 *
 * A run that went back to an earlier step stays whole until it trains or is changed from there. Steps with the
 * same result replace the later ones; anything else continues as a run of its own.
 */

import { Curves } from '../model/curves.js';
import { HandSetWeights } from '../model/hand-set-weights.js';
import { sameTraining } from '../model/training.js';
import { Run } from '../runs/run.js';
import { newId, RunLibrary } from './run-library.svelte.js';

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('./built.js').LabEvent} LabEvent */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('../model/spec.js').Training} Training */

/** What is drawn before the first run. */
const NO_CURVES = new Curves();

export class Runs extends RunLibrary {
  /** Grows whenever the curves change. */
  curvesVersion = $state(0);

  #send;
  #notify;
  #configure;
  /** What the worker makes the next step with. It becomes a part of the run when that step has been made. @type {Spec | null} */
  #spec = null;
  /** Weights set by hand since the last step. */
  #edits = new HandSetWeights();
  /** The changes of the run before those. @type {number[]} */
  #changes = [];
  /** The latest request to go to a step. @type {{ run: Run, step: number } | null} */
  #latestRequest = null;
  #going = false;
  /** Called when the worker has answered a `restore`, or no longer will. */
  #answered = () => {};

  /**
   * @param {object} lab
   * @param {import('./lab-state.svelte.js').Ask} lab.ask
   * @param {(command: PlainCommand) => void} lab.send
   * @param {(sentence: string) => void} lab.notify
   * @param {(training: Training) => void} lab.configure trains with other settings from now on
   * @param {(specs: Spec[]) => Promise<void>} lab.meet finds out what is known of the data sets that these were trained on
   * @param {import('../runs/storage.js').Storage | null} [storage]
   */
  constructor({ ask, send, notify, configure, meet }, storage) {
    super({ ask, meet }, storage);
    this.#send = send;
    this.#notify = notify;
    this.#configure = configure;
  }

  /** Those of the current run. Not reactive beyond that: read them when `curvesVersion` has changed. */
  get curves() {
    return this.current?.curves ?? NO_CURVES;
  }

  /** What the last step was made with, or the first will be. Not reactive, as the curves. @returns {Spec | null} */
  get madeWith() {
    const run = this.current;
    return run && (this.at === null ? run.data.lastSpec : run.specAt(this.at));
  }

  /** @param {LabEvent} event */
  receive(event) {
    switch (event.type) {
      case 'begun':
      case 'entered':
      case 'recovered':
        return this.#built(event);
      case 'rejected':
      case 'lost':
      case 'recovering':
        return this.#answered();
      case 'phase':
        if (event.phase === 'training') this.dismissOffer();
        return;
      case 'progress':
        return this.#progress(event.progress);
      case 'configured':
        return this.#configured(event.training);
      case 'weightSet':
        return this.#weightSet(event);
      case 'taught':
      case 'untaught':
        return this.#taught(event);
      case 'evaluated':
        return this.#evaluated(event.evaluation);
      case 'wentBack':
        this.#edits.clear();
        return this.#truncate(event.step);
      case 'checkpoint':
        return this.#keep(event.checkpoint);
    }
  }

  /**
   * Goes back, or forward again, to a kept step; makes the run current if it is not.
   * @param {Run} run
   * @param {number} [step] its last, if none is given
   */
  async goTo(run, step = run.steps.at(-1) ?? 0) {
    this.dismissOffer();
    this.#latestRequest = { run, step };
    if (this.#going) return;
    this.#going = true;
    try {
      while (this.#latestRequest) {
        const request = /** @type {{ run: Run, step: number }} */ (this.#latestRequest);
        this.#latestRequest = null;
        await this.#restore(request);
      }
    } finally {
      this.#going = false;
    }
  }

  /**
   * Continues as a new run from the current step, or the one the run went back to.
   * @param {Training | null} [training] what it trains with, if that is something else
   */
  async fork(training = null) {
    const from = this.current;
    const step = this.at ?? from?.data.lastStep;
    if (!from || !this.#spec || step === undefined || !from.steps.includes(step)) return;
    const fork = { of: `Run ${from.data.number}`, step, spec: from.specAt(step) };
    const run = this.#begin(this.#spec, from.data.summary, { fork, firstStep: step, lastStep: step });
    if (training) this.#configure(training);
    const checkpoint = await this.archive.checkpoint(from, step);
    if (!checkpoint || this.current !== run || run.steps.includes(step)) return;
    this.#keep(checkpoint);
  }

  /** @param {import('./built.js').Beginning} event */
  #built(event) {
    const { spec, summary, step } = event;
    this.#spec = spec;
    this.#edits.clear();
    const entered = event.type === 'entered' ? this.find(event.id) : null;
    if (entered) this.#enter(entered, step);
    else if (event.type === 'recovered') this.#truncate(step);
    else this.#begin(spec, summary, { firstStep: step, lastStep: step });
    this.#answered();
  }

  /**
   * @param {Spec} spec
   * @param {Summary} summary
   * @param {Partial<import('../runs/run.js').StoredRun>} more
   */
  #begin(spec, summary, more) {
    this.#leave();
    const run = new Run({ id: newId(), number: this.nextNumber(), spec, summary, ...more });
    this.list = [...this.list, run];
    run.data.before = this.beforeOf(run);
    this.current = run;
    this.at = null;
    this.#curvesChanged();
    this.touch();
    return run;
  }

  /** The current run ends. It is kept if it has made a step or was brought in, and drawn over the next one, to compare. */
  #leave() {
    const run = this.current;
    if (!run) return;
    if (!run.began && !run.isBroughtIn) {
      this.list = this.list.filter((other) => other !== run);
      return;
    }
    for (const other of this.list.filter(({ data }) => data.shown === 'auto')) {
      other.data.shown = false;
      this.saveShown(other);
    }
    run.data.shown ||= 'auto';
    this.save(run);
  }

  /** @param {Run} run @param {number} step */
  #enter(run, step) {
    if (run !== this.current) {
      this.#leave();
      this.current = run;
    }
    this.at = step < run.data.lastStep ? step : null;
    this.#curvesChanged();
    this.touch();
  }

  /** @param {import('../model/reports.js').Progress} progress */
  #progress({ step, firstStep, losses, accuracies }) {
    if (losses.length > 0) {
      this.dismissOffer();
      this.#goOn(firstStep - 1);
    }
    const run = this.current;
    if (!run) return;
    losses.forEach((loss, index) => run.curves.train.add(firstStep + index, loss, Number(accuracies[index])));
    if (this.at === null) run.data.lastStep = step;
    this.#curvesChanged();
  }

  /** Steps have been made, perhaps from where the run went back to. @param {number} after the step before them */
  #goOn(after) {
    const [run, spec] = [this.current, this.#spec];
    if (!run || !spec) return;
    if (this.at !== null) this.#leaveEarlierStep(run, spec, this.at);
    this.#edits.clear();
    this.current?.goOnWith(spec, after);
  }

  /** Steps that would come out the same replace those that there are. @param {Run} run @param {Spec} spec @param {number} step */
  #leaveEarlierStep(run, spec, step) {
    const { changes, lastSpec } = run.data;
    const same = sameTraining(spec.training, lastSpec.training) && !changes.some((change) => change > step);
    if (same) this.#truncate(step);
    else this.fork();
  }

  /** @param {Training} training of the next step */
  #configured(training) {
    if (!this.#spec) return;
    this.#spec = { ...this.#spec, training };
    const run = this.current;
    if (!run || run.began) return;
    run.beginWith(this.#spec);
    run.data.before = this.beforeOf(run);
    this.touch();
  }

  /** @param {Extract<LabEvent, { type: 'weightSet' }>} event */
  #weightSet({ place, before, value, step }) {
    if (this.at !== null) this.fork();
    const run = this.current;
    if (!run) return;
    if (!this.#edits.any) this.#changes = run.data.changes;
    this.#edits.set(place, before, value);
    run.data.changes = this.#edits.any ? [...this.#changes, step] : this.#changes;
    this.touch();
  }

  /** @param {Extract<LabEvent, { type: 'taught' | 'untaught' }>} event */
  #taught(event) {
    if (this.at !== null) this.fork();
    this.#edits.clear();
    this.current?.receive(event);
    this.#curvesChanged();
    this.touch();
  }

  /** What is measured at a step that a run went back to is no part of the run, which is whole. @param {Evaluation} evaluation */
  #evaluated(evaluation) {
    const run = this.current;
    if (!run || this.at !== null) return;
    run.addEvaluation(evaluation);
    this.save(run);
    this.#curvesChanged();
  }

  /** @param {number} step */
  #truncate(step) {
    const run = this.current;
    if (!run) return;
    this.archive.drop(run, run.truncate(step));
    this.at = null;
    this.#curvesChanged();
    this.touch();
  }

  /** @param {Checkpoint} checkpoint */
  #keep(checkpoint) {
    const run = this.current;
    // After going back, the worker sends what is kept already.
    if (!run || this.at !== null) return;
    const { step, elapsed, bytes } = checkpoint;
    const dropped = run.keep({ step, elapsed, size: bytes.length });
    this.archive.hold(run, checkpoint);
    if (run.began) {
      this.save(run);
      this.archive.drop(run, dropped);
      this.makeRoom();
    }
    this.touch();
  }

  /** @param {{ run: Run, step: number }} request */
  async #restore({ run, step }) {
    const checkpoint = await this.archive.checkpoint(run, step);
    if (!checkpoint) {
      this.#notify(`The weights of ${this.nameOf(run)} at step ${step.toLocaleString('en')} are no longer kept.`);
      return;
    }
    await new Promise((resolve) => {
      this.#answered = () => resolve(null);
      this.#send({ type: 'restore', run: run.id, set: run.data.lastSpec.data.set, checkpoint });
    });
  }

  #curvesChanged() {
    this.curvesVersion += 1;
  }
}
