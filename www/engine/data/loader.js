/**
 * Brings the four files of a data set into the engine as they arrive. Test images are first, so that there is something to
 * see at once; training can begin with the first training images.
 */

import { setOf } from '../../model/data-sets.js';
import { Refusal, refusalOf } from '../problem.js';
import { bytesOf, KINDS, totalBytes } from './sources.js';

/** @typedef {import('../session.js').FileKind} FileKind */
/** @typedef {import('./sources.js').Source} Source */

/** A connection that delivers nothing for this long is given up. */
export const STALL_MS = 20_000;

/** Commands and training steps wait no longer than this for the loader. */
const TURN_MS = 8;

/** How often progress is reported. */
const INTERVAL_MS = 100;

export class Loader {
  #session;
  #emit;
  #nextTask;
  #now;
  #imagesArrived;
  #fail;
  /** @type {Source | null} */
  #source = null;
  /** Ends the loading that is under way. @type {AbortController | null} */
  #running = null;
  /** @type {Set<FileKind>} */
  #complete = new Set();
  /** Bytes of the file under way. */
  #partial = 0;
  #reportedAt = -Infinity;
  #turnBegan = 0;

  /**
   * @param {object} parts
   * @param {import('../session.js').Session} parts.session
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {() => number} parts.now milliseconds
   * @param {() => void} parts.imagesArrived called when more images can be used
   * @param {(error: unknown) => void} parts.fail hears of a trap, after which nothing more is done
   */
  constructor({ session, emit, nextTask, now, imagesArrived, fail }) {
    this.#session = session;
    this.#emit = emit;
    this.#nextTask = nextTask;
    this.#now = now;
    this.#imagesArrived = imagesArrived;
    this.#fail = fail;
  }

  /** Where the files that are held come from; null before the first. */
  get source() {
    return this.#source;
  }

  /** @param {Source} source */
  open(source) {
    this.use(source);
    this.reload();
  }

  /**
   * Drops everything loaded of another set; `reload` fetches the files of this one.
   * @param {Source} source
   */
  use(source) {
    const isOther = source.set !== this.#source?.set;
    this.#source = source;
    if (!isOther) return;
    this.#running?.abort();
    this.#running = null;
    this.#complete.clear();
    this.#partial = 0;
    const { form, sizes, long } = setOf(source.set);
    const { training, validation, test } = sizes;
    this.#session.beginSet(form.channels, form.rows, form.columns, long.length, training, validation, test);
  }

  /** Fetches what is still missing. */
  reload() {
    if (this.#running || !this.#source || this.#complete.size === KINDS.length) return;
    this.#running = new AbortController();
    this.#load(this.#source, this.#running.signal).catch((error) => this.#fail(error));
  }

  /** @param {Source} source @param {AbortSignal} ended aborted when another one is used */
  async #load(source, ended) {
    this.#report(source);
    for (const kind of KINDS) {
      if (this.#complete.has(kind)) continue;
      const failure = await this.#read(source, kind, ended);
      if (ended.aborted) return;
      this.#partial = 0;
      if (failure) {
        this.#emit({ type: 'dataFailed', problem: failure });
        break;
      }
      this.#complete.add(kind);
      this.#report(source);
    }
    this.#running = null;
  }

  /**
   * @param {Source} source
   * @param {FileKind} kind
   * @param {AbortSignal} ended
   * @returns {Promise<import('../../model/reports.js').Problem | null>}
   */
  async #read(source, kind, ended) {
    const name = source.names[kind];
    const abort = new AbortController();
    ended.addEventListener('abort', () => abort.abort());
    try {
      this.#session.beginFile(kind);
      const body = await inTime(source.open(kind, abort.signal), name, abort);
      for await (const bytes of pieces(await unpacked(body, () => source.lost(kind)), name, abort)) {
        if (ended.aborted) return null;
        await this.#take(source, kind, bytes);
      }
      if (ended.aborted) return null;
      this.#session.finishFile(kind);
      this.#imagesArrived();
      return null;
    } catch (error) {
      // Only a file that failed is abandoned: a complete one may still be being written to the cache.
      abort.abort();
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return { ...refusal, message: refusal.message.includes(name) ? refusal.message : `${name}: ${refusal.message}` };
    }
  }

  /**
   * @param {Source} source
   * @param {FileKind} kind
   * @param {Uint8Array} bytes
   */
  async #take(source, kind, bytes) {
    this.#session.appendFile(kind, bytes);
    this.#partial += bytes.length;
    this.#imagesArrived();
    if (this.#now() - this.#reportedAt >= INTERVAL_MS) this.#report(source);
    if (this.#now() - this.#turnBegan < TURN_MS) return;
    await this.#nextTask();
    this.#turnBegan = this.#now();
  }

  /** @param {Source} source */
  #report({ set }) {
    const [training = 0, test = 0] = this.#session.imagesReady();
    const complete = KINDS.filter((kind) => this.#complete.has(kind));
    const loaded = complete.reduce((sum, kind) => sum + bytesOf(kind, setOf(set)), this.#partial);
    const done = complete.length === KINDS.length;
    this.#emit({ type: 'loading', loading: { loaded, total: totalBytes(set), training, test, done } });
    this.#reportedAt = this.#now();
  }
}

/**
 * The stream without its gzip, if it has any: some servers have a .gz file unpacked by the browser.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {() => Error} lost why no more of it arrives
 */
export async function unpacked(body, lost) {
  const reader = body.getReader();
  const read = () =>
    reader.read().catch(() => {
      throw lost();
    });
  let head = new Uint8Array();
  while (head.length < 2) {
    const { done, value } = await read();
    if (done) break;
    head = joined(head, value);
  }
  /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
  const whole = new ReadableStream({
    start: (controller) => controller.enqueue(head),
    pull: async (controller) => {
      const { done, value } = await read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  return zipped ? whole.pipeThrough(new DecompressionStream('gzip')) : whole;
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {string} name
 * @param {AbortController} abort
 */
async function* pieces(stream, name, abort) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await inTime(reader.read(), name, abort).catch((error) => {
      throw error instanceof Refusal ? error : new Refusal('bad_file', `${name} is damaged: it cannot be unpacked.`);
    });
    if (done) return;
    yield value;
  }
}

/**
 * @template Result
 * @param {Promise<Result>} promise
 * @param {string} name
 * @param {AbortController} abort
 * @returns {Promise<Result>}
 */
function inTime(promise, name, abort) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = STALL_MS / 1000;
      reject(new Refusal('network', `${name} stopped arriving: nothing came for ${seconds} seconds.`));
      abort.abort();
    }, STALL_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * @param {Uint8Array<ArrayBuffer>} head
 * @param {Uint8Array<ArrayBuffer>} tail
 */
function joined(head, tail) {
  const both = new Uint8Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}
