/** The result as tables for a terminal. */

import { integer, NOTHING, percent } from '../../../www/lib/format.js';
import { table } from './table.js';

/** @typedef {Awaited<ReturnType<typeof import('./benchmark.js').benchmark>>} Result */
/** @typedef {import('./figures.js').Figures} Figures */

/** @param {Result} result */
export function report(result) {
  const { machine, peak, networks, shipped, page, views, accuracy, soak } = result;
  const sections = [
    `${result.date}, ${machine.processor}, ${machine.workers} workers, ${machine.browser}, Convscope ${result.version}`,
    `peak of mul + add: ${peak.one.toFixed(1)} GFLOP/s with one worker (tile ${peak.tile}), ${peak.all.toFixed(1)} with all`,
    `Training: medians of ${result.windows} windows of a second, one worker and all\n${training(networks)}`,
    `Reading: one worker\n${reading(networks)}`,
    `Where the time of training goes: microseconds an image, one worker\n${layers(networks)}`,
    `shipped, gzipped: wasm ${kilobytes(shipped.wasm)}, script and style ${kilobytes(shipped.scriptAndStyle)}, ${kilobytes(shipped.later)} later`,
    pageSentence(page),
    `What each view costs while the default network trains\n${costs(views)}`,
  ];
  if (accuracy)
    sections.push(`Net T learning: batch 64, Adam 0.001, seed 1; evaluations not counted\n${learning(accuracy)}`);
  if (soak) sections.push(soakSentence(soak));
  return sections.join('\n\n');
}

/** @param {Figures[]} networks */
function training(networks) {
  return table(networks, [
    ['network', ({ name }) => name],
    ['batch', ({ batch }) => String(batch)],
    ['one, images/s', ({ oneWorker }) => integer(oneWorker.imagesPerSecond)],
    ['all, images/s', ({ allWorkers }) => integer(allWorkers.imagesPerSecond)],
    ['workers', ({ workers }) => String(workers)],
    ['all / one', ({ speedup }) => speedup.toFixed(2)],
    ['one, GFLOP/s', ({ oneWorker }) => oneWorker.gflops.toFixed(1)],
    ['all, GFLOP/s', ({ allWorkers }) => allWorkers.gflops.toFixed(1)],
    ['one, of peak', ({ oneWorker }) => percent(oneWorker.shareOfPeak, 0)],
    ['all, of peak', ({ allWorkers }) => percent(allWorkers.shareOfPeak, 0)],
    ['same weights', ({ weights }) => (weights.identical ? 'yes' : 'NO')],
  ]);
}

/** @param {Figures[]} networks */
function reading(networks) {
  return table(networks, [
    ['network', ({ name }) => name],
    ['batch', ({ batch }) => String(batch)],
    ['one image, ms', ({ prediction }) => prediction.medianMs.toFixed(3)],
    ['95th percentile, ms', ({ prediction }) => prediction.p95Ms.toFixed(3)],
    ['evaluation, images/s', ({ evaluation }) => integer(evaluation.imagesPerSecond)],
    ['evaluation / training', ({ evaluation }) => evaluation.timesTraining.toFixed(2)],
  ]);
}

/** @param {Figures[]} networks */
function layers(networks) {
  const rows = networks.flatMap(({ name, batch, microsecondsPerImage: { layers, update } }) => {
    const network = `${name}, batch ${batch}`;
    const ofUpdate = { name: 'update', forward: 0, weightGradient: 0, inputGradient: 0, update };
    return [...layers.map((layer) => ({ ...layer, update: 0 })), ofUpdate].map((row) => ({ ...row, network }));
  });
  // A kind of work that a layer does not have takes no longer than reading the clock.
  const time = (/** @type {number} */ microseconds) => (microseconds < 0.05 ? NOTHING : microseconds.toFixed(1));
  return table(rows, [
    ['network', ({ network }) => network],
    ['layers', ({ name }) => name],
    ['forward', ({ forward }) => time(forward)],
    ['d weights', ({ weightGradient }) => time(weightGradient)],
    ['d input', ({ inputGradient }) => time(inputGradient)],
    ['update', ({ update }) => time(update)],
  ]);
}

/** @param {import('./page.js').PageFigures} page */
function pageSentence({ longestTaskMs, longTasks, longestFrameMs, imagesPerSecond, memoryBytes }) {
  const tasks =
    longestTaskMs === null
      ? 'no task of the main thread over 50 ms'
      : `${longTasks} tasks of the main thread over 50 ms, the longest ${longestTaskMs.toFixed(0)} ms`;
  const frames = `the longest gap between frames ${longestFrameMs.toFixed(0)} ms`;
  const memory = memoryBytes === null ? 'memory unknown' : `memory ${(memoryBytes / 1e6).toFixed(0)} MB`;
  return `the page while it trains: ${integer(imagesPerSecond)} images/s, ${tasks}, ${frames}, ${memory}`;
}

/** @param {import('./views.js').ViewFigures[]} views */
function costs(views) {
  return table(views, [
    ['view', ({ view }) => view],
    ['images/s', ({ imagesPerSecond }) => integer(imagesPerSecond)],
    ['of the default view', ({ ofDefault }) => percent(ofDefault, 0)],
    ['tasks over 50 ms', ({ longTasks }) => String(longTasks)],
    ['longest, ms', ({ longestTaskMs }) => longestTaskMs?.toFixed(0) ?? NOTHING],
  ]);
}

/** @param {NonNullable<Result['accuracy']>} accuracy */
function learning({ oneWorker, allWorkers }) {
  const time = (/** @type {number | null | undefined} */ seconds) => seconds?.toFixed(1) ?? NOTHING;
  const rows = oneWorker.map((one, goal) => ({ ...one, secondsOfAll: allWorkers[goal]?.seconds }));
  return table(rows, [
    ['of the test images', ({ accuracy }) => percent(accuracy)],
    ['images', ({ images }) => (images === null ? NOTHING : integer(images))],
    ['one worker, s', ({ seconds }) => time(seconds)],
    ['all workers, s', ({ secondsOfAll }) => time(secondsOfAll)],
  ]);
}

/** @param {NonNullable<Result['soak']>} soak */
function soakSentence({ steps, seconds, before, after, grew }) {
  const owner = `${kilobytes(before.owner)} before, ${kilobytes(after.owner)} after`;
  const helper = `${kilobytes(before.helper)} before, ${kilobytes(after.helper)} after`;
  const verdict = grew ? 'IT GREW' : 'nothing grew';
  return `${integer(steps)} steps in ${seconds.toFixed(0)} s; wasm memory ${owner}; the helper's ${helper}: ${verdict}`;
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${integer(bytes / 1000)} KB`;
