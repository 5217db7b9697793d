/**
 * The page's end of the worker that makes a data set of chosen files. It is started by the first request, and does one
 * thing at a time: a new request takes the place of the one under way.
 */

import { endWorker } from './end-worker.js';

/** @typedef {import('../engine/own-set/protocol.js').ChosenFile} ChosenFile */
/** @typedef {import('../engine/own-set/protocol.js').Loaded} Loaded */
/** @typedef {import('../engine/own-set/protocol.js').OwnSetAnswer} OwnSetAnswer */
/** @typedef {import('../engine/own-set/protocol.js').OwnSetRequest} OwnSetRequest */
/** @typedef {import('../engine/own-set/protocol.js').OwnSetRequests} OwnSetRequests */
/** @typedef {import('../engine/own-set/protocol.js').Progress} Progress */
/** @typedef {import('./client.js').WorkerLike} WorkerLike */

/** After which the module must not be called again. */
const FATAL = new Set(['engine_crashed', 'engine_unavailable']);

const startWorker = () =>
  new Worker(new URL('../engine/own-set/own-set.worker.js', import.meta.url), { type: 'module', name: 'own-set' });

/** That a request was cancelled, which nobody needs to be told. */
export class Cancelled extends Error {}

export class OwnSetClient {
  #createWorker;
  /** @type {WorkerLike | null} */
  #worker = null;
  /** What the worker has collected; null of one that has to begin again. @type {readonly ChosenFile[] | null} */
  #held = null;
  /** @type {{ id: number, resolve: (answer: any) => void, reject: (error: Error) => void, report: (progress: Progress) => void } | null} */
  #pending = null;
  #lastId = 0;

  /** @param {() => WorkerLike} [createWorker] */
  constructor(createWorker = startWorker) {
    this.#createWorker = createWorker;
  }

  /** What is in the files. @param {readonly ChosenFile[]} files @param {(progress: Progress) => void} report */
  async collect(files, report) {
    this.cancel();
    const survey = await this.#ask('collect', { files: [...files] }, report);
    this.#held = files;
    return survey;
  }

  /**
   * The set that the files make. They are read again if they are not what was collected last.
   * @param {readonly ChosenFile[]} files
   * @param {OwnSetRequests['load']['ask']} ask
   * @param {(progress: Progress) => void} report
   * @returns {Promise<Loaded>}
   */
  async load(files, ask, report) {
    if (this.#held !== files) await this.collect(files, report);
    return this.#ask('load', ask, report);
  }

  /** A set as one file. @param {OwnSetRequests['zip']['ask']} set @param {(progress: Progress) => void} report */
  async zip(set, report) {
    return this.#ask('zip', set, report);
  }

  /** Ends what is under way, at once: the files are read again when they are needed. */
  cancel() {
    this.#stop(new Cancelled('Cancelled.'));
  }

  /**
   * @template {OwnSetRequest} Name
   * @param {Name} name
   * @param {OwnSetRequests[Name]['ask']} ask
   * @param {(progress: Progress) => void} report
   * @returns {Promise<OwnSetRequests[Name]['answer']>}
   */
  #ask(name, ask, report) {
    if (this.#pending) this.cancel();
    this.#worker ??= this.#start();
    const id = (this.#lastId += 1);
    const reply = new Promise((resolve, reject) => (this.#pending = { id, resolve, reject, report }));
    this.#worker.postMessage({ id, name, ask });
    return reply;
  }

  #start() {
    const worker = this.#createWorker();
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const sentence = 'The module that reads images could not be started. Check your connection and try again.';
      this.#stop(new Error(sentence));
    };
    return worker;
  }

  /** @param {OwnSetAnswer} said */
  #receive(said) {
    const pending = this.#pending;
    if (said.id !== pending?.id) return;
    if ('progress' in said && said.progress) return pending.report(said.progress);
    const { answer, problem } = /** @type {Exclude<OwnSetAnswer, { progress: Progress }>} */ (said);
    if (problem && FATAL.has(problem.code)) return this.#stop(new Error(problem.message));
    this.#pending = null;
    if (problem) pending.reject(new Error(problem.message));
    else pending.resolve(answer);
  }

  /** The next request starts another worker. @param {Error} reason */
  #stop(reason) {
    this.#held = null;
    endWorker(this.#worker);
    this.#worker = null;
    this.#pending?.reject(reason);
    this.#pending = null;
  }
}
