/**
 * All runs: the one that trains and those before it. It listens to the worker beside the lab, keeps what comes, and
 * has runs restored.
 *
 * A run that was gone back in stays whole until steps are made or something is changed there: the same steps then
 * simply come again, and whatever would not come again goes on as a run of its own.
 */

import { Archive, disk, roomOfBrowser } from '../runs/archive.js';
import { importedRun } from '../runs/import.js';
import { Run } from '../runs/run.js';
import { automaticName } from '../model/naming.js';
import { makeRoom } from '../runs/thinning.js';
import { describeChanges } from '../model/settings.js';

/** @typedef {import('../client/client.js').ClientEvent} ClientEvent */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../engine/protocol.js').Command} Command */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {{ id: string, name: string, number: number, current: boolean, shown: boolean, lastStep: number, firstStep: number, accuracy: number | null, size: number }} Row */

/** Bytes of all runs together. */
export const LIMIT = 150e6;

const FULL = 'This browser keeps no more runs: they last until the page is closed. Download those you want to keep.';

export class Runs {
  /** Oldest first, the current one among them. Not deep: `version` grows whenever something of them changes. @type {Run[]} */
  list = $state.raw([]);
  version = $state(0);
  /** @type {Run | null} */
  current = $state.raw(null);
  /** The step the current run was gone back to, null at its end. @type {number | null} */
  at = $state(null);
  /** Why runs are not kept beyond this page. @type {string | null} */
  problem = $state(null);
  /** The last session's run, until somebody goes on with it or with something else. @type {Run | null} */
  offer = $state.raw(null);
  /** What was deleted last and can be had back. @type {Run | null} */
  deleted = $state.raw(null);
  /** Bytes that all runs together may take. */
  limit = $state(LIMIT);
  /** The oldest run, which must go for the others to have room. @type {Run | null} */
  crowded = $state.raw(null);

  #lab;
  #send;
  #archive;
  /** @type {{ run: Run, step: number } | null} */
  #wanted = null;
  #going = false;
  #arrived = () => {};

  /** @type {Row[]} newest first */
  rows = $derived((void this.version, this.list.map((run) => this.#row(run)).reverse()));
  /** Bytes of all of them. */
  size = $derived((void this.version, this.list.reduce((sum, run) => sum + run.size, 0)));
  /** Steps of the current run that can be gone to. */
  steps = $derived((void this.version, this.current?.steps ?? []));

  /**
   * @param {Lab} lab
   * @param {(command: Command) => void} send
   * @param {import('../runs/storage.js').Storage | null} [storage]
   */
  constructor(lab, send, storage = disk()) {
    this.#lab = lab;
    this.#send = send;
    this.#archive = new Archive(storage, () => (this.problem = FULL));
    if (!storage) this.problem = FULL;
  }

  /** Finds the runs of earlier sessions. */
  async open() {
    this.limit = Math.min(LIMIT, (await roomOfBrowser()) / 2);
    const stored = await this.#archive.all();
    const known = new Set(this.list.map(({ id }) => id));
    for (const { id } of stored.filter(({ deleted }) => deleted)) this.#archive.remove(id);
    const runs = stored.filter(({ id, deleted }) => !deleted && !known.has(id)).map((run) => new Run(run));
    runs.sort((a, b) => a.data.updatedAt - b.data.updatedAt);
    if (runs.length === 0) return;
    this.list = [...runs, ...this.list];
    const last = Math.max(...runs.map(({ data }) => data.number));
    for (const run of this.list.filter(({ id }) => known.has(id))) run.data.number += last;
    if (!this.current?.began) this.offer = runs.at(-1) ?? null;
    this.#touch();
  }

  /** @param {Run} run */
  nameOf(run) {
    const { givenName, spec, lastSpec, before, fork } = run.data;
    return givenName ?? automaticName(fork ? lastSpec : spec, { before, fork });
  }

  /** @param {string} id */
  find(id) {
    return this.list.find((run) => run.id === id) ?? null;
  }

  /**
   * Hears of an event before the lab takes it in.
   * @param {ClientEvent} event
   */
  prepare(event) {
    if (this.at === null) return;
    const { spec } = this.#lab;
    const changes = event.type === 'configured' && describeChanges(spec, { ...spec, training: event.training });
    if (changes || event.type === 'weightSet') this.fork();
    else if (event.type === 'progress' && event.progress.losses.length > 0) this.#goOn();
  }

  /**
   * Hears of an event when the lab has taken it in.
   * @param {ClientEvent} event
   */
  hear(event) {
    const run = this.current;
    switch (event.type) {
      case 'built':
        return this.#built(event);
      case 'rejected':
      case 'lost':
      case 'recovering':
        return this.#arrived();
      case 'training':
        this.offer = null;
        return;
      case 'progress':
        if (event.progress.losses.length > 0) this.offer = null;
        if (run && this.at === null) run.data.lastStep = event.progress.step;
        return;
      case 'configured':
        return this.#changed(event.step, this.#lab.spec);
      case 'weightSet':
        return this.#changed(event.step, this.#lab.spec, true);
      case 'evaluated':
        if (!run || this.at !== null) return;
        run.judged(event.evaluation);
        this.#save(run);
        return;
      case 'wentBack':
        this.#truncate(event.step);
        return;
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
    this.offer = null;
    this.#wanted = { run, step };
    if (this.#going) return;
    this.#going = true;
    try {
      while (this.#wanted) await this.#restore(this.#takeWanted());
    } finally {
      this.#going = false;
    }
  }

  /**
   * Goes on as a new run from where the current one was gone back to, or stands.
   * @param {import('../model/spec.js').Training | null} [training] what it trains with, if that is something else
   */
  async fork(training = null) {
    const from = this.current;
    const step = this.at ?? from?.data.lastStep;
    if (!from || step === undefined || !from.steps.includes(step)) return;
    const fork = { of: `Run ${from.data.number}`, step, spec: this.#lab.spec };
    const run = this.#begin(this.#lab.spec, from.data.summary, { fork, firstStep: step, lastStep: step });
    if (training) this.#lab.configure(training);
    const checkpoint = await this.#archive.checkpoint(from, step);
    if (!checkpoint || this.current !== run || run.steps.includes(step)) return;
    this.#keep(checkpoint);
  }

  /** @param {string} id @param {boolean} shown */
  show(id, shown) {
    const run = this.find(id);
    if (!run) return;
    run.data.shown = shown;
    this.#keepShown(run);
  }

  /** @param {string} id @param {string} name an empty one stands for the automatic one */
  rename(id, name) {
    const run = this.find(id);
    if (!run) return;
    run.data.givenName = name.trim().slice(0, 80) || null;
    this.#save(run);
  }

  /** @param {string} id of any but the current run */
  delete(id) {
    const run = this.find(id);
    if (!run || run === this.current) return;
    this.forgetDeleted();
    this.list = this.list.filter((other) => other !== run);
    if (this.offer === run) this.offer = null;
    if (this.crowded === run) this.crowded = null;
    run.data.deleted = true;
    this.deleted = run;
    this.#save(run);
    this.#makeRoom();
  }

  /** Nobody wants back what was deleted last. */
  forgetDeleted() {
    if (this.deleted) this.#archive.remove(this.deleted.id);
    this.deleted = null;
  }

  undoDelete() {
    const run = this.deleted;
    if (!run) return;
    run.data.deleted = false;
    this.deleted = null;
    this.list = [...this.list, run].sort((a, b) => a.data.number - b.data.number);
    this.#save(run);
  }

  /** The runs may take more room after all. */
  allowMore() {
    this.crowded = null;
    this.limit = Math.max(this.limit, this.size) * 1.5;
  }

  /** @param {Run} run @returns {Promise<Blob>} a file from which it can be had again */
  file(run) {
    return this.#archive.file(run, this.nameOf(run));
  }

  /**
   * @param {Blob} file
   * @returns {Promise<string | null>} why it cannot be read
   */
  async load(file) {
    try {
      const { run: stored, checkpoints } = await importedRun(file, this.#lab);
      const run = new Run({ ...stored, id: newId(), number: this.#nextNumber() });
      const current = this.current ? [this.current] : [];
      this.list = [...this.list.filter((other) => other !== this.current), run, ...current];
      this.#save(run, checkpoints);
      this.#makeRoom();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /**
   * Takes in a run that was made elsewhere.
   * @param {{
   *   name: string, spec: Spec, losses: number[], accuracies: number[],
   *   validations: import('../engine/experiment/runner.js').Validation[],
   * }} made
   * @param {Checkpoint[]} checkpoints the last of them of its last step
   * @returns {Promise<Run | null>} null if the engine does not build it
   */
  async adopt({ name, spec, losses, accuracies, validations }, checkpoints) {
    const { summary } = await this.#lab.validate(spec);
    if (!summary) return null;
    const run = new Run({ id: newId(), number: this.#nextNumber(), givenName: name, spec, summary });
    losses.forEach((loss, index) => run.curves.train.add(index + 1, loss, Number(accuracies[index])));
    for (const { step, loss, accuracy } of validations) run.curves.validation.add(step, loss, accuracy);
    for (const { step, elapsed, bytes } of checkpoints) run.keep({ step, elapsed, size: bytes.length });
    this.list = [...this.list, run];
    this.#save(run, checkpoints);
    this.#makeRoom();
    return run;
  }

  /**
   * The filters of a layer at some of the kept steps.
   * @param {Run} run
   * @param {number} layer
   */
  film(run, layer) {
    return this.#archive.film(run, layer);
  }

  /** @param {Run} run @returns {Row} */
  #row(run) {
    const { id, data } = run;
    const { validation, test } = run.evaluationsAt(Infinity);
    return {
      ...{
        id,
        name: this.nameOf(run),
        number: data.number,
        current: run === this.current,
        shown: data.shown !== false,
      },
      ...{ firstStep: data.firstStep, lastStep: data.lastStep, size: run.size },
      accuracy: (test ?? validation)?.accuracy ?? null,
    };
  }

  /** @param {Extract<ClientEvent, { type: 'built' }>} event */
  #built({ spec, summary, step, run }) {
    const restored = run === null ? null : this.find(run);
    if (restored) this.#enter(restored, step);
    else if (run !== null) this.#begin(spec, summary, { firstStep: step, lastStep: step });
    else if (step > 0 && step === this.at && this.current) this.#enter(this.current, step);
    else if (step > 0 && this.current) this.#truncate(step);
    else this.#lab.curves = this.#begin(spec, summary, {}).curves;
    this.#arrived();
  }

  /**
   * @param {Spec} spec
   * @param {import('../model/spec.js').Summary} summary
   * @param {Partial<import('../runs/run.js').StoredRun>} more
   */
  #begin(spec, summary, more) {
    this.#leave();
    const before = this.list.at(-1)?.data.lastSpec ?? null;
    const run = new Run({ id: newId(), number: this.#nextNumber(), spec, summary, before, ...more });
    this.list = [...this.list, run];
    this.current = run;
    this.at = null;
    this.#lab.curves = run.curves;
    this.#touch();
    return run;
  }

  /** The current run is no more, but kept if it has made a step. It is laid over the next one, to compare. */
  #leave() {
    const run = this.current;
    if (!run) return;
    if (!run.began) {
      this.list = this.list.filter((other) => other !== run);
      return;
    }
    for (const other of this.list.filter(({ data }) => data.shown === 'auto')) {
      other.data.shown = false;
      this.#keepShown(other);
    }
    run.data.shown ||= 'auto';
    this.#save(run);
  }

  /** @param {Run} run @param {number} step */
  #enter(run, step) {
    const lab = this.#lab;
    const another = run !== this.current;
    if (another) {
      this.#leave();
      this.current = run;
      lab.snapshot = null;
      lab.costs = null;
    }
    this.at = step < run.data.lastStep ? step : null;
    lab.curves = run.curves;
    lab.curvesVersion += 1;
    lab.evaluations = run.evaluationsAt(step);
    lab.resumed(another, step > 0 ? run.trainedAt(step) : null);
    this.#touch();
  }

  /** Steps are made from where the run was gone back to. */
  #goOn() {
    const [run, step] = [this.current, this.at];
    if (!run || step === null) return;
    if (run.data.changes.some((change) => change > step)) this.fork();
    else this.#truncate(step);
  }

  /** @param {number} step */
  #truncate(step) {
    const run = this.current;
    if (!run) return;
    this.#archive.drop(run, run.truncate(step));
    this.at = null;
    this.#touch();
  }

  /** @param {number} step @param {Spec} spec @param {boolean} [weights] something that is not in the spec was changed */
  #changed(step, spec, weights = false) {
    const run = this.current;
    if (!run || this.at !== null) return;
    const changed = weights || describeChanges(run.data.lastSpec, spec) !== '';
    run.data.lastSpec = spec;
    if (!run.began && !run.data.fork) run.data.spec = spec;
    else if (changed) run.data.changes = [...run.data.changes, step].slice(-MOST_CHANGES);
    this.#touch();
  }

  /** @param {Checkpoint} checkpoint */
  #keep(checkpoint) {
    const run = this.current;
    // After going back, the worker tells once more what is kept already.
    if (!run || this.at !== null) return;
    const { step, elapsed, bytes } = checkpoint;
    const dropped = run.keep({ step, elapsed, size: bytes.length });
    this.#archive.hold(run, checkpoint);
    if (run.began) {
      this.#save(run);
      this.#archive.drop(run, dropped);
      this.#makeRoom();
    }
    this.#touch();
  }

  #makeRoom() {
    const others = this.list.filter((run) => run !== this.current);
    const runs = this.current ? [...others, this.current] : others;
    const { drops, over } = makeRoom(
      runs.map((run) => ({
        ...{ id: run.id, size: run.size, kept: run.data.kept, at: run === this.current ? this.at : null },
      })),
      this.limit,
    );
    for (const { id, steps } of drops) {
      const run = this.find(id);
      if (!run) continue;
      run.drop(steps);
      this.#archive.drop(run, steps);
      this.#save(run);
    }
    this.crowded = over > 0 ? (others[0] ?? null) : null;
  }

  /** @param {Run} run @param {readonly Checkpoint[]} [checkpoints] */
  #save(run, checkpoints) {
    run.data.updatedAt = Date.now();
    if (run.began || checkpoints) this.#archive.save(run, checkpoints);
    this.#touch();
  }

  /** Looking at a run does not make it the last session's. @param {Run} run */
  #keepShown(run) {
    if (run.began) this.#archive.save(run);
    this.#touch();
  }

  #takeWanted() {
    const wanted = /** @type {{ run: Run, step: number }} */ (this.#wanted);
    this.#wanted = null;
    return wanted;
  }

  /** @param {{ run: Run, step: number }} wanted */
  async #restore({ run, step }) {
    const checkpoint = await this.#archive.checkpoint(run, step);
    if (!checkpoint) {
      this.#lab.notice = `The weights of ${this.nameOf(run)} at step ${step.toLocaleString('en')} are no longer kept.`;
      return;
    }
    await new Promise((resolve) => {
      this.#arrived = () => resolve(null);
      this.#send({ type: 'restore', run: run.id, set: run.data.lastSpec.data.set, checkpoint });
    });
  }

  #nextNumber() {
    return 1 + Math.max(0, this.deleted?.data.number ?? 0, ...this.list.map(({ data }) => data.number));
  }

  #touch() {
    this.version += 1;
  }
}

/** More than anyone makes by hand in one run. */
const MOST_CHANGES = 1000;

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
