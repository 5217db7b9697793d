/** The result as tables for a terminal. */

import { integer, NOTHING, percent } from '../../../www/lib/format.js';

/** @typedef {Awaited<ReturnType<typeof import('./benchmark.js').benchmark>>} Result */
/** @typedef {import('./figures.js').Figures} Figures */

/** @param {Result} result */
export function report(result) {
  const { machine, peak, networks, shipped, page, accuracy, soak } = result;
  const sections = [
    `${result.date}, ${machine.processor}, ${machine.workers} workers, ${machine.browser}, Convscope ${result.version}`,
    `peak of mul + add: ${peak.one.toFixed(1)} GFLOP/s of one worker (tile ${peak.tile}), ${peak.all.toFixed(1)} of all`,
    `Training, images/s: medians of ${result.windows} windows of a second\n${training(networks)}`,
    `Without training, one worker\n${reading(networks)}`,
    `Time by layer, microseconds an image, one worker\n${layers(networks)}`,
    `shipped, gzipped: wasm ${kilobytes(shipped.wasm)}, script and style ${kilobytes(shipped.scriptAndStyle)}`,
    pageSentence(page),
  ];
  if (accuracy) sections.push(`Net T learning: batch 64, Adam 0.001, seed 1, looks not counted\n${learning(accuracy)}`);
  if (soak) sections.push(soakSentence(soak));
  return sections.join('\n\n');
}

/** @param {Figures[]} networks */
function training(networks) {
  return table(
    ['network', 'batch', 'one', 'all', 'times', 'GFLOP/s one', 'all', 'of peak one', 'all', 'same weights'],
    networks.map(({ name, batch, workers, oneWorker, allWorkers, speedup, weights }) => [
      ...[name, String(batch), integer(oneWorker.imagesPerSecond)],
      ...[`${integer(allWorkers.imagesPerSecond)} (${workers})`, speedup.toFixed(2)],
      ...[oneWorker.gflops.toFixed(1), allWorkers.gflops.toFixed(1)],
      ...[percent(oneWorker.shareOfPeak, 0), percent(allWorkers.shareOfPeak, 0), weights.identical ? 'yes' : 'NO'],
    ]),
  );
}

/** @param {Figures[]} networks */
function reading(networks) {
  return table(
    ['network', 'batch', 'one image, ms', '95th percentile', 'evaluation, images/s', 'times training'],
    networks.map(({ name, batch, prediction, evaluation }) => [
      ...[name, String(batch), prediction.medianMs.toFixed(3), prediction.p95Ms.toFixed(3)],
      ...[integer(evaluation.imagesPerSecond), evaluation.timesTraining.toFixed(2)],
    ]),
  );
}

/** @param {Figures[]} networks */
function layers(networks) {
  const time = (/** @type {number} */ microseconds) => (microseconds > 0 ? microseconds.toFixed(2) : NOTHING);
  return table(
    ['network', 'batch', 'layers', 'forward', 'd weights', 'd input', 'update'],
    networks.flatMap(({ name, batch, microsecondsPerImage }) => [
      ...microsecondsPerImage.layers.map((layer) => [
        ...[name, String(batch), layer.name],
        ...[time(layer.forward), time(layer.weightGradient), time(layer.inputGradient), NOTHING],
      ]),
      [name, String(batch), 'all', NOTHING, NOTHING, NOTHING, time(microsecondsPerImage.update)],
    ]),
  );
}

/** @param {import('./page.js').PageFigures} page */
function pageSentence({ longestTaskMs, longTasks, longestFrameMs, imagesPerSecond, memoryBytes }) {
  const tasks =
    longestTaskMs === null
      ? 'no task of the main thread over 50 ms'
      : `${longTasks} tasks of the main thread over 50 ms, the longest ${longestTaskMs.toFixed(0)} ms`;
  const memory = memoryBytes === null ? 'memory unknown' : `${(memoryBytes / 1e6).toFixed(0)} MB`;
  const speed = `${integer(imagesPerSecond)} images/s`;
  return `the page while it trains: ${speed}, ${tasks}, longest gap between frames ${longestFrameMs.toFixed(0)} ms, ${memory}`;
}

/** @param {NonNullable<Result['accuracy']>} accuracy */
function learning({ oneWorker, allWorkers }) {
  return table(
    ['of the test images', 'images', 'seconds, one worker', 'all'],
    oneWorker.map(({ accuracy, images, seconds }, goal) => [
      ...[percent(accuracy), images === null ? NOTHING : integer(images)],
      ...[seconds, allWorkers[goal]?.seconds ?? null].map((value) => value?.toFixed(1) ?? NOTHING),
    ]),
  );
}

/** @param {NonNullable<Result['soak']>} soak */
function soakSentence({ steps, seconds, before, after, grew }) {
  const owner = `${kilobytes(before.owner)} before, ${kilobytes(after.owner)} after`;
  const helper = `${kilobytes(before.helper)} before, ${kilobytes(after.helper)} after`;
  const verdict = grew ? 'IT GREW' : 'nothing grew';
  return `${integer(steps)} steps in ${seconds.toFixed(0)} s; wasm memory ${owner}; of the helper ${helper}: ${verdict}`;
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

/**
 * The first column is flush left, the others right.
 * @param {string[]} head
 * @param {string[][]} rows
 */
function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return all.map(line).join('\n');
}
