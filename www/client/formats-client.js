/** The page's end of the worker that writes and reads files of networks. It is started by the first request. */

import { endWorker } from './end-worker.js';
import { PendingRequests } from './pending-requests.js';

/** @typedef {import('../engine/formats/protocol.js').FormatAnswer} FormatAnswer */
/** @typedef {import('../engine/formats/protocol.js').FormatRequest} FormatRequest */
/** @typedef {import('../engine/formats/protocol.js').FormatRequests} FormatRequests */
/** @typedef {import('../engine/formats/protocol.js').Match} Match */
/** @typedef {import('./client.js').WorkerLike} WorkerLike */

/** A slow connection has to fetch the module first. */
const PATIENCE_MS = 120_000;
/** After which the module must not be called again. */
const FATAL = new Set(['engine_crashed', 'engine_unavailable']);

const startWorker = () =>
  new Worker(new URL('../engine/formats/formats.worker.js', import.meta.url), { type: 'module', name: 'formats' });

export class FormatsClient {
  /** @type {WorkerLike | null} */
  #worker = null;
  #requests = new PendingRequests();
  #createWorker;

  /** @param {() => WorkerLike} [createWorker] */
  constructor(createWorker = startWorker) {
    this.#createWorker = createWorker;
  }

  /**
   * @template {FormatRequest} Name
   * @param {Name} name
   * @param {FormatRequests[Name]['ask']} ask
   * @returns {Promise<FormatRequests[Name]['answer']>}
   * @throws an error whose message says what was refused
   */
  async ask(name, ask) {
    const { id, reply } = this.#requests.open(PATIENCE_MS);
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, name, ask });
    const { answer, problem } = await reply;
    if (problem) throw new Error(problem.message);
    return answer;
  }

  dispose() {
    this.#stop('The page has closed what writes and reads files.');
  }

  #start() {
    const worker = this.#createWorker();
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#stop('The module of formats could not be started. Check your connection and try again.');
    };
    return worker;
  }

  /** @param {FormatAnswer} answer */
  #receive({ id, answer, problem }) {
    this.#requests.answer(id, { answer, problem });
    if (problem && FATAL.has(problem.code)) this.#stop(problem.message);
  }

  /** The next request starts another worker. @param {string} reason */
  #stop(reason) {
    endWorker(this.#worker);
    this.#worker = null;
    this.#requests.rejectAll(reason);
  }
}
