/** The images of the stand-in for the engine: its pixels and labels follow from their numbers. */

import { Refusal } from '../problem.js';

/** @typedef {import('../session.js').FileKind} FileKind */
/** @typedef {import('../../model/reports.js').Split} Split */

/** @type {Record<Split, number>} */
export const IMAGES = { training: 640, validation: 50, test: 100 };

/** MNIST's, as every session begins. */
const MNIST_FORM = { pixels: 784, classes: 10 };

export class FakeData {
  /** Of the set that was begun last: what is known of the images, which are as many as `IMAGES` all the same. */
  form = MNIST_FORM;
  /** Images of the training split that have arrived. */
  loaded = IMAGES.training;
  loadedTest = IMAGES.test;
  /** @type {Partial<Record<FileKind, { bytes: number[], finished: boolean }>>} */
  files = {};

  /** @param {number} channels @param {number} rows @param {number} columns @param {number} classes */
  beginSet(channels, rows, columns, classes) {
    this.form = { pixels: channels * rows * columns, classes };
    this.files = {};
  }

  /** @param {FileKind} kind */
  beginFile(kind) {
    this.files[kind] = { bytes: [], finished: false };
  }

  /**
   * @param {FileKind} kind
   * @param {Uint8Array} bytes
   */
  appendFile(kind, bytes) {
    const file = this.files[kind];
    const page = file?.bytes.length === 0 && bytes[0] === '<'.charCodeAt(0);
    if (page) throw new Refusal('bad_file', 'The images do not begin as an IDX file does.');
    // Spread out, a large piece would not fit on the stack.
    for (const byte of bytes) file?.bytes.push(byte);
  }

  /** @param {FileKind} kind */
  finishFile(kind) {
    const file = this.files[kind];
    if (!file || file.bytes.length < 4) throw new Refusal('bad_file', 'The images end too early.');
    file.finished = true;
  }

  imagesReady() {
    return Uint32Array.of(this.loaded, this.loadedTest);
  }

  /** @param {Split} split @param {number} index */
  image(split, index) {
    if (split === 'test' && index >= this.loadedTest) throw new Refusal('not_ready', 'It has not been loaded.');
    return new Uint8Array(this.form.pixels).fill(index);
  }

  /** @param {Split} _split @param {number} index */
  label(_split, index) {
    return index % this.form.classes;
  }
}
