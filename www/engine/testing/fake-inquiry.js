/** Stands in for the module that asks a network: it counts passes instead of computing, with a clock that they move. */

import { Refusal } from '../problem.js';

/** @typedef {import('../inquiry/module.js').Network} Network */

export class FakeInquiry {
  /** Milliseconds, of all that have been made: each pass takes some. */
  static time = 0;
  passTakes = 5;
  freed = false;
  /** Of jobs that have been begun and not freed. */
  jobs = 0;
  /** The pass of a job that traps. */
  trapsAt = Infinity;
  kept = 0;
  measured = 0;
  /** What it was called with. @type {[name: string, ...given: any[]][]} */
  calls = [];

  /** @param {Uint8Array} checkpoint its first byte is the form of the network's images */
  constructor(checkpoint) {
    this.form = checkpoint[0];
  }

  /** @param {Uint8Array} checkpoint */
  useNetwork(checkpoint) {
    if (checkpoint.length === 0) throw new Refusal('bad_file', 'This is no checkpoint.');
    if (checkpoint[0] !== this.form) this.kept = 0;
    this.form = checkpoint[0];
    this.measured = 0;
  }

  /** @param {Uint8Array} pixels @param {Uint8Array} labels */
  useImages(pixels, labels) {
    if (pixels.length / labels.length !== this.form) throw new Refusal('impossible_shape', 'They do not fit.');
    this.kept = labels.length;
  }

  images() {
    return this.kept;
  }

  measureMeans() {
    this.measured = Math.min(4, this.measured + 1);
    FakeInquiry.time += this.passTakes;
    return { done: this.measured, of: 4 };
  }

  /** @param {any[]} given */
  read(...given) {
    this.calls.push(['read', ...given]);
    return { logits: Float32Array.of(this.form ?? 0), probabilities: Float32Array.of(1) };
  }

  /** @param {any[]} given */
  accuracy(...given) {
    this.calls.push(['accuracy', ...given]);
    return this.#job(20, (done) => ({ correct: done, images: 16 * done }));
  }

  /** @param {any[]} given */
  channelCosts(...given) {
    this.calls.push(['channelCosts', ...given]);
    return this.#job(2, (done) => ({ correct: done }));
  }

  /** @param {Uint32Array} strengths @param {string[]} kinds */
  robustness(strengths, kinds) {
    const correct = Uint32Array.from({ length: strengths.length * kinds.length }, (_, at) => at);
    return this.#job(2, () => ({ correct, images: 10 }));
  }

  /** @param {any[]} given */
  fool(...given) {
    this.calls.push(['fool', ...given]);
    return this.#job(20, (done) => {
      if (done < 20) throw new Refusal('not_ready', 'It is not finished.');
      return { strength: 3 };
    });
  }

  free() {
    this.freed = true;
  }

  /** @param {number} of @param {(done: number) => any} result */
  #job(of, result) {
    this.jobs += 1;
    let done = 0;
    return {
      advance: () => {
        if (done + 1 >= this.trapsAt) throw new Error('unreachable');
        FakeInquiry.time += this.passTakes;
        return { done: (done += 1), of };
      },
      result: () => result(done),
      free: () => void (this.jobs -= 1),
    };
  }
}
