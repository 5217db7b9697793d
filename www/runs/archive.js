/** Connects runs to where they are kept: their checkpoints, film strips of their filters, and files. */

import { DiskStorage, SafeStorage } from './storage.js';
import { toDrop } from './thinning.js';

/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./storage.js').Storage} Storage */
/** Reads the weights of a layer from a checkpoint; null if it cannot be read. @typedef {(bytes: Uint8Array, layer: number) => Promise<Float32Array | null>} ReadFilters */

/** Frames of a film strip. */
const FRAMES = 14;

export class Archive {
  #storage;
  #readFilters;
  /** Checkpoints that wait for the first step of their run: a run without a step is not stored. @type {{ id: string, checkpoints: Checkpoint[] }} */
  #held = { id: '', checkpoints: [] };

  /**
   * @param {object} parts
   * @param {Storage | null} parts.storage
   * @param {(error: unknown) => void} parts.failed is called when nothing can be kept on disk any more
   * @param {ReadFilters} parts.readFilters
   */
  constructor({ storage, failed, readFilters }) {
    this.#storage = new SafeStorage(storage, failed);
    this.#readFilters = readFilters;
  }

  all() {
    return this.#storage.all();
  }

  /** @param {string} id */
  remove(id) {
    this.#storage.remove(id);
  }

  /** @param {Run} run @param {Checkpoint} checkpoint to be stored when the run is saved next */
  hold(run, checkpoint) {
    const before = this.#held.id === run.id ? this.#held.checkpoints : [];
    this.#held = { id: run.id, checkpoints: [...before.filter(({ step }) => step !== checkpoint.step), checkpoint] };
  }

  /** @param {Run} run @param {readonly Checkpoint[]} [checkpoints] */
  save(run, checkpoints = []) {
    const held = this.#held.id === run.id ? this.#held.checkpoints : [];
    if (held.length > 0) this.#held = { id: '', checkpoints: [] };
    this.#storage.save(run.stored(), [...held, ...checkpoints]);
  }

  /** @param {Run} run @param {readonly number[]} steps whose checkpoints are dropped */
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
      const weights = run.filtersAt(step, layer) ?? (await this.#developed(run, step, layer));
      if (weights) frames.push({ step, weights });
    }
    return frames;
  }

  /** @param {Run} run @param {number} step @param {number} layer */
  async #developed(run, step, layer) {
    const checkpoint = await this.checkpoint(run, step);
    const weights = checkpoint && (await this.#readFilters(checkpoint.bytes, layer));
    if (weights) run.keepFilters(step, layer, weights);
    return weights;
  }

  /** @param {Run} run @param {string} name @returns {Promise<Blob>} a file from which it can be loaded again */
  async file(run, name) {
    const { writeRun } = await import('./file.js');
    const found = await Promise.all(run.steps.map((step) => this.checkpoint(run, step)));
    const checkpoints = found.filter((one) => one !== null);
    return new Blob(writeRun(run.stored(), name, checkpoints));
  }
}

/** @returns {Storage | null} */
export function disk() {
  try {
    return globalThis.indexedDB ? new DiskStorage() : null;
  } catch {
    // Where a page may keep nothing, merely asking throws.
    return null;
  }
}

/** @returns {Promise<number>} bytes that the browser lets this page store */
export async function storageQuota() {
  try {
    const { quota } = await globalThis.navigator.storage.estimate();
    return quota || Infinity;
  } catch {
    return Infinity;
  }
}
