/**
 * The page's owner of the worker: starts it, sends commands, hands out events, answers requests, and
 * starts it again from the last checkpoint when it dies.
 */

/** @typedef {import('../engine/protocol.js').Command} Command */
/** @typedef {import('../engine/protocol.js').Event} WorkerEvent */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').GradientCheck} GradientCheck */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../model/reports.js').Receipt} Receipt */
/** @typedef {import('../model/reports.js').TestImage} TestImage */
/** @typedef {import('../model/reports.js').Watched} Watched */
/** @typedef {import('../model/reports.js').WeightStep} WeightStep */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */

/**
 * What listeners hear: the worker's events, and what became of a worker that died. `recovering`: a
 * new one goes on from `step`. `lost`: it is not tried again, until `open`.
 * @typedef {(
 *   | Exclude<WorkerEvent, { type: 'validated' | 'checkpointRead' | 'freshSeed' | 'testImages' | 'nextWrong' | 'weighed' | 'gradientChecked' | 'sliced' | 'imageTried' | 'receipt' | 'alive' | 'failed' }>
 *   | { type: 'recovering', problem: Problem, step: number }
 *   | { type: 'lost', problem: Problem }
 * )} ClientEvent
 */

/** The part of a Worker that is used here. @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>} WorkerLike */

/** @typedef {{ resolve: (answer: any) => void, reject: (error: Error) => void, timer: ReturnType<typeof setTimeout> }} Pending */

/**
 * How often the worker is asked whether it lives. Silence is counted in these ticks, not by the
 * clock: a page that slept must not take its own sleep for the worker's death.
 */
export const PING_MS = 3_000;

/** Silence that is always forgiven: a slow device compiling the engine, or under full load. */
const PATIENCE_MS = 12_000;

/** The slowest engine that is still waited for: a step of a huge network is one silent piece of work. */
const SLOWEST_OPERATIONS_PER_MS = 1e6;

/** Deaths without progress between them, after which the same checkpoint is not tried again. */
const MAX_DEATHS = 2;

const startWorker = () =>
  new Worker(new URL('../engine/run/run.worker.js', import.meta.url), { type: 'module', name: 'run' });

export class Client {
  /** @type {WorkerLike | null} */
  #worker = null;
  /** @type {Set<(event: ClientEvent) => void>} */
  #listeners = new Set();
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #nextRequest = 1;

  /** @type {Spec | null} */
  #spec = null;
  /** @type {Checkpoint | null} */
  #checkpoint = null;
  #training = false;
  /** The step at which training is to pause, if it is. @type {number | null} */
  #goal = null;
  /** What a new worker must be told to watch. @type {Watched | null} */
  #watched = null;
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

  /** @param {Command} command */
  send(command) {
    if (command.type === 'watch') this.#watched = command.watched;
    if (command.type === 'trainTo') this.#goal = command.step;
    if (command.type === 'train') this.#goal = null;
    this.#worker?.postMessage(command);
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
   * @param {Spec} spec
   * @returns {Promise<{ summary: Summary | null, problem: Problem | null }>}
   */
  validate(spec) {
    return this.#request((request) => ({ type: 'validate', request, spec }));
  }

  /**
   * The spec and the step of a checkpoint, which nothing is done with.
   * @param {Uint8Array} bytes
   * @returns {Promise<{ spec: Spec | null, step: number, problem: Problem | null }>}
   */
  readCheckpoint(bytes) {
    return this.#request((request) => ({ type: 'readCheckpoint', request, bytes }));
  }

  /**
   * A seed that nobody can foresee.
   * @returns {Promise<number>}
   */
  freshSeed() {
    return this.#request((request) => ({ type: 'freshSeed', request }));
  }

  /**
   * Those of the wanted test images that have been loaded.
   * @param {number[]} indices
   * @returns {Promise<TestImage[]>}
   */
  testImages(indices) {
    return this.#request((request) => ({ type: 'testImages', request, indices }));
  }

  /**
   * The next test digit behind `after` that the network misreads, of those that have been loaded.
   * @param {number} after
   * @returns {Promise<number | null>} null where none is misread
   */
  nextWrong(after) {
    return this.#request((request) => ({ type: 'nextWrong', request, after }));
  }

  /**
   * What the next step will do to one weight.
   * @param {WeightRef} place
   * @returns {Promise<{ weighing: WeightStep | null, problem: Problem | null }>}
   */
  weigh(place) {
    return this.#request((request) => ({ type: 'weigh', request, place }));
  }

  /**
   * The slope of the probe's loss in one weight, computed and measured.
   * @param {WeightRef} place
   * @param {number | null} label
   * @returns {Promise<{ check: GradientCheck | null, problem: Problem | null }>}
   */
  checkGradient(place, label) {
    return this.#request((request) => ({ type: 'checkGradient', request, place, label }));
  }

  /**
   * The loss of the next batch at so many places from `from` to `to` times the next step.
   * @param {{ from: number, to: number, points: number }} where
   * @returns {Promise<{ slice: import('../model/reports.js').LossLine | null, problem: Problem | null }>}
   */
  slice(where) {
    return this.#request((request) => ({ type: 'slice', request, ...where }));
  }

  /**
   * What the network makes of an image, without looking at it from now on.
   * @param {Uint8Array} pixels
   * @returns {Promise<{ logits: Float32Array | null, probabilities: Float32Array | null }>}
   */
  tryImage(pixels) {
    return this.#request((request) => ({ type: 'tryImage', request, pixels }));
  }

  /**
   * What the run, as it stands, can be recognised by. The first time, the data are read again for it.
   * @returns {Promise<{ receipt: Receipt | null, problem: Problem | null }>}
   */
  receipt() {
    return this.#request((request) => ({ type: 'receipt', request }));
  }

  dispose() {
    this.#stop('The page has closed the training engine.');
    this.#listeners.clear();
  }

  #start() {
    this.#stop('The training engine was started anew.');
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
    this.send({ type: 'open', dataUrl: this.dataUrl, spec: this.#spec, checkpoint: this.#checkpoint });
    if (this.#watched) this.send({ type: 'watch', watched: this.#watched });
    this.send({ type: 'ping' });
  }

  /** @param {string} reason what those hear whose requests are open */
  #stop(reason) {
    clearInterval(this.#heartbeat);
    if (this.#worker) {
      this.#worker.onmessage = null;
      this.#worker.onerror = null;
      this.#worker.terminate();
      this.#worker = null;
    }
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    this.#pending.clear();
  }

  /** @param {WorkerEvent} event */
  #receive(event) {
    this.#heard = true;
    this.#silentTicks = 0;
    switch (event.type) {
      case 'alive':
        return;
      case 'validated':
        return this.#answer(event.request, { summary: event.summary, problem: event.problem });
      case 'checkpointRead':
        return this.#answer(event.request, { spec: event.spec, step: event.step, problem: event.problem });
      case 'freshSeed':
        return this.#answer(event.request, event.seed);
      case 'testImages':
        return this.#answer(event.request, event.images);
      case 'nextWrong':
        return this.#answer(event.request, event.index);
      case 'weighed':
        return this.#answer(event.request, { weighing: event.weighing, problem: event.problem });
      case 'gradientChecked':
        return this.#answer(event.request, { check: event.check, problem: event.problem });
      case 'sliced':
        return this.#answer(event.request, { slice: event.slice, problem: event.problem });
      case 'imageTried':
        return this.#answer(event.request, { logits: event.logits, probabilities: event.probabilities });
      case 'receipt':
        return this.#answer(event.request, { receipt: event.receipt, problem: event.problem });
      case 'failed':
        return event.problem.code === 'engine_unavailable' ? this.#lose(event.problem) : this.#died(event.problem);
      default:
        this.#remember(event);
        this.#tell(event);
    }
  }

  /**
   * Keeps what a new worker would need to go on where this one stands.
   * @param {ClientEvent} event
   */
  #remember(event) {
    if (event.type === 'checkpoint') {
      if (event.checkpoint.step > this.#diedAt) this.#deaths = 0;
      this.#checkpoint = event.checkpoint;
    } else if (event.type === 'built') {
      this.#spec = event.spec;
      if (event.step === 0) this.#checkpoint = null;
      this.#training = false;
      const operations = event.summary.multiply_adds * event.spec.training.batch_size * 6;
      this.#patience = PATIENCE_MS + operations / SLOWEST_OPERATIONS_PER_MS;
    } else if (event.type === 'configured') {
      if (this.#spec) this.#spec = { ...this.#spec, training: event.training };
    } else if (event.type === 'training') {
      this.#training = true;
    } else if (event.type === 'paused' || event.type === 'diverged') {
      this.#training = false;
    }
  }

  #tick() {
    if (this.#heard && ++this.#silentTicks * PING_MS > this.#patience) {
      this.#died({ code: 'worker_silent', message: 'The training engine stopped answering.', layer: null });
      return;
    }
    this.send({ type: 'ping' });
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
    this.#tell({ type: 'recovering', problem, step: this.#checkpoint?.step ?? 0 });
    if (training) this.send(this.#goal === null ? { type: 'train' } : { type: 'trainTo', step: this.#goal });
  }

  /** @param {Problem} problem */
  #lose(problem) {
    this.#stop(problem.message);
    this.#tell({ type: 'lost', problem });
  }

  /** @param {ClientEvent} event */
  #tell(event) {
    for (const listener of this.#listeners) listener(event);
  }

  /**
   * @template Answer
   * @param {(request: number) => Command} command
   * @returns {Promise<Answer>}
   */
  #request(command) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new Error('The training engine is not running.'));
        return;
      }
      const request = this.#nextRequest++;
      const timer = setTimeout(() => {
        this.#pending.delete(request);
        reject(new Error('The training engine did not answer in time.'));
      }, this.#patience);
      this.#pending.set(request, { resolve, reject, timer });
      this.send(command(request));
    });
  }

  /**
   * An answer nobody waits for any more is dropped.
   * @param {number} request
   * @param {unknown} answer
   */
  #answer(request, answer) {
    const pending = this.#pending.get(request);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.#pending.delete(request);
    pending.resolve(answer);
  }
}
