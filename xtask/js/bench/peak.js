/** How many operations a second a core makes at most. Runs in a worker. */

import { TILES } from './peak-wat.js';

/** The shared dimension: both matrices fit into the first cache with room to spare. */
const K = 256;

const MEMORY_IN_USE = 131_072;

/** A window is short, and the best one counts: this is about what can be reached. */
const WINDOW_MS = 100;
const WINDOWS = 8;

/**
 * @param {{ url: string }} settings where the module lies
 * @returns {Promise<Record<string, number>>} GFLOP/s of each tile
 */
export async function measurePeak({ url }) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url));
  const { memory, ...products } = /** @type {any} */ (instance.exports);
  new Float32Array(memory.buffer, 0, MEMORY_IN_USE / 4).fill(1e-3);
  return Object.fromEntries(
    TILES.map(({ name, rows, vectors }) => [name, best(products[name], 2 * K * rows * 4 * vectors)]),
  );
}

/**
 * @param {(turns: number, k: number) => void} product
 * @param {number} flops of one turn
 */
function best(product, flops) {
  let turns = 1_000;
  let fastest = 0;
  for (let window = 0; window < WINDOWS; window += 1) {
    const start = performance.now();
    product(turns, K);
    const took = performance.now() - start;
    fastest = Math.max(fastest, (turns * flops) / (1e6 * took));
    turns = Math.ceil((turns * WINDOW_MS) / took);
  }
  return fastest;
}
