/**
 * Where runs are kept: in the browser's database, so that they survive a reload, or in memory where it fails.
 * A run and its checkpoints are stored apart, so that the list can be read without the weights.
 */

import { openDB } from 'idb';

/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('./run.js').StoredRun} StoredRun */

/**
 * @typedef {{
 *   all(): Promise<StoredRun[]>,
 *   save(run: StoredRun, checkpoints: readonly Checkpoint[]): Promise<void>,
 *   checkpoint(id: string, step: number): Promise<Checkpoint | null>,
 *   drop(id: string, steps: readonly number[]): Promise<void>,
 *   remove(id: string): Promise<void>,
 * }} Storage
 */

/** @implements {Storage} */
export class MemoryStorage {
  /** @type {Map<string, StoredRun>} */
  #runs = new Map();
  /** @type {Map<string, Map<number, Checkpoint>>} */
  #checkpoints = new Map();

  async all() {
    return [...this.#runs.values()];
  }

  /** @param {StoredRun} run @param {readonly Checkpoint[]} checkpoints */
  async save(run, checkpoints) {
    this.#runs.set(run.id, run);
    const kept = this.#checkpoints.get(run.id) ?? new Map();
    for (const checkpoint of checkpoints) kept.set(checkpoint.step, checkpoint);
    this.#checkpoints.set(run.id, kept);
  }

  /** @param {string} id @param {number} step */
  async checkpoint(id, step) {
    return this.#checkpoints.get(id)?.get(step) ?? null;
  }

  /** @param {string} id @param {readonly number[]} steps */
  async drop(id, steps) {
    for (const step of steps) this.#checkpoints.get(id)?.delete(step);
  }

  /** @param {string} id */
  async remove(id) {
    this.#runs.delete(id);
    this.#checkpoints.delete(id);
  }
}

/** How long a database may take to open: some browsers never report that they forbid it. */
const PATIENCE_MS = 5_000;

/** A browser that forbids databases may throw at once. @param {string} name */
async function opened(name) {
  return openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('runs', { keyPath: 'id' });
      database.createObjectStore('checkpoints');
    },
  });
}

/** @param {number} ms */
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @implements {Storage} */
export class DiskStorage {
  #opening;

  /**
   * @param {object} [parts]
   * @param {() => ReturnType<typeof opened>} [parts.open]
   * @param {(ms: number) => Promise<unknown>} [parts.wait]
   */
  constructor({ open = () => opened('convscope'), wait = later } = {}) {
    const tooLate = wait(PATIENCE_MS).then(() => {
      throw new Error('The database did not open.');
    });
    this.#opening = Promise.race([open(), tooLate]);
    tooLate.catch(() => {});
    // Each read and write reports the failure.
    this.#opening.catch(() => {});
  }

  /** @returns {Promise<StoredRun[]>} */
  async all() {
    return (await this.#opening).getAll('runs');
  }

  /** @param {StoredRun} run @param {readonly Checkpoint[]} checkpoints */
  async save(run, checkpoints) {
    const change = (await this.#opening).transaction(['runs', 'checkpoints'], 'readwrite');
    const kept = change.objectStore('checkpoints');
    const writes = checkpoints.map((checkpoint) => kept.put(checkpoint, [run.id, checkpoint.step]));
    await Promise.all([change.objectStore('runs').put(run), ...writes, change.done]);
  }

  /** @param {string} id @param {number} step @returns {Promise<Checkpoint | null>} */
  async checkpoint(id, step) {
    return (await (await this.#opening).get('checkpoints', [id, step])) ?? null;
  }

  /** @param {string} id @param {readonly number[]} steps */
  async drop(id, steps) {
    const change = (await this.#opening).transaction('checkpoints', 'readwrite');
    await Promise.all([...steps.map((step) => change.store.delete([id, step])), change.done]);
  }

  /** @param {string} id */
  async remove(id) {
    const change = (await this.#opening).transaction(['runs', 'checkpoints'], 'readwrite');
    const ofRun = IDBKeyRange.bound([id], [id, []]);
    const deletes = [change.objectStore('runs').delete(id), change.objectStore('checkpoints').delete(ofRun)];
    await Promise.all([...deletes, change.done]);
  }
}

/**
 * Stores on disk until the first failure, and in memory from then on. What is on disk can still be read.
 * @implements {Storage}
 */
export class SafeStorage {
  #disk;
  #memory = new MemoryStorage();
  #broken;
  #failed;
  /** One at a time: dropping must not overtake saving. @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {Storage | null} disk null where there is none
   * @param {(error: unknown) => void} failed is called at the first failure
   */
  constructor(disk, failed) {
    this.#disk = disk;
    this.#broken = disk === null;
    this.#failed = failed;
  }

  /** Whether what is saved now survives a reload. */
  get lasting() {
    return !this.#broken;
  }

  async all() {
    const inMemory = await this.#memory.all();
    const onDisk = await this.#read((disk) => disk.all(), []);
    return [...onDisk.filter(({ id }) => !inMemory.some((run) => run.id === id)), ...inMemory];
  }

  /** @param {StoredRun} run @param {readonly Checkpoint[]} checkpoints */
  save(run, checkpoints) {
    return this.#change((storage) => storage.save(run, checkpoints));
  }

  /** @param {string} id @param {number} step */
  checkpoint(id, step) {
    return this.#after(async () => {
      const inMemory = await this.#memory.checkpoint(id, step);
      return inMemory ?? this.#read((disk) => disk.checkpoint(id, step), null);
    });
  }

  /** @param {string} id @param {readonly number[]} steps */
  drop(id, steps) {
    return this.#free((storage) => storage.drop(id, steps));
  }

  /** @param {string} id */
  remove(id) {
    return this.#free((storage) => storage.remove(id));
  }

  /**
   * Freeing space is tried on the disk even if nothing more could be saved there.
   * @param {(storage: Storage) => Promise<void>} change
   */
  #free(change) {
    return this.#after(async () => {
      await change(this.#memory);
      try {
        if (this.#disk) await change(this.#disk);
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  /** @param {(storage: Storage) => Promise<void>} change */
  #change(change) {
    return this.#after(async () => {
      if (this.#disk && !this.#broken) {
        try {
          return await change(this.#disk);
        } catch (error) {
          this.#fail(error);
        }
      }
      await change(this.#memory);
    });
  }

  /** @param {unknown} error */
  #fail(error) {
    if (!this.#broken) this.#failed(error);
    this.#broken = true;
  }

  /**
   * @template T
   * @param {(disk: Storage) => Promise<T>} read
   * @param {T} nothing
   */
  async #read(read, nothing) {
    try {
      return this.#disk ? await read(this.#disk) : nothing;
    } catch (error) {
      this.#fail(error);
      return nothing;
    }
  }

  /**
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  #after(action) {
    const next = this.#last.then(action);
    this.#last = next.catch(() => {});
    return next;
  }
}
