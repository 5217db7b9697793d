/**
 * Images of the data set that can be shown and looked up: pictures and labels of the splits that are evaluated. They are
 * the same for every network, so they are kept as long as the data set is the same. Only what a view asks for is fetched.
 */

import { DEFAULT_SET } from '../model/data-sets.js';

/** @typedef {import('./lab-state.svelte.js').Ask} Ask */
/** @typedef {import('./built.js').LabEvent} LabEvent */
/** @typedef {import('../model/reports.js').TestImage} TestImage */
/** @typedef {'validation' | 'test'} Split */
/** In the order of the split; null until `needLabels` has fetched them. @typedef {Record<Split, Uint8Array | null>} Labels */

/** Pictures asked for in one request: the worker answers between two steps. */
const CHUNK = 64;

export class Digits {
  /** @type {Labels} */
  labels = $state.raw({ validation: null, test: null });
  /** True when some could not be had; `needLabels` asks again. */
  labelsFailed = $state(false);

  #ask;
  /** @type {import('../model/data-sets.js').DataSet} */
  #set = DEFAULT_SET;
  /** Whether all images have been loaded. */
  #loaded = false;
  /** Splits whose labels are asked for again when all images have been loaded. @type {Set<Split>} */
  #waiting = new Set();
  /** @type {Map<Split, Promise<{ answer: Uint8Array | null }>>} */
  #fetchingLabels = new Map();
  /** By split and index. @type {Map<string, TestImage>} */
  #images = new Map();
  #version = $state(0);
  /** @type {string[]} */
  #queue = [];
  /** What has been asked for and not answered. @type {Set<string>} */
  #fetching = new Set();

  /** @param {Ask} ask */
  constructor(ask) {
    this.#ask = ask;
  }

  /**
   * @param {number} index
   * @param {Split} [split]
   * @returns {TestImage | null} null until it has been fetched; ask for it with `want`
   */
  image(index, split = 'test') {
    void this.#version;
    return this.#images.get(`${split} ${index}`) ?? null;
  }

  /**
   * Fetches images that are missing, before those that were requested earlier.
   * @param {readonly number[]} indices
   * @param {Split} [split]
   */
  want(indices, split = 'test') {
    const keys = indices.map((index) => `${split} ${index}`);
    const wanted = keys.filter((key) => !this.#images.has(key) && !this.#fetching.has(key));
    if (wanted.length === 0) return;
    this.#queue = [...new Set([...wanted, ...this.#queue])];
    this.#work();
  }

  /** Asks for the labels of a split, unless they are here. They are refused until all its images have been loaded. @param {Split} split */
  async needLabels(split) {
    if (this.labels[split] || this.#fetchingLabels.has(split)) return;
    this.labelsFailed = false;
    const fetching = this.#ask('labels', { split });
    this.#fetchingLabels.set(split, fetching);
    const { answer: labels } = await fetching.catch(() => ({ answer: null }));
    // Another data set may be in use by now.
    if (this.#fetchingLabels.get(split) !== fetching) return;
    this.#fetchingLabels.delete(split);
    if (labels) this.labels = { ...this.labels, [split]: labels };
    else if (this.#loaded) this.labelsFailed = true;
    else this.#waiting.add(split);
  }

  /** @param {LabEvent} event */
  receive(event) {
    if (event.type === 'loading') this.#load(event.loading);
    if (event.type !== 'begun' && event.type !== 'entered' && event.type !== 'recovered') return;
    const { set } = event.spec.data;
    if (set !== this.#set) this.#clear();
    this.#set = set;
  }

  /** @param {import('../model/reports.js').Loading} loading */
  #load({ done }) {
    this.#loaded = done;
    if (!done) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const split of waiting) this.needLabels(split);
  }

  #clear() {
    this.#loaded = false;
    this.#waiting.clear();
    this.labels = { validation: null, test: null };
    this.labelsFailed = false;
    this.#fetchingLabels.clear();
    this.#images.clear();
    this.#queue = [];
    this.#version += 1;
  }

  async #work() {
    if (this.#fetching.size > 0) return;
    while (this.#queue.length > 0) {
      const split = this.#queue[0]?.startsWith('test') ? 'test' : 'validation';
      const chunk = this.#queue.filter((key) => key.startsWith(split)).slice(0, CHUNK);
      this.#fetching = new Set(chunk);
      this.#queue = this.#queue.filter((key) => !this.#fetching.has(key));
      const set = this.#set;
      try {
        const indices = chunk.map((key) => Number(key.split(' ')[1]));
        const { answer: found } = await this.#ask('images', { split, indices });
        if (set === this.#set) found?.forEach((image) => this.#images.set(`${split} ${image.index}`, image));
        this.#version += 1;
      } catch {
        // The worker was replaced. Views ask again when the new one reports something.
        this.#queue = [];
      }
      this.#fetching.clear();
    }
  }
}
