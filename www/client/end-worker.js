/**
 * Ends a worker. Messages that it has sent and that have not been received yet are dropped.
 * @param {import('./client.js').WorkerLike | null} worker
 */
export function endWorker(worker) {
  if (!worker) return;
  worker.onmessage = null;
  worker.onerror = null;
  worker.terminate();
}
