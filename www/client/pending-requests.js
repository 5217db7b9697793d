/** Requests that have been sent and not been answered. */

/** @typedef {{ resolve: (reply: any) => void, reject: (error: Error) => void, timer: ReturnType<typeof setTimeout> }} Pending */

export class PendingRequests {
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #nextId = 1;

  /**
   * A new request, and the promise of its reply, which is rejected if there is none in time.
   * @param {number} patience milliseconds
   * @returns {{ id: number, reply: Promise<any> }}
   */
  open(patience) {
    const id = this.#nextId++;
    const reply = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error('The training engine did not answer in time.'));
      }, patience);
      this.#pending.set(id, { resolve, reject, timer });
    });
    return { id, reply };
  }

  /**
   * A reply that is no longer waited for is dropped.
   * @param {number} id
   * @param {unknown} reply
   */
  answer(id, reply) {
    const pending = this.#pending.get(id);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.#pending.delete(id);
    pending.resolve(reply);
  }

  /** @param {string} reason why none of them will be answered */
  rejectAll(reason) {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    this.#pending.clear();
  }
}
