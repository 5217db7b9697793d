/** The page's helper, which also answers in the channel `memory` how many bytes its engine has taken. */

import init from '../../../pkg/convscope.js';
import '../../../www/engine/pool/helper.worker.js';

const channel = new BroadcastChannel('memory');

channel.onmessage = async () => {
  // The engine runs already: this gives its exports once more.
  const { memory } = await init({ module_or_path: '/pkg/convscope_bg.wasm' });
  channel.postMessage(memory.buffer.byteLength);
};
