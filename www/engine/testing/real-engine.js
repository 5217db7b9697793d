/** The engine itself, and the digits, for tests of what only it can answer. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as engine from '../../../pkg/convscope.js';
import { initSync, Inquiry } from '../../../pkg/convscope_inquiry.js';

/** In the order of loading. */
const FILES = {
  testImages: 't10k-images-idx3',
  testLabels: 't10k-labels-idx1',
  trainLabels: 'train-labels-idx1',
  trainImages: 'train-images-idx3',
};

/** The engine, which takes a moment the first time. */
export function loadEngine() {
  engine.initSync({ module: readFileSync('pkg/convscope_bg.wasm') });
  return engine;
}

/** The module that asks a network. @param {Uint8Array} checkpoint of it */
export function inquiryOf(checkpoint) {
  initSync({ module: readFileSync('pkg/convscope_inquiry_bg.wasm') });
  return new Inquiry(checkpoint);
}

/** @returns a session with all digits, and no run */
export function sessionWithDigits() {
  const session = new (loadEngine().Session)();
  for (const [kind, name] of Object.entries(FILES)) {
    session.beginFile(kind);
    session.appendFile(kind, gunzipSync(readFileSync(`data/mnist/${name}-ubyte.gz`)));
    session.finishFile(kind);
  }
  return session;
}
