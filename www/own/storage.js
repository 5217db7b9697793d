/** Where data sets of one's own are kept: in the browser's database, each with its files as blobs. */

import { openDB } from 'idb';

/** @typedef {import('../model/data-sets.js').DataSet} DataSet */
/** @typedef {import('../model/data-sets.js').OwnSet} OwnSet */
/** As the engine names the four files of a set. @typedef {'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'} FileKind */

/**
 * A kept set. `bytes` is what its files take, and `keptAt` when it was put there, in milliseconds since 1970.
 * @typedef {{ set: DataSet, about: OwnSet, files: Record<FileKind, Blob>, keptAt: number, bytes: number }} OwnRecord
 */

/** What a list of them shows. @typedef {Omit<OwnRecord, 'files'>} Listed */

/**
 * @typedef {{
 *   all(): Promise<Listed[]>, get(set: DataSet): Promise<OwnRecord | null>, put(record: OwnRecord): Promise<void>,
 *   remove(set: DataSet): Promise<void>, rename(set: DataSet, title: string): Promise<void>,
 * }} SetStorage
 */

const STORE = 'sets';

/** @implements {SetStorage} */
export class SetDatabase {
  #opening;

  constructor(name = 'convscope-sets') {
    this.#opening = opened(name);
    // Each read and write reports the failure.
    this.#opening.catch(() => {});
  }

  /** @returns {Promise<Listed[]>} the latest first, without their files */
  async all() {
    /** @type {OwnRecord[]} */
    const records = await (await this.#opening).getAll(STORE);
    return records
      .map(({ set, about, keptAt, bytes }) => ({ set, about, keptAt, bytes }))
      .sort((one, other) => other.keptAt - one.keptAt);
  }

  /** @param {DataSet} set @returns {Promise<OwnRecord | null>} */
  async get(set) {
    return (await (await this.#opening).get(STORE, set)) ?? null;
  }

  /** @param {OwnRecord} record */
  async put(record) {
    const change = (await this.#opening).transaction(STORE, 'readwrite');
    await Promise.all([change.store.put(record), change.done]);
  }

  /** @param {DataSet} set */
  async remove(set) {
    const change = (await this.#opening).transaction(STORE, 'readwrite');
    await Promise.all([change.store.delete(set), change.done]);
  }

  /** Only its title: what its name is the hash of stays. @param {DataSet} set @param {string} title */
  async rename(set, title) {
    const change = (await this.#opening).transaction(STORE, 'readwrite');
    /** @type {OwnRecord | undefined} */
    const record = await change.store.get(set);
    if (record) await change.store.put({ ...record, about: { ...record.about, title } });
    await change.done;
  }
}

/** A browser that forbids databases may throw at once. @param {string} name */
async function opened(name) {
  return openDB(name, 1, {
    upgrade: (database) => void database.createObjectStore(STORE, { keyPath: 'set' }),
  });
}
