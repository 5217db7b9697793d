/** @typedef {(event: import('./protocol.js').Event, transfer?: Transferable[]) => void} Emit */

/**
 * The only way from the worker to the page. What is in `transfer` is handed over instead of copied.
 * @type {Emit}
 */
export function emit(event, transfer = []) {
  self.postMessage(event, { transfer });
}
