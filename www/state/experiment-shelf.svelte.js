/** All experiments that were begun on this page, and the results that this browser keeps of earlier visits. */

import { readResults, writeResults } from '../experiments/results.js';
import { ExperimentRun } from './experiment-run.svelte.js';

/** @typedef {import('../experiments/form.js').Experiment} Experiment */
/** @typedef {Pick<Storage, 'getItem' | 'setItem'>} Kept */

export class ExperimentShelf {
  #parts;
  #kept;
  /** @type {Map<string, ExperimentRun>} */
  #runs = new Map();

  /**
   * @param {Omit<ConstructorParameters<typeof ExperimentRun>[1], 'results' | 'ended'>} parts
   * @param {Kept | null} [kept]
   */
  constructor(parts, kept = localKept()) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** @param {Experiment} experiment @returns {ExperimentRun} the same each time */
  of(experiment) {
    const { id } = experiment;
    const run =
      this.#runs.get(id) ??
      new ExperimentRun(experiment, {
        ...this.#parts,
        results: this.#read(experiment),
        ended: (results) => this.#write(id, writeResults(results)),
      });
    this.#runs.set(id, run);
    return run;
  }

  /** Runs one. Others stop, for they would compete for the processor. @param {Experiment} experiment */
  start(experiment) {
    for (const other of this.#runs.values()) other.stop();
    this.of(experiment).start();
  }

  /** @param {Experiment} experiment */
  #read(experiment) {
    try {
      const text = this.#kept?.getItem(keyOf(experiment.id));
      return text ? readResults(text, experiment) : null;
    } catch {
      return null;
    }
  }

  /** @param {string} id @param {string} text */
  #write(id, text) {
    try {
      this.#kept?.setItem(keyOf(id), text);
    } catch {
      // A browser that keeps nothing, or no more: the results last as long as the page.
    }
  }
}

/** @param {string} id */
const keyOf = (id) => `convscope experiment ${id}`;

/** @returns {Kept | null} */
function localKept() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    // Where a page may keep nothing, merely asking throws.
    return null;
  }
}

/** @type {ExperimentShelf | null} */
let shelf = null;

/** The one of this page, which outlives the panel that shows it. @param {Pick<import('./lab.svelte.js').Lab, 'dataUrl' | 'openOwnSets'>} lab */
export function shelfOf(lab) {
  shelf ??= new ExperimentShelf({
    dataUrl: lab.dataUrl,
    findOwn: async (set) => (await lab.openOwnSets()).find(set),
  });
  return shelf;
}
