/** The passes of all training images, a row an epoch; see model/lives.js. */

import { passOf } from '../../model/lives.js';

/** @typedef {import('../session.js').StepResult} StepResult */

/** A table takes no more memory than this; its rows end then. */
const MOST_BYTES = 64e6;

/**
 * `steps` says at which step each image passed, counted from `start`: what was undone can be told from what was not.
 * @typedef {{ epoch: number, start: number, passes: Uint8Array, steps: Uint16Array | Uint32Array }} Row
 */

export class LifeTable {
  /** @type {Row[]} */
  rows = [];
  /** Marks of moments that the run has been in; each begins with its step. @type {Map<string, number>} */
  #moments = new Map();

  /**
   * @param {number} images
   * @param {number} since the step before which nothing is known
   * @param {Uint8Array} [labels] that the images are learnt with
   */
  constructor(images, since, labels = new Uint8Array(images)) {
    this.images = images;
    this.since = since;
    this.labels = labels;
    /** The last step that has been recorded. */
    this.step = since;
    this.isFull = false;
  }

  get bytes() {
    return this.rows.reduce((bytes, { passes, steps }) => bytes + passes.byteLength + steps.byteLength, 0);
  }

  /**
   * @param {number} step the one that was made
   * @param {number} epoch in which it was, counted from 0
   * @param {StepResult} result
   */
  record(step, epoch, { passed }) {
    this.step = step;
    const row = this.#row(step, epoch);
    for (let at = 0; at < passed.length; at += 3) {
      const image = Number(passed[at]);
      this.labels[image] = Number(passed[at + 1]);
      if (!row) continue;
      row.passes[image] = passOf(Number(passed[at + 2]));
      row.steps[image] = step - row.start;
    }
  }

  /** @param {string} moment what can be recognised @param {number} step at which it was */
  mark(moment, step) {
    this.#moments.set(moment, step);
  }

  /** @param {string} moment */
  has(moment) {
    return this.#moments.has(moment);
  }

  /** As the table was after a step, and not changed by what is recorded in this one. @param {number} step */
  upTo(step) {
    const table = new LifeTable(this.images, this.since, this.labels);
    const rows = this.rows.filter(({ start }) => start < step);
    table.rows = rows.map((row, index) => (index < rows.length - 1 ? row : rowUpTo(row, step)));
    table.step = Math.min(step, this.step);
    table.isFull = this.isFull && step >= this.step;
    for (const [moment, at] of this.#moments) if (at <= step) table.mark(moment, at);
    return table;
  }

  /** @param {number} step @param {number} epoch @returns {Row | null} */
  #row(step, epoch) {
    const last = this.rows.at(-1);
    if (last?.epoch === epoch) return last;
    // An epoch has no more steps than images.
    const steps = this.images > 65_535 ? new Uint32Array(this.images) : new Uint16Array(this.images);
    const row = { epoch, start: step - 1, passes: new Uint8Array(this.images), steps };
    this.isFull = (this.rows.length + 1) * (row.passes.byteLength + steps.byteLength) > MOST_BYTES;
    if (this.isFull) return null;
    this.rows.push(row);
    return row;
  }
}

/** The last row of a table may still change, so it is copied. @param {Row} row @param {number} step @returns {Row} */
function rowUpTo({ epoch, start, passes, steps }, step) {
  const kept = passes.map((pass, image) => (start + Number(steps[image]) > step ? 0 : pass));
  return { epoch, start, passes: kept, steps: steps.slice() };
}
