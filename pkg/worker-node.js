/** The engine in a worker thread of Node. */

import { parentPort } from 'node:worker_threads';
import { answering } from './host.js';
import { loadEngine } from './node-engine.js';

const loading = loadEngine().then(answering);

parentPort?.on('message', async ({ id, name, ask }) => {
  const reply = await loading;
  parentPort?.postMessage({ id, reply: reply(name, ask) });
});
