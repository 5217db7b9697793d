/** The way from runs to where they are kept: their checkpoints, films of their filters, and files. */

import { writeRun } from './file.js';
import { filtersIn } from './filters.js';
import { DiskStorage, SafeStorage } from './storage.js';
import { toDrop } from './thinning.js';

/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./storage.js').Storage} Storage */

/** Frames of a film. */
const FRAMES = 14;

export class Archive {
  #storage;
  /** Checkpoints that wait for the first step of their run: one without a step is not stored. @type {{ id: string, checkpoints: Checkpoint[] }} */
  #held = { id: '', checkpoints: [] };

  /**
   * @param {Storage | null} storage
   * @param {(error: unknown) => void} failed hears when nothing can be kept on disk any more
   */
  constructor(storage, failed) {
    this.#storage = new SafeStorage(storage, failed);
  }

  all() {
    return this.#storage.all();
  }

  /** @param {string} id */
  remove(id) {
    this.#storage.remove(id);
  }

  /** @param {Run} run @param {Checkpoint} checkpoint that is stored with the run when that is saved next */
  hold(run, checkpoint) {
    const before = this.#held.id === run.id ? this.#held.checkpoints : [];
    this.#held = { id: run.id, checkpoints: [...before.filter(({ step }) => step !== checkpoint.step), checkpoint] };
    develop(run, checkpoint);
  }

  /** @param {Run} run @param {readonly Checkpoint[]} [checkpoints] */
  save(run, checkpoints = []) {
    const held = this.#held.id === run.id ? this.#held.checkpoints : [];
    if (held.length > 0) this.#held = { id: '', checkpoints: [] };
    this.#storage.save(run.stored(), [...held, ...checkpoints]);
  }

  /** @param {Run} run @param {readonly number[]} steps whose checkpoints are given up */
  drop(run, steps) {
    if (steps.length === 0) return;
    const { id, checkpoints } = this.#held;
    if (id === run.id) this.#held = { id, checkpoints: checkpoints.filter(({ step }) => !steps.includes(step)) };
    this.#storage.drop(run.id, steps);
  }

  /** @param {Run} run @param {number} step @returns {Promise<Checkpoint | null>} */
  async checkpoint(run, step) {
    const held = this.#held.id === run.id && this.#held.checkpoints.find((checkpoint) => checkpoint.step === step);
    return held || this.#storage.checkpoint(run.id, step);
  }

  /**
   * The filters of a layer at some of the kept steps.
   * @param {Run} run
   * @param {number} layer
   * @returns {Promise<{ step: number, weights: Float32Array }[]>}
   */
  async film(run, layer) {
    const dropped = toDrop(run.steps, FRAMES);
    const frames = [];
    for (const step of run.steps.filter((step) => !dropped.includes(step))) {
      if (!run.films.has(step)) {
        const checkpoint = await this.checkpoint(run, step);
        if (checkpoint) develop(run, checkpoint);
      }
      const weights = run.films.get(step)?.get(layer);
      if (weights) frames.push({ step, weights });
    }
    return frames;
  }

  /** @param {Run} run @param {string} name @returns {Promise<Blob>} a file from which it can be had again */
  async file(run, name) {
    const found = await Promise.all(run.steps.map((step) => this.checkpoint(run, step)));
    const checkpoints = found.filter((one) => one !== null);
    return new Blob(writeRun(run.stored(), name, checkpoints));
  }
}

/** @param {Run} run @param {Checkpoint} checkpoint */
function develop(run, { step, bytes }) {
  const filters = filtersIn(bytes, run.data.spec, run.data.summary);
  if (filters) run.films.set(step, filters);
}

/** @returns {Storage | null} */
export function disk() {
  try {
    return globalThis.indexedDB ? new DiskStorage() : null;
  } catch {
    // Where a page may keep nothing, even to ask is forbidden.
    return null;
  }
}

/** @returns {Promise<number>} bytes that the browser lets this page keep */
export async function roomOfBrowser() {
  try {
    const { quota } = await globalThis.navigator.storage.estimate();
    return quota || Infinity;
  } catch {
    return Infinity;
  }
}
