/**
 * Images of the data set that can be shown and looked up: pictures of the test set, and the labels of evaluated splits.
 * They are the same for every network, so they are kept as long as the data set is the same. Only what a view asks for
 * is fetched.
 */

import { DEFAULT_SET } from '../model/data-sets.js';

/** @typedef {import('./lab-state.svelte.js').Ask} Ask */
/** @typedef {import('./built.js').LabEvent} LabEvent */
/** @typedef {import('../model/reports.js').TestImage} TestImage */
/** @typedef {'validation' | 'test'} Split */
/** In the order of the split; null until `needLabels` has fetched them. @typedef {Record<Split, Uint8Array | null>} Labels */

/** Pictures asked for in one request: the worker answers between two steps. */
const CHUNK = 64;
/** Images asked for in one request where only their labels are wanted: as many as the worker answers. */
const LABELS_CHUNK = 1_000;

export class Digits {
  /** @type {Labels} */
  labels = $state.raw({ validation: null, test: null });
  /** True when some could not be fetched; `needLabels` tries again. */
  labelsFailed = $state(false);

  #ask;
  /** @type {import('../model/data-sets.js').DataSet} */
  #set = DEFAULT_SET;
  /** @type {Map<Split, Promise<Uint8Array>>} */
  #fetchingLabels = new Map();
  /** @type {Map<number, TestImage>} */
  #images = new Map();
  #version = $state(0);
  /** @type {number[]} */
  #queue = [];
  /** What has been asked for and not answered. @type {Set<number>} */
  #fetching = new Set();

  /** @param {Ask} ask */
  constructor(ask) {
    this.#ask = ask;
  }

  /** @param {number} index in the test set @returns {TestImage | null} null until it has been fetched; ask for it with `want` */
  image(index) {
    void this.#version;
    return this.#images.get(index) ?? null;
  }

  /**
   * Fetches test images that are not here yet, before all that were wanted earlier.
   * @param {readonly number[]} indices
   */
  want(indices) {
    const wanted = indices.filter((index) => !this.#images.has(index) && !this.#fetching.has(index));
    if (wanted.length === 0) return;
    this.#queue = [...new Set([...wanted, ...this.#queue])];
    this.#work();
  }

  /**
   * Fetches the labels of the first images of a split, unless they are here.
   * @param {Split} split
   * @param {number} count as many as an evaluation of the split has images
   */
  async needLabels(split, count) {
    if (this.labels[split] || this.#fetchingLabels.has(split)) return;
    this.labelsFailed = false;
    const fetching = this.#fetchLabels(split, count);
    this.#fetchingLabels.set(split, fetching);
    const labels = await fetching.catch(() => null);
    // Another data set may be in use by now.
    if (this.#fetchingLabels.get(split) !== fetching) return;
    this.#fetchingLabels.delete(split);
    if (labels) this.labels = { ...this.labels, [split]: labels };
    else this.labelsFailed = true;
  }

  /** @param {LabEvent} event */
  receive(event) {
    if (event.type !== 'begun' && event.type !== 'entered' && event.type !== 'recovered') return;
    const { set } = event.spec.data;
    if (set !== this.#set) this.#clear();
    this.#set = set;
  }

  #clear() {
    this.labels = { validation: null, test: null };
    this.labelsFailed = false;
    this.#fetchingLabels.clear();
    this.#images.clear();
    this.#queue = [];
    this.#version += 1;
  }

  /** @param {Split} split @param {number} count */
  async #fetchLabels(split, count) {
    const labels = new Uint8Array(count);
    for (let first = 0; first < count; first += LABELS_CHUNK) {
      const indices = Array.from({ length: Math.min(LABELS_CHUNK, count - first) }, (_, at) => first + at);
      const found = await this.#found(split, indices);
      if (found.length < indices.length) throw new Error('Not all images have been loaded.');
      for (const { index, label } of found) labels[index] = label;
    }
    return labels;
  }

  async #work() {
    if (this.#fetching.size > 0) return;
    while (this.#queue.length > 0) {
      const chunk = this.#queue.slice(0, CHUNK);
      this.#queue = this.#queue.slice(CHUNK);
      this.#fetching = new Set(chunk);
      const set = this.#set;
      try {
        const found = await this.#found('test', chunk);
        if (set === this.#set) found.forEach((image) => this.#images.set(image.index, image));
        if (found.length > 0) this.#version += 1;
      } catch {
        // The worker was replaced. Views ask again when the new one reports something.
        this.#queue = [];
      }
      this.#fetching.clear();
    }
  }

  /** @param {Split} split @param {number[]} indices */
  async #found(split, indices) {
    const { answer } = await this.#ask('images', { split, indices });
    return answer ?? [];
  }
}
