/**
 * Lets other tasks run first: messages from the page and data from the network. A message to oneself
 * arrives at once and in hidden tabs too, where timers are slowed down and animation frames stop.
 */

const { port1, port2 } = new MessageChannel();

/** @type {(() => void)[]} */
const waiting = [];

port1.onmessage = () => waiting.shift()?.();

/** @returns {Promise<void>} */
export function nextTask() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
