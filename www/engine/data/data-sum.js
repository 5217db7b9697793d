/**
 * The sum of the data that a receipt names, so that others can check that they train on the same: SHA-256 over the
 * four unpacked files, one after the other, as `zcat … | sha256sum` prints it in this order. It is computed when it is
 * first asked for, from files that are read again from the browser's cache: nothing waits for it while the page loads.
 */

import { SETS } from '../../model/data-sets.js';
import { unpacked } from './loader.js';
import { bytesOf, ZIPPED_NAMES } from './sources.js';

/** @typedef {import('../../model/reports.js').DataSum} Sum */
/** @typedef {import('../session.js').FileKind} FileKind */

/** @type {FileKind[]} */
const ORDER = ['trainImages', 'trainLabels', 'testImages', 'testLabels'];

/** Bytes summed by hand before other tasks get their turn: some milliseconds. */
const TURN = 1 << 19;

export class DataSum {
  #url;
  #fetch;
  #nextTask;
  #subtle;
  /** @type {Promise<Sum> | null} */
  #sum = null;

  /**
   * @param {object} parts
   * @param {string} parts.url of the folder, with a slash at its end
   * @param {typeof fetch} parts.fetch
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {SubtleCrypto} [parts.subtle] missing where the page was not loaded over a secure connection
   */
  constructor({ url, fetch, nextTask, subtle = globalThis.crypto?.subtle }) {
    this.#url = url;
    this.#fetch = fetch;
    this.#nextTask = nextTask;
    this.#subtle = subtle;
  }

  /** Computed once; a failure is tried again. */
  get() {
    this.#sum ??= this.#compute().catch((error) => {
      this.#sum = null;
      throw error;
    });
    return this.#sum;
  }

  /** @returns {Promise<Sum>} */
  async #compute() {
    const bytes = await this.#read();
    if (!this.#subtle) return { algorithm: 'fnv1a64', hex: await fnv1a64(bytes, this.#nextTask) };
    const digest = new Uint8Array(await this.#subtle.digest('SHA-256', bytes));
    return { algorithm: 'sha256', hex: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
  }

  async #read() {
    // The sets that a host has are all as large as MNIST.
    const all = new Uint8Array(ORDER.reduce((sum, kind) => sum + bytesOf(kind, SETS.mnist), 0));
    let at = 0;
    for (const kind of ORDER) {
      const name = ZIPPED_NAMES[kind];
      const lost = () => new Error(`${name} could not be fetched.`);
      const response = await this.#fetch(this.#url + name, { cache: 'force-cache' });
      if (!response.ok || !response.body) throw lost();
      const reader = (await unpacked(response.body, lost)).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        all.set(piece.value, at);
        at += piece.value.length;
      }
    }
    return all.subarray(0, at);
  }
}

const [OFFSET_HIGH, OFFSET_LOW] = [0xcbf29ce4, 0x84222325];
/** The prime is 2⁴⁰ + 0x1b3. */
const PRIME_LOW = 0x1b3;

/**
 * FNV-1a in 64 bits, as the engine's fingerprints. JavaScript's only 64-bit integers are very slow,
 * so it is done in halves.
 * @param {Uint8Array} bytes
 * @param {() => Promise<void>} nextTask
 */
export async function fnv1a64(bytes, nextTask) {
  let [high, low] = [OFFSET_HIGH, OFFSET_LOW];
  for (let at = 0; at < bytes.length; at += 1) {
    low = (low ^ /** @type {number} */ (bytes[at])) >>> 0;
    const product = low * PRIME_LOW;
    high = (Math.imul(high, PRIME_LOW) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
    if (at % TURN === TURN - 1) await nextTask();
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
