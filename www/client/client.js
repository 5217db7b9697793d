/**
 * The page's owner of the worker: starts it, sends commands and requests, hands out events, and starts it again from the
 * last checkpoint when it dies.
 */

import { endWorker } from './end-worker.js';
import { PendingRequests } from './pending-requests.js';

/** @typedef {import('../engine/protocol.js').Command} Command */
/** @typedef {import('../engine/protocol.js').Event} WorkerEvent */
/** @typedef {import('../engine/protocol.js').PlainCommand} PlainCommand */
/** @typedef {import('../engine/protocol.js').RequestName} RequestName */
/** @typedef {import('../engine/protocol.js').Requests} Requests */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').Watched} Watched */
/** @typedef {import('../model/spec.js').Spec} Spec */

/**
 * @template {RequestName} Name
 * @typedef {import('../engine/protocol.js').Ask<Name>} Ask
 */

/**
 * @template {RequestName} Name
 * @typedef {import('../engine/protocol.js').Reply<Name>} Reply
 */

/**
 * What listeners hear: the worker's events, and what became of a worker that died. `recovering`: a
 * new one continues from `step`. `lost`: it is not tried again, until `open`.
 * @typedef {(
 *   | Exclude<WorkerEvent, { type: 'answered' | 'alive' | 'failed' }>
 *   | { type: 'recovering', problem: Problem, step: number }
 *   | { type: 'lost', problem: Problem }
 * )} ClientEvent
 */

/** The part of a Worker that is used here. @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>} WorkerLike */

/**
 * How often the worker is asked whether it is alive. Silence is counted in these ticks, not by the
 * clock: a page that slept must not take its own sleep for the worker's death.
 */
export const PING_MS = 3_000;

/** Silence that is always forgiven: a slow device compiling the engine, or under full load. */
const PATIENCE_MS = 12_000;

/** Requests that take longer than others. @type {Partial<Record<import('../engine/protocol.js').RequestName, number>>} */
const TIMES_AS_LONG = { teach: 20 };

/** The slowest engine that is still waited for: a step of a huge network is one silent piece of work. */
const SLOWEST_OPERATIONS_PER_MS = 1e6;

/** Deaths without progress between them, after which the same checkpoint is not tried again. */
const MAX_DEATHS = 2;

/** The commands that train. @type {ReadonlySet<PlainCommand['type']>} */
const TRAINS = new Set(['train', 'trainTo', 'trainEpoch']);

const startWorker = () =>
  new Worker(new URL('../engine/run/run.worker.js', import.meta.url), { type: 'module', name: 'run' });

export class Client {
  /** @type {WorkerLike | null} */
  #worker = null;
  /** @type {Set<(event: ClientEvent) => void>} */
  #listeners = new Set();
  #requests = new PendingRequests();

  /** @type {Spec | null} */
  #spec = null;
  /** @type {Checkpoint | null} */
  #checkpoint = null;
  #training = false;
  /** How far training was last asked to go. @type {PlainCommand} */
  #lastTrain = { type: 'train' };
  /** Data sets of the visitor's own that have been handed over: the run's, and those that may become so. @type {Map<string, PlainCommand>} */
  #offers = new Map();
  /** What a new worker must watch. @type {Watched | null} */
  #watched = null;
  /** How fast a new worker must train; null: at full speed. @type {PlainCommand | null} */
  #pace = null;
  #deaths = 0;
  /** The step that must be passed for the deaths to be forgotten. */
  #diedAt = 0;

  /** @type {ReturnType<typeof setInterval> | undefined} */
  #heartbeat;
  #heard = false;
  #silentTicks = 0;
  #patience = PATIENCE_MS;

  /**
   * @param {object} options
   * @param {string} options.dataUrl absolute address of the folder of the data sets, each of which has one in it
   * @param {() => WorkerLike} [options.createWorker]
   */
  constructor({ dataUrl, createWorker = startWorker }) {
    this.dataUrl = dataUrl;
    this.createWorker = createWorker;
  }

  /**
   * Starts a worker with `spec`, in place of any there was.
   * @param {Spec} spec
   */
  open(spec) {
    this.#deaths = 0;
    this.#checkpoint = null;
    this.#training = false;
    this.#spec = spec;
    this.#start();
  }

  /** @param {PlainCommand} command */
  send(command) {
    if (command.type === 'watch') this.#watched = command.watched;
    if (command.type === 'pace') this.#pace = command;
    if (command.type === 'offerSet') this.#offers.set(command.set, command);
    if (TRAINS.has(command.type)) this.#lastTrain = command;
    this.#post(command);
  }

  /**
   * @param {(event: ClientEvent) => void} listener
   * @returns {() => void} stops listening
   */
  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Asks the engine; `Requests` in engine/protocol.js says what can be asked. The promise is rejected only if the engine
   * is gone or does not answer in time: what it refuses is a problem.
   * @template {RequestName} Name
   * @param {Name} name
   * @param {Ask<Name>} ask
   * @returns {Promise<Reply<Name>>}
   */
  async ask(name, ask) {
    if (!this.#worker) throw new Error('The training engine is not running.');
    const { id, reply } = this.#requests.open(this.#patience * (TIMES_AS_LONG[name] ?? 1));
    this.#post(/** @type {Command} */ ({ type: 'request', id, name, ask }));
    return reply;
  }

  dispose() {
    this.#stop('The page has closed the training engine.');
    this.#listeners.clear();
  }

  #start() {
    this.#stop('The training engine was restarted.');
    if (!this.#spec) return;
    const worker = this.createWorker();
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#died({ code: 'worker_error', message: 'The training engine stopped unexpectedly.', layer: null });
    };
    this.#worker = worker;
    this.#heard = false;
    this.#silentTicks = 0;
    this.#heartbeat = setInterval(() => this.#tick(), PING_MS);
    const offer = this.#offers.get(this.#spec.data.set);
    if (offer) this.#post(offer);
    this.send({ type: 'open', dataUrl: this.dataUrl, spec: this.#spec, checkpoint: this.#checkpoint });
    if (this.#watched) this.send({ type: 'watch', watched: this.#watched });
    if (this.#pace) this.send(this.#pace);
    this.#post({ type: 'ping' });
  }

  /** @param {Command} command */
  #post(command) {
    this.#worker?.postMessage(command);
  }

  /** @param {string} reason why open requests will not be answered */
  #stop(reason) {
    clearInterval(this.#heartbeat);
    endWorker(this.#worker);
    this.#worker = null;
    this.#requests.rejectAll(reason);
  }

  /** @param {WorkerEvent} event */
  #receive(event) {
    this.#heard = true;
    this.#silentTicks = 0;
    switch (event.type) {
      case 'alive':
        return;
      case 'answered':
        return this.#requests.answer(event.id, { answer: event.answer, problem: event.problem });
      case 'failed':
        return event.problem.code === 'engine_unavailable' ? this.#lose(event.problem) : this.#died(event.problem);
      default:
        this.#remember(event);
        this.#emit(event);
    }
  }

  /**
   * Keeps what a new worker would need to continue where this one is.
   * @param {ClientEvent} event
   */
  #remember(event) {
    if (event.type === 'checkpoint') {
      if (event.checkpoint.step > this.#diedAt) this.#deaths = 0;
      this.#checkpoint = event.checkpoint;
    } else if (event.type === 'built') {
      this.#spec = event.spec;
      for (const set of this.#offers.keys()) if (set !== event.spec.data.set) this.#offers.delete(set);
      if (event.step === 0) this.#checkpoint = null;
      const operations = event.summary.multiply_adds * event.spec.training.batch_size * 6;
      this.#patience = PATIENCE_MS + operations / SLOWEST_OPERATIONS_PER_MS;
    } else if (event.type === 'configured') {
      if (this.#spec) this.#spec = { ...this.#spec, training: event.training };
    } else if (event.type === 'phase') {
      this.#training = event.phase === 'training';
    }
  }

  #tick() {
    if (this.#heard && ++this.#silentTicks * PING_MS > this.#patience) {
      this.#died({ code: 'worker_silent', message: 'The training engine stopped answering.', layer: null });
      return;
    }
    this.#post({ type: 'ping' });
  }

  /** @param {Problem} problem */
  #died(problem) {
    this.#deaths += 1;
    this.#diedAt = this.#checkpoint?.step ?? 0;
    if (this.#deaths > MAX_DEATHS) {
      this.#lose(problem);
      return;
    }
    const training = this.#training;
    this.#start();
    this.#emit({ type: 'recovering', problem, step: this.#checkpoint?.step ?? 0 });
    if (training) this.send(this.#lastTrain);
  }

  /** @param {Problem} problem */
  #lose(problem) {
    this.#stop(problem.message);
    this.#emit({ type: 'lost', problem });
  }

  /** @param {ClientEvent} event */
  #emit(event) {
    for (const listener of this.#listeners) listener(event);
  }
}
