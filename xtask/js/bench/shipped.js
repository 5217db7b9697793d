/** What a visitor downloads, apart from the digits, as a server sends it: gzipped. */

import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param {string} file */
const comesLater = (file) => file.split(sep).includes('later') || basename(file) === 'service-worker.js';

/** @param {string} folder the built page */
export function shippedBytes(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  const bytes = (/** @type {boolean} */ later, /** @type {string[]} */ ...types) =>
    files
      .filter((file) => types.includes(extname(file)) && comesLater(file) === later)
      .reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  return {
    wasm: bytes(false, '.wasm'),
    scriptAndStyle: bytes(false, '.js', '.css'),
    later: bytes(true, '.js', '.css'),
  };
}
