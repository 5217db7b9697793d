/**
 * Convscope among the peers of the benchmark, with one worker and with two. After `cargo xtask build`,
 * in the benchmark's folder: node run.mjs --extra PATH/benches/peers/peers.mjs --peers limits,ours-1t,ours-2t,…
 */

import { fileURLToPath } from 'node:url';

const mount = ['/ours/', `${fileURLToPath(new URL('../..', import.meta.url))}`];

export const PEERS = [1, 2].map((threads) => ({
  id: `ours-${threads}t`,
  label: 'Convscope',
  threads,
  adapter: '/ours/benches/peers/adapter.js',
  mount,
  params: { threads },
}));
