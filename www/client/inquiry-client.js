/** The page's end of the worker that asks a network questions. It is started by the first request. */

/** @typedef {import('../engine/inquiry/protocol.js').InquiryAnswer} InquiryAnswer */
/** @typedef {import('../engine/inquiry/protocol.js').InquiryRequest} InquiryRequest */
/** @typedef {import('../engine/inquiry/protocol.js').InquiryRequests} InquiryRequests */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('./client.js').WorkerLike} WorkerLike */

/**
 * An answer, or why there is none; neither, if the request was cancelled.
 * @template {InquiryRequest} Name
 * @typedef {{ answer: InquiryRequests[Name]['answer'], problem: null } | { answer: null, problem: Problem | null }} Reply
 */

/**
 * `checkpoint`: of the network that is asked, if not the one in use.
 * @template {InquiryRequest} Name
 * @typedef {{
 *   checkpoint?: Uint8Array | null, onProgress?: (progress: InquiryRequests[Name]['progress'] & { done: number, of: number }) => void,
 *   signal?: AbortSignal,
 * }} Options
 */

/** After which the module must not be called again. */
const FATAL = new Set(['engine_crashed', 'engine_unavailable']);

const CANCELLED = { answer: null, problem: null };

const startWorker = () =>
  new Worker(new URL('../engine/inquiry/inquiry.worker.js', import.meta.url), { type: 'module', name: 'inquiry' });

export class InquiryClient {
  #createWorker;
  /** @type {WorkerLike | null} */
  #worker = null;
  #lastId = 0;
  /** @type {Map<number, { settle: (reply: any) => void, report: (progress: any) => void }>} */
  #pending = new Map();

  /** How many workers have been started: a new one knows no network and no images. */
  started = 0;

  /** @param {() => WorkerLike} [createWorker] */
  constructor(createWorker = startWorker) {
    this.#createWorker = createWorker;
  }

  /**
   * Never rejects.
   * @template {InquiryRequest} Name
   * @param {Name} name
   * @param {InquiryRequests[Name]['ask']} ask
   * @param {Options<Name>} [options]
   * @returns {Promise<Reply<Name>>}
   */
  ask(name, ask, { checkpoint = null, onProgress = () => {}, signal } = {}) {
    if (signal?.aborted) return Promise.resolve(CANCELLED);
    const worker = (this.#worker ??= this.#start());
    const id = (this.#lastId += 1);
    return new Promise((resolve) => {
      const cancel = () => {
        worker.postMessage({ cancel: id });
        this.#settle(id, CANCELLED);
      };
      const settle = (/** @type {Reply<Name>} */ reply) => {
        signal?.removeEventListener('abort', cancel);
        resolve(reply);
      };
      this.#pending.set(id, { settle, report: onProgress });
      signal?.addEventListener('abort', cancel);
      worker.postMessage({ id, name, ask, checkpoint });
    });
  }

  dispose() {
    this.#stop(null);
  }

  #start() {
    const worker = this.#createWorker();
    this.started += 1;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const message = 'The module that asks the network could not be started. Check your connection and try again.';
      this.#stop({ code: 'engine_unavailable', message, layer: null });
    };
    return worker;
  }

  /** @param {InquiryAnswer} said */
  #receive(said) {
    if (said.progress) return this.#pending.get(said.id)?.report(said.progress);
    const { id, answer, problem } = /** @type {Exclude<InquiryAnswer, { progress: any }>} */ (said);
    if (problem && FATAL.has(problem.code)) return this.#stop(problem);
    this.#settle(id, { answer, problem });
  }

  /** What is no longer waited for is dropped. @param {number} id @param {unknown} reply */
  #settle(id, reply) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(reply);
  }

  /** The next request starts another worker. @param {Problem | null} problem */
  #stop(problem) {
    if (this.#worker) {
      this.#worker.onmessage = null;
      this.#worker.onerror = null;
      this.#worker.terminate();
      this.#worker = null;
    }
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle } of waiting) settle({ answer: null, problem });
  }
}
