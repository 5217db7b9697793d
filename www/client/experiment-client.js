/** The page's end of the workers that make an experiment's runs. */

/** @typedef {import('../engine/experiment/protocol.js').ExperimentCommand} ExperimentCommand */
/** @typedef {import('../engine/experiment/protocol.js').ExperimentEvent} ExperimentEvent */
/** @typedef {import('./client.js').WorkerLike} WorkerLike */

/**
 * Starts a worker that takes `ExperimentCommand`s and sends `ExperimentEvent`s.
 * @returns {WorkerLike}
 */
export function startExperimentWorker() {
  return new Worker(new URL('../engine/experiment/experiment.worker.js', import.meta.url), {
    type: 'module',
    name: 'experiment',
  });
}
