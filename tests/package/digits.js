/** Digits of MNIST from the project's own files, as a user of the package would bring some. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const MNIST_FILES = { training: 'train', test: 't10k' };

/**
 * @param {string} name of the pair of files
 * @param {number} count
 * @returns {{ images: Uint8Array, labels: Uint8Array }} the first ones
 */
export function readDigits(name, count) {
  const file = (/** @type {string} */ kind) => gunzipSync(readFileSync(`data/mnist/${name}-${kind}-ubyte.gz`));
  return {
    images: Uint8Array.from(file('images-idx3').subarray(16, 16 + count * 784)),
    labels: Uint8Array.from(file('labels-idx1').subarray(8, 8 + count)),
  };
}
