/** The owner's side of one helper: a worker, and the one buffer that goes there and back. */

/** @typedef {import('./helper-protocol.js').HelperCommand} HelperCommand */
/** @typedef {import('./helper-protocol.js').HelperEvent} HelperEvent */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Training} Training */

/** The part of a Worker that is used here. @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>} WorkerLike */

export class HelperClient {
  #worker;
  #buffer = new ArrayBuffer(0);
  /** Networks asked for and not yet built. */
  #building = 0;
  #dead = false;
  /** @type {((length: number | null) => void) | null} */
  #answered = null;

  /** @param {WorkerLike} worker */
  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.end();
    };
  }

  /** Whether it can be asked. */
  get ready() {
    return !this.#dead && this.#building === 0;
  }

  get dead() {
    return this.#dead;
  }

  /** The last answer. */
  get bytes() {
    return new Uint8Array(this.#buffer);
  }

  /** @param {Spec} spec */
  build(spec) {
    this.#building += 1;
    this.#send({ type: 'build', spec });
  }

  /** @param {Training} training */
  configure(training) {
    this.#send({ type: 'configure', training });
  }

  /**
   * Asks for the gradients of some blocks.
   * @param {number} maxLength bytes that the request and its answer need at most
   * @param {(buffer: Uint8Array) => number} write writes the request and returns its length
   * @returns {Promise<number | null>} the length of the answer in `bytes`; null if the helper died
   */
  ask(maxLength, write) {
    if (this.#buffer.byteLength < maxLength) this.#buffer = new ArrayBuffer(maxLength);
    const buffer = this.#buffer;
    const length = write(new Uint8Array(buffer));
    this.#send({ type: 'compute', length, buffer }, [buffer]);
    return new Promise((resolve) => {
      this.#answered = resolve;
    });
  }

  /** Ends the worker. An answer that is waited for is null. */
  end() {
    if (this.#dead) return;
    this.#dead = true;
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
    this.#answer(null);
  }

  /** @param {HelperEvent} event */
  #receive(event) {
    switch (event.type) {
      case 'built':
        this.#building -= 1;
        return;
      case 'answer':
        this.#buffer = event.buffer;
        return this.#answer(event.length);
      case 'failed':
        return this.end();
      default:
        /** @satisfies {never} */ (event);
    }
  }

  /** @param {number | null} length */
  #answer(length) {
    const answered = this.#answered;
    this.#answered = null;
    answered?.(length);
  }

  /**
   * @param {HelperCommand} command
   * @param {Transferable[]} [transfer]
   */
  #send(command, transfer = []) {
    this.#worker.postMessage(command, { transfer });
  }
}
