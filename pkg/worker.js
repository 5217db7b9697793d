/** The engine in a worker of the browser. */

import init, * as engine from './convscope.js';
import { answering } from './host.js';

const loading = init({ module_or_path: new URL('./convscope_bg.wasm', import.meta.url) });
const reply = answering(engine);

// An engine that cannot be loaded ends the worker with an error, which the page hears.
loading.catch((error) => setTimeout(() => reportError(error)));

self.onmessage = async ({ data: { id, name, ask } }) => {
  await loading;
  self.postMessage({ id, reply: reply(name, ask) });
};
