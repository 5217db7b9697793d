/**
 * The way to the visitor's own data sets: what knows them is fetched for those who have some, and no run begins on one before
 * the worker has it.
 */

import { isHosted } from '../model/data-sets.js';

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('./own-sets.svelte.js').OwnSets} OwnSets */

export class OwnSetsAccess {
  /** Null until they are opened. @type {OwnSets | null} */
  sets = $state.raw(null);

  #page;
  #send;
  /** @type {Promise<OwnSets> | null} */
  #opening = null;
  /** The latest request for a run. */
  #latestRequest = {};

  /** @param {import('./own-sets.svelte.js').Page} page @param {(command: PlainCommand) => void} send */
  constructor(page, send) {
    this.#page = page;
    this.#send = send;
  }

  /** @returns {Promise<OwnSets>} */
  open() {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #open() {
    const { OwnSets } = await import('./own-sets.svelte.js');
    const sets = new OwnSets(this.#page, this.#send);
    await sets.open();
    this.sets = sets;
    return sets;
  }

  /**
   * Begins a run when the worker can have its data set: one of the visitor's own is handed over first, if it is here. If not,
   * the worker says so.
   * @param {import('../model/data-sets.js').DataSet} set
   * @param {() => void} begin not called if another run is requested meanwhile
   * @param {boolean} [resumes] whether a run goes on by it: it does when the set comes later, too
   */
  before(set, begin, resumes = false) {
    const request = (this.#latestRequest = {});
    if (isHosted(set)) return begin();
    const offered = this.open().then(async (sets) => {
      const isHere = await sets.offer(set);
      sets.waiting = resumes && !isHere ? { set, begin } : null;
    });
    offered.catch(() => {}).then(() => request === this.#latestRequest && begin());
  }

  /** @param {PlainCommand} command */
  send(command) {
    const send = () => this.#send(command);
    if (command.type === 'restart') this.before(command.spec.data.set, send);
    else if (command.type === 'restore') this.before(command.set, send, true);
    else send();
  }
}
