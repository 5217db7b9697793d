/** The runs that are kept: their list, names, storage, and the room they take. */

import { isKnown } from '../model/data-sets.js';
import { specChanges } from '../model/difference.js';
import { automaticName } from '../model/naming.js';
import { Archive, disk, storageQuota } from '../runs/archive.js';
import { Run } from '../runs/run.js';
import { makeRoom } from '../runs/thinning.js';

/** @typedef {import('./lab-state.svelte.js').Ask} Ask */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {{ id: string, name: string, number: number, current: boolean, shown: boolean, lastStep: number, firstStep: number, accuracy: number | null, size: number }} Row */

/** A run of an experiment: its training steps, and its validation where it was measured. @typedef {{ name: string, spec: Spec, losses: number[], accuracies: number[], validations: { step: number, loss: number, accuracy: number }[] }} FinishedRun */

/** Bytes of all runs together. */
export const LIMIT = 150e6;

const FULL = 'This browser keeps no more runs: new ones last until you close the page. Save those you want to keep.';

export class RunLibrary {
  /** Oldest first, the current one among them. Not deep: `version` grows whenever something of them changes. @type {Run[]} */
  list = $state.raw([]);
  version = $state(0);
  /** The run that trains. @type {Run | null} */
  current = $state.raw(null);
  /** The earlier step the current run went back to; null at its end. @type {number | null} */
  at = $state(null);
  /** Why runs are not kept beyond this page. @type {string | null} */
  problem = $state(null);
  /** The last session's run, until it is continued, dismissed, or another one trains. @type {Run | null} */
  offer = $state.raw(null);
  /** What was deleted last and can be restored. @type {Run | null} */
  deleted = $state.raw(null);
  /** Bytes that all runs together may take. */
  limit = $state(LIMIT);
  /** The oldest run, which must go for the others to have room. @type {Run | null} */
  crowded = $state.raw(null);

  /** @protected */
  archive;
  #ask;
  #meet;

  /** @type {Row[]} newest first */
  rows = $derived((void this.version, this.list.map((run) => this.#row(run)).reverse()));
  /** Bytes of all of them. */
  size = $derived((void this.version, this.list.reduce((sum, run) => sum + run.size, 0)));
  /** Steps of the current run that it can go back to. */
  steps = $derived((void this.version, this.current?.steps ?? []));

  /**
   * @param {{ ask: Ask, meet: (specs: Spec[]) => Promise<void> }} lab
   * @param {import('../runs/storage.js').Storage | null} [storage]
   */
  constructor({ ask, meet }, storage = disk()) {
    this.#ask = ask;
    this.#meet = meet;
    /** @type {import('../runs/archive.js').ReadFilters} */
    const readFilters = async (bytes, layer) => {
      // Views ask again whenever something of the runs changes.
      const { answer } = await ask('checkpointFilters', { bytes, layer }).catch(() => ({ answer: null }));
      return answer;
    };
    this.archive = new Archive({ storage, failed: () => (this.problem = FULL), readFilters });
    if (!storage) this.problem = FULL;
  }

  /** Finds the runs of earlier sessions. */
  async open() {
    this.limit = Math.min(LIMIT, (await storageQuota()) / 2);
    const stored = await this.archive.all();
    const known = new Set(this.list.map(({ id }) => id));
    for (const { id } of stored.filter(({ deleted }) => deleted)) this.archive.remove(id);
    const runs = stored.filter(({ id, deleted }) => !deleted && !known.has(id)).map((run) => new Run(run));
    runs.sort((a, b) => a.data.updatedAt - b.data.updatedAt);
    if (runs.length === 0) return;
    await this.#know(runs.map(({ data }) => data.spec));
    this.list = [...runs, ...this.list];
    const last = Math.max(...runs.map(({ data }) => data.number));
    for (const run of this.list.filter(({ id }) => known.has(id))) run.data.number += last;
    if (!this.current?.began) this.offer = runs.at(-1) ?? null;
    this.touch();
  }

  /** @param {Run} run */
  nameOf(run) {
    const { givenName, spec, before, fork } = run.data;
    return givenName ?? automaticName(spec, { before, fork });
  }

  /**
   * What a new run is named by its difference from: what the one before it ended with, or began with, for a run that was
   * changed on the way is not repeated by starting over with its settings.
   * @protected @param {Run} run
   */
  beforeOf(run) {
    const last = this.list.filter((other) => other !== run).at(-1)?.data;
    if (!last) return null;
    if (last.changes.length === 0 && !last.fork && !last.fromFile) return last.spec;
    return [last.lastSpec, last.spec].find((spec) => specChanges(spec, run.data.spec).length > 0) ?? null;
  }

  /** @param {string} id */
  find(id) {
    return this.list.find((run) => run.id === id) ?? null;
  }

  dismissOffer() {
    this.offer = null;
  }

  /** @param {string} id @param {boolean} shown */
  show(id, shown) {
    const run = this.find(id);
    if (!run) return;
    run.data.shown = shown;
    this.saveShown(run);
  }

  /** @param {string} id @param {string} name an empty one stands for the automatic one */
  rename(id, name) {
    const run = this.find(id);
    if (!run) return;
    run.data.givenName = name.trim().slice(0, 80) || null;
    this.save(run);
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
    this.save(run);
    this.makeRoom();
  }

  /** What was deleted last can no longer be restored. */
  forgetDeleted() {
    if (this.deleted) this.archive.remove(this.deleted.id);
    this.deleted = null;
  }

  undoDelete() {
    const run = this.deleted;
    if (!run) return;
    run.data.deleted = false;
    this.deleted = null;
    this.list = [...this.list, run].sort((a, b) => a.data.number - b.data.number);
    this.save(run);
  }

  /** The runs may take more room after all. */
  allowMore() {
    this.crowded = null;
    this.limit = Math.max(this.limit, this.size) * 1.5;
  }

  /** @param {Run} run @returns {Promise<Blob>} a file from which it can be loaded again */
  file(run) {
    return this.archive.file(run, this.nameOf(run));
  }

  /** @param {Run} run @param {number} step one that is kept @returns {Promise<Checkpoint | null>} */
  checkpoint(run, step) {
    return this.archive.checkpoint(run, step);
  }

  /**
   * The filters of a layer at some of the kept steps.
   * @param {Run} run
   * @param {number} layer
   */
  film(run, layer) {
    return this.archive.film(run, layer);
  }

  /**
   * @param {Blob} file
   * @returns {Promise<string | null>} why it cannot be read
   */
  async load(file) {
    try {
      const engine = {
        validate: (/** @type {Spec} */ spec) => this.#ask('validate', { spec }),
        readCheckpoint: (/** @type {Uint8Array} */ bytes) => this.#ask('readCheckpoint', { bytes }),
      };
      // Few visitors have a file: what reads one is fetched only for them.
      const { importedRun } = await import('../runs/import.js');
      const { run: stored, checkpoints } = await importedRun(file, engine);
      await this.#know([stored.spec]);
      const run = new Run({ ...stored, id: newId(), number: this.nextNumber() });
      // The current run stays the newest.
      const current = this.current ? [this.current] : [];
      this.#setList([...this.list.filter((other) => other !== this.current), run, ...current], run, checkpoints);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /**
   * Adds a run that was made by an experiment.
   * @param {FinishedRun} finished
   * @param {Checkpoint[]} checkpoints the last of them of its last step
   * @returns {Promise<Run | null>} null if the engine refuses its spec
   */
  async adopt({ name, spec, losses, accuracies, validations }, checkpoints) {
    const { answer: summary } = await this.#ask('validate', { spec });
    if (!summary) return null;
    const run = new Run({ id: newId(), number: this.nextNumber(), givenName: name, spec, summary });
    losses.forEach((loss, index) => run.curves.train.add(index + 1, loss, Number(accuracies[index])));
    for (const { step, loss, accuracy } of validations) run.curves.validation.add(step, loss, accuracy);
    for (const { step, elapsed, bytes } of checkpoints) run.keep({ step, elapsed, size: bytes.length });
    if (checkpoints.some(({ touched }) => touched?.includes('weights'))) run.data.changes = [0];
    run.data.fromFile = checkpoints.some(({ touched }) => touched?.includes('file'));
    this.#setList([...this.list, run], run, checkpoints);
    return run;
  }

  /** Before anything is said of runs, their data sets must be known. @param {Spec[]} specs */
  async #know(specs) {
    const strange = specs.filter(({ data }) => !isKnown(data.set));
    if (strange.length > 0) await this.#meet(strange).catch(() => {});
  }

  /** @param {Run[]} list with a new run @param {Run} run the new one @param {Checkpoint[]} checkpoints */
  #setList(list, run, checkpoints) {
    this.list = list;
    this.save(run, checkpoints);
    this.makeRoom();
  }

  /** @param {Run} run @returns {Row} */
  #row(run) {
    const { id, data } = run;
    const { validation, test } = run.evaluationsAt(Infinity);
    return {
      ...{ id, name: this.nameOf(run), number: data.number, current: run === this.current },
      ...{ shown: data.shown !== false, firstStep: data.firstStep, lastStep: data.lastStep, size: run.size },
      accuracy: (test ?? validation)?.accuracy ?? null,
    };
  }

  /** @protected */
  makeRoom() {
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
      this.archive.drop(run, steps);
      this.save(run);
    }
    this.crowded = over > 0 ? (others[0] ?? null) : null;
  }

  /** @protected @param {Run} run @param {readonly Checkpoint[]} [checkpoints] */
  save(run, checkpoints) {
    run.data.updatedAt = Date.now();
    if (run.began || checkpoints) this.archive.save(run, checkpoints);
    this.touch();
  }

  /** Showing a run does not make it the last session's. @protected @param {Run} run */
  saveShown(run) {
    if (run.began) this.archive.save(run);
    this.touch();
  }

  /** @protected */
  nextNumber() {
    return 1 + Math.max(0, this.deleted?.data.number ?? 0, ...this.list.map(({ data }) => data.number));
  }

  /** @protected */
  touch() {
    this.version += 1;
  }
}

export const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
