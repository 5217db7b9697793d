/** The data set that is held, and whether the host has another one. */

import { DEFAULT_SET, folderOf } from '../../model/data-sets.js';
import { absence } from '../data/data-folder.js';
import { DataSum } from '../data/data-sum.js';

/** @typedef {import('../../model/data-sets.js').DataSet} DataSet */
/** @typedef {import('../../model/reports.js').Problem} Problem */

export class DataSets {
  #loader;
  #fetch;
  #nextTask;
  /** Of the folder of all sets. */
  #url = '';
  /** Changes with each request for a set: only the latest is granted. */
  #latestRequest = {};
  /** @type {DataSum | null} */
  #sum = null;

  /**
   * @param {object} parts
   * @param {import('../data/loader.js').Loader} parts.loader
   * @param {typeof fetch} parts.fetch
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   */
  constructor({ loader, fetch, nextTask }) {
    this.#loader = loader;
    this.#fetch = fetch;
    this.#nextTask = nextTask;
  }

  /** @param {string} url of the folder in which each set has one of its own */
  open(url) {
    this.#url = url;
  }

  /** Whether the files of a set need not be searched for. @param {DataSet} set */
  isSure(set) {
    const { url } = this.#loader;
    // The default set is shown first without waiting for a check.
    return url === '' ? set === DEFAULT_SET : url === folderOf(this.#url, set);
  }

  /**
   * Checks whether the host has the files of a set.
   * @param {DataSet} set
   * @param {(problem: Problem | null) => void} found called with why they are not available, or null; not called if superseded
   */
  seek(set, found) {
    const request = this.request();
    absence(this.#url, set, this.#fetch).then((problem) => {
      if (request === this.#latestRequest) found(problem);
    });
  }

  /** A run is requested whose set is there: any search still under way is obsolete. */
  request() {
    return (this.#latestRequest = {});
  }

  /**
   * Holds this set, and no other; `load` fetches its files.
   * @param {DataSet} set
   * @returns {boolean} whether it is another than before
   */
  use(set) {
    const url = folderOf(this.#url, set);
    if (url === this.#loader.url) return false;
    this.#loader.use(url);
    this.#sum = new DataSum({ url, fetch: this.#fetch, nextTask: this.#nextTask });
    return true;
  }

  /** Fetches what is still missing. */
  load() {
    this.#loader.reload();
  }

  /**
   * The sum over the files of the set.
   * @throws if they cannot be read again
   */
  async sum() {
    if (!this.#sum) throw new Error('there is no data set yet');
    return this.#sum.get();
  }
}
