/** A million steps, to see whether memory grows. Runs in a worker. */

import { Engine } from './engine.js';

const STEPS = 1_000_000;

/** The losses of so many steps are kept until they have been made. */
const STEPS_AT_ONCE = 10_000;

/** Whatever is allocated once has been by then. */
const STEPS_BEFORE = 1_000;

/** @param {{ spec: import('../../../www/model/spec.js').Spec }} settings */
export async function soak({ spec }) {
  const engine = await Engine.open(1, '/xtask/js/bench/measured-helper.worker.js');
  await engine.start(spec);
  await engine.train('all', { steps: STEPS_BEFORE });
  const before = { owner: engine.memory, helper: await memoryOfHelper() };
  let seconds = 0;
  for (let made = 0; made < STEPS; made += STEPS_AT_ONCE) {
    seconds += (await engine.train('all', { steps: STEPS_AT_ONCE })).seconds;
  }
  const after = { owner: engine.memory, helper: await memoryOfHelper() };
  const grew = after.owner > before.owner || after.helper > before.helper;
  return { steps: STEPS, seconds, before, after, grew };
}

/** @returns {Promise<number>} bytes */
function memoryOfHelper() {
  const channel = new BroadcastChannel('memory');
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      channel.close();
      resolve(data);
    };
    channel.postMessage(null);
  });
}
