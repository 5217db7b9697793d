/** The engine as the page runs it, in a worker, with all digits loaded; the benchmark sets the number of helpers. */

import init, { facts, Session, version } from '../../../pkg/convscope.js';
import { Loader } from '../../../www/engine/data/loader.js';
import { HostedFiles } from '../../../www/engine/data/sources.js';
import { nextTask } from '../../../www/engine/next-task.js';
import { Pool } from '../../../www/engine/pool/pool.js';

/** @typedef {import('../../../www/model/spec.js').Spec} Spec */

/** The other 5,000 of the training files are for validation. */
export const TRAINING_IMAGES = 55_000;

const now = () => performance.now();

export class Engine {
  #session;
  #pool;
  #crew;
  #helpers;
  #memory;
  #batch = 0;

  /**
   * @param {number} helpers that there are besides this worker
   * @param {string} [helperUrl]
   */
  static async open(helpers, helperUrl = '/www/engine/pool/helper.worker.js') {
    const { memory } = await init({ module_or_path: '/pkg/convscope_bg.wasm' });
    const session = new Session();
    await load(session);
    return new Engine(session, memory, helpers, helperUrl);
  }

  /**
   * @param {Session} session
   * @param {WebAssembly.Memory} memory
   * @param {number} helpers
   * @param {string} helperUrl
   */
  constructor(session, memory, helpers, helperUrl) {
    this.#session = session;
    this.#memory = memory;
    this.#helpers = helpers;
    this.#crew = { helpers, likely: helpers, measured() {}, restart() {} };
    const createWorker = () => new Worker(helperUrl, { type: 'module' });
    this.#pool = new Pool({ session, createWorker, tuner: this.#crew, now, nextTask });
  }

  get session() {
    return this.#session;
  }

  get version() {
    return version();
  }

  /** How many workers made the last step. */
  get workers() {
    return this.#pool.workers;
  }

  /** Bytes that the engine in this worker has taken. */
  get memory() {
    return this.#memory.buffer.byteLength;
  }

  /**
   * Builds a network, here and in every helper.
   * @param {Spec} spec
   * @returns {Promise<import('../../../www/model/spec.js').Summary>}
   */
  async start(spec) {
    const summary = this.#session.start(spec);
    this.#batch = spec.training.batch_size;
    this.#crew.helpers = this.#helpers;
    this.#pool.begin(spec);
    await this.#pool.started();
    return summary;
  }

  /**
   * Trains until so many steps have been made or so much time has passed.
   * @param {'one' | 'all'} workers
   * @param {{ steps?: number, milliseconds?: number }} limit
   * @returns {Promise<{ images: number, seconds: number }>}
   */
  async train(workers, { steps = Infinity, milliseconds = Infinity }) {
    this.#crew.helpers = workers === 'one' ? 0 : this.#helpers;
    const imagesBefore = this.#imagesTrained();
    const start = now();
    await this.#pool.steps(steps, milliseconds);
    const seconds = (now() - start) / 1000;
    const divergence = this.#session.diverged();
    if (divergence) throw new Error(divergence.message);
    this.#check(workers);
    return { images: this.#imagesTrained() - imagesBefore, seconds };
  }

  /** A helper that died would pass unnoticed: the steps go on without it. @param {'one' | 'all'} workers */
  #check(workers) {
    const blocks = Math.ceil(this.#batch / facts().block);
    const expected = workers === 'one' ? 1 : Math.min(this.#helpers + 1, blocks);
    // The last batch of an epoch may have fewer blocks.
    const atEnd = this.#session.position().stepInEpoch === 0;
    if (this.workers !== expected && !atEnd) throw new Error(`${this.workers} of ${expected} workers made the step`);
  }

  /** The last batch of an epoch takes what is left. */
  #imagesTrained() {
    const { epoch, stepInEpoch } = this.#session.position();
    return epoch * TRAINING_IMAGES + stepInEpoch * this.#batch;
  }
}

/** @param {Session} session */
function load(session) {
  return new Promise((resolve, reject) => {
    /** @type {import('../../../www/engine/emit.js').Emit} */
    const emit = (event) => {
      if (event.type === 'loading' && event.loading.done) resolve(null);
      if (event.type === 'dataFailed') reject(new Error(event.problem.message));
    };
    const parts = { session, emit, nextTask, now, imagesArrived() {}, fail: reject };
    new Loader(parts).open(new HostedFiles('/data/', 'mnist', fetch.bind(self)));
  });
}
