/** The data set that is held, and whether another one can be had: from the host, or from the page. */

import { DEFAULT_SET, folderOf, hashOf, inputOf, isHosted, makeKnown, setOf } from '../../model/data-sets.js';
import { absence } from '../data/data-folder.js';
import { DataSum } from '../data/data-sum.js';
import { whyNotOffered } from '../data/own-set.js';
import { HostedFiles, OwnFiles } from '../data/sources.js';
import { problem, Refusal } from '../problem.js';

/** @typedef {import('../../model/data-sets.js').DataSet} DataSet */
/** @typedef {import('../../model/data-sets.js').OwnSet} OwnSet */
/** @typedef {import('../../model/reports.js').DataSum} Sum */
/** @typedef {import('../../model/reports.js').Problem} Problem */
/** @typedef {import('../../model/spec.js').OwnName} OwnName */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */
/** @typedef {import('../session.js').FileKind} FileKind */

export class DataSets {
  #loader;
  #fetch;
  #nextTask;
  /** Of the folder of all sets. */
  #url = '';
  /** The set of the visitor's own that the page has handed over last. @type {OwnFiles | null} */
  #offered = null;
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

  /**
   * Takes a set of the visitor's own, for runs that may come.
   * @param {OwnName} set
   * @param {OwnSet} about
   * @param {Record<FileKind, Blob>} files
   */
  offer(set, about, files) {
    makeKnown(set, about);
    this.#offered = new OwnFiles(set, files);
    if (this.#held !== set) return;
    // Its files may have been lost before all of them were read.
    this.#loader.use(this.#offered);
    this.load();
  }

  /** The name of the set that is held; null before the first. */
  get #held() {
    return this.#loader.source?.set ?? null;
  }

  /** Whether the files of a set need not be searched for. @param {DataSet} set */
  isSure(set) {
    if (!isHosted(set)) return this.#sourceOf(set) !== null;
    // The default set is shown first without waiting for a check.
    return this.#held === null ? set === DEFAULT_SET : set === this.#held;
  }

  /**
   * Checks whether the host has the files of a set.
   * @param {DataSet} set
   * @param {Spec | null} spec of the run that wants it, as far as it is known
   * @param {(problem: Problem | null) => void} found called with why they are not available, or null; not called if superseded
   */
  seek(set, spec, found) {
    const request = this.request();
    if (!isHosted(set)) return found(problem('no_data', whyNotOffered(set, spec)));
    absence(this.#url, set, this.#fetch).then((problem) => {
      if (request === this.#latestRequest) found(problem);
    });
  }

  /** A run is requested whose set is there: any search still under way is obsolete. */
  request() {
    return (this.#latestRequest = {});
  }

  /**
   * Holds this set, and no other, and begins a run on it; `load` fetches its files. If the run is refused, the set before is
   * held, as it was wherever that could be known beforehand.
   * @param {DataSet} set
   * @param {Summary} summary of the run's network
   * @param {() => void} start has the engine begin the run
   * @returns {boolean} whether it is another than before
   */
  use(set, summary, start) {
    const before = this.#loader.source;
    if (set === before?.set) {
      start();
      return false;
    }
    const source = this.#sourceOf(set);
    if (!source) throw new Refusal('no_data', whyNotOffered(/** @type {OwnName} */ (set), null));
    checkFit(summary, set);
    this.#loader.use(source);
    try {
      start();
    } catch (error) {
      if (before) this.#loader.open(before);
      throw error;
    }
    this.#sum = null;
    return true;
  }

  /** Fetches what is still missing. */
  load() {
    this.#loader.reload();
  }

  /**
   * The sum over the files of the set; one of the visitor's own has it in its name.
   * @returns {Promise<Sum>}
   * @throws if they cannot be read again
   */
  async sum() {
    const set = this.#held;
    if (set === null) throw new Error('there is no data set yet');
    if (!isHosted(set)) return { algorithm: 'sha256', hex: hashOf(set) };
    this.#sum ??= new DataSum({ url: folderOf(this.#url, set), fetch: this.#fetch, nextTask: this.#nextTask });
    return this.#sum.get();
  }

  /** @param {DataSet} set @returns {import('../data/sources.js').Source | null} null if the page has not handed it over */
  #sourceOf(set) {
    const held = this.#loader.source;
    if (held?.set === set) return held;
    if (isHosted(set)) return new HostedFiles(this.#url, set, this.#fetch);
    return this.#offered?.set === set ? this.#offered : null;
  }
}

/** @param {Summary} summary @param {DataSet} set @throws if the network is one for other images */
function checkFit({ input, classes }, set) {
  const { form, long, name } = setOf(set);
  const expected = inputOf(form);
  if (expected.join() === input.join() && long.length === classes) return;
  throw new Refusal(
    'impossible_shape',
    `The images of ${name} are ${expected.join('×')} in ${long.length} classes, but the network takes ${input.join('×')} and has ${classes} classes. Choose a preset: it is fitted to them.`,
  );
}
