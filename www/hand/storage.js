/** Where examples are kept: in the browser's database, or in memory where it fails. */

import { openDB } from 'idb';

/** @typedef {import('./examples.js').Example} Example */
/** @typedef {{ all(): Promise<Example[]>, put(examples: readonly Example[]): Promise<void>, remove(ids: readonly string[]): Promise<void> }} ExampleStorage */

const STORE = 'examples';

/** @implements {ExampleStorage} */
export class ExampleDatabase {
  #opening;

  constructor(name = 'convscope-examples') {
    this.#opening = opened(name);
    // Each read and write reports the failure.
    this.#opening.catch(() => {});
  }

  /** @returns {Promise<Example[]>} in the order in which they were drawn */
  async all() {
    return (await this.#opening).getAll(STORE);
  }

  /** @param {readonly Example[]} examples */
  async put(examples) {
    const change = (await this.#opening).transaction(STORE, 'readwrite');
    await Promise.all([...examples.map((example) => change.store.put(example)), change.done]);
  }

  /** @param {readonly string[]} ids */
  async remove(ids) {
    const change = (await this.#opening).transaction(STORE, 'readwrite');
    await Promise.all([...ids.map((id) => change.store.delete(id)), change.done]);
  }
}

/** A browser that forbids databases may throw at once. @param {string} name */
async function opened(name) {
  return openDB(name, 1, {
    upgrade: (database) => void database.createObjectStore(STORE, { keyPath: 'id' }),
  });
}
