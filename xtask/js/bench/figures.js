/** What was measured of a network, held against the arithmetic it takes and the peak of the machine. */

import { costRows } from '../../../www/views/learning/cost-rows.js';
import { trainingFlops } from './flops.js';

/** @typedef {Awaited<ReturnType<typeof import('./network.js').measureNetwork>>} Measured */
/** @typedef {ReturnType<typeof figuresOf>} Figures */

/**
 * @param {import('./nets.js').Subject} subject
 * @param {Measured} measured
 * @param {import('./machine-peak.js').Peak} peak
 */
export function figuresOf({ id, name, spec }, measured, peak) {
  const { summary, training, evaluation, prediction, timing, fingerprints, memory } = measured;
  const batch = spec.training.batch_size;
  const flopsPerImage = trainingFlops(summary.layers);
  const speed = (/** @type {'one' | 'all'} */ workers) => {
    const gflops = (flopsPerImage * training[workers]) / 1e9;
    return { imagesPerSecond: training[workers], gflops, shareOfPeak: gflops / peak[workers] };
  };
  const layers = costRows(spec, summary, timing).map(({ name, forward, weightGradient, inputGradient }) => {
    return { name, forward, weightGradient, inputGradient };
  });
  return {
    id,
    name,
    batch,
    flopsPerImage,
    oneWorker: speed('one'),
    allWorkers: speed('all'),
    workers: training.workers,
    speedup: training.all / training.one,
    microsecondsPerImage: { layers, update: (1000 * timing.update) / batch },
    prediction,
    evaluation: { imagesPerSecond: evaluation, timesTraining: evaluation / training.one },
    weights: { ...fingerprints, identical: fingerprints.one === fingerprints.all },
    wasmMemoryBytes: memory,
  };
}
