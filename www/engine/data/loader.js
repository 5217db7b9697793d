/**
 * Brings the four files of a data set into the engine as they arrive over the network. Test images are first, so
 * that there is something to see at once; training can begin with the first training images.
 */

import { Refusal, refusalOf } from '../problem.js';

/** @typedef {import('../session.js').FileKind} FileKind */
/** @typedef {import('../../model/reports.js').Loading} Loading */

/** In the order of loading, with their unpacked sizes. @type {{ kind: FileKind, name: string, bytes: number }[]} */
export const FILES = [
  { kind: 'testImages', name: 't10k-images-idx3-ubyte.gz', bytes: 7_840_016 },
  { kind: 'testLabels', name: 't10k-labels-idx1-ubyte.gz', bytes: 10_008 },
  { kind: 'trainLabels', name: 'train-labels-idx1-ubyte.gz', bytes: 60_008 },
  { kind: 'trainImages', name: 'train-images-idx3-ubyte.gz', bytes: 47_040_016 },
];

const TOTAL = FILES.reduce((sum, { bytes }) => sum + bytes, 0);

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
  #fetch;
  #imagesArrived;
  #fail;
  #url = '';
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
   * @param {typeof fetch} parts.fetch
   * @param {() => void} parts.imagesArrived called when more images can be used
   * @param {(error: unknown) => void} parts.fail hears of a trap, after which nothing more is done
   */
  constructor({ session, emit, nextTask, now, fetch, imagesArrived, fail }) {
    this.#session = session;
    this.#emit = emit;
    this.#nextTask = nextTask;
    this.#now = now;
    this.#fetch = fetch;
    this.#imagesArrived = imagesArrived;
    this.#fail = fail;
  }

  /** The address of the folder whose files are held. */
  get url() {
    return this.#url;
  }

  /** @param {string} url of the folder, with a slash at its end */
  open(url) {
    this.use(url);
    this.reload();
  }

  /**
   * Drops everything loaded from another folder; `reload` fetches the files of this one.
   * @param {string} url
   */
  use(url) {
    if (url === this.#url) return;
    this.#url = url;
    this.#running?.abort();
    this.#running = null;
    this.#complete.clear();
    this.#partial = 0;
    for (const { kind } of FILES) this.#session.beginFile(kind);
  }

  /** Fetches what is still missing. */
  reload() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#load(this.#running.signal).catch((error) => this.#fail(error));
  }

  /** @param {AbortSignal} ended aborted when another folder is used */
  async #load(ended) {
    this.#report();
    for (const file of FILES) {
      if (this.#complete.has(file.kind)) continue;
      const failure = await this.#read(file, ended);
      if (ended.aborted) return;
      this.#partial = 0;
      if (failure) {
        this.#emit({ type: 'dataFailed', problem: failure });
        break;
      }
      this.#complete.add(file.kind);
      this.#report();
    }
    this.#running = null;
  }

  /**
   * @param {{ kind: FileKind, name: string }} file
   * @param {AbortSignal} ended
   * @returns {Promise<import('../../model/reports.js').Problem | null>}
   */
  async #read({ kind, name }, ended) {
    const abort = new AbortController();
    ended.addEventListener('abort', () => abort.abort());
    try {
      this.#session.beginFile(kind);
      const body = await this.#request(name, abort);
      for await (const bytes of pieces(await unpacked(body, name), name, abort)) {
        if (ended.aborted) return null;
        await this.#take(kind, bytes);
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
   * @param {string} name
   * @param {AbortController} abort
   * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>}
   */
  async #request(name, abort) {
    const answer = this.#fetch(this.#url + name, { signal: abort.signal });
    const response = await inTime(answer, name, abort).catch((error) => {
      throw error instanceof Refusal ? error : unreachable(name);
    });
    if (response.status === 404) throw new Refusal('missing_file', `${name} is not where it should be: ${this.#url}.`);
    if (!response.ok || !response.body) {
      throw new Refusal('network', `${name} could not be fetched: the server answered ${response.status}.`);
    }
    return response.body;
  }

  /**
   * @param {FileKind} kind
   * @param {Uint8Array} bytes
   */
  async #take(kind, bytes) {
    this.#session.appendFile(kind, bytes);
    this.#partial += bytes.length;
    this.#imagesArrived();
    if (this.#now() - this.#reportedAt >= INTERVAL_MS) this.#report();
    if (this.#now() - this.#turnBegan < TURN_MS) return;
    await this.#nextTask();
    this.#turnBegan = this.#now();
  }

  #report() {
    const [training = 0, test = 0] = this.#session.imagesReady();
    const complete = FILES.filter(({ kind }) => this.#complete.has(kind));
    const loaded = complete.reduce((sum, { bytes }) => sum + bytes, this.#partial);
    const done = complete.length === FILES.length;
    this.#emit({ type: 'loading', loading: { loaded, total: TOTAL, training, test, done } });
    this.#reportedAt = this.#now();
  }
}

/**
 * The stream without its gzip, if it has any: some servers have a .gz file unpacked by the browser.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {string} name
 */
export async function unpacked(body, name) {
  const reader = body.getReader();
  const read = () =>
    reader.read().catch(() => {
      throw unreachable(name);
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

/** @param {string} name */
function unreachable(name) {
  return new Refusal('network', `${name} could not be fetched: the connection failed.`);
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
