/** Starts the workers that make the runs of an experiment. */

/** @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>} WorkerLike */

/** @returns {WorkerLike} */
export const startExperimentWorker = () =>
  new Worker(new URL('../engine/experiment/experiment.worker.js', import.meta.url), {
    type: 'module',
    name: 'experiment',
  });
