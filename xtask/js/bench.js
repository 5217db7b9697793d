/**
 * Training, evaluation and prediction speed of each preset in one worker's worth of Chromium: the median
 * of five windows of at least a second each, after a warm-up.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { withPage } from './browser-page.js';

/** @typedef {{ imagesPerSecond: number, evaluation: number, prediction: number }} Figures */

/**
 * Runs in the page.
 * @param {any} spec
 * @returns {Promise<Figures>}
 */
async function measure(spec) {
  const WINDOWS = 5;
  const WINDOW_MS = 1000;
  const engine = await import(/** @type {string} */ ('/pkg/convscope.js'));
  await engine.default({ module_or_path: '/pkg/convscope_bg.wasm' });
  const session = new engine.Session();
  for (const [kind, name] of [
    ['trainImages', 'train-images-idx3'],
    ['trainLabels', 'train-labels-idx1'],
    ['testImages', 't10k-images-idx3'],
    ['testLabels', 't10k-labels-idx1'],
  ]) {
    const file = await fetch(`/data/${name}-ubyte.gz`);
    const unpacked = file.body?.pipeThrough(new DecompressionStream('gzip'));
    session.beginFile(kind);
    session.appendFile(kind, new Uint8Array(await new Response(unpacked).arrayBuffer()));
    session.finishFile(kind);
  }
  /** @param {number[]} values */
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  /** @param {() => number} work does something and says how often */
  const perSecond = (work) => {
    const rates = [];
    for (let window = -1; window < WINDOWS; window++) {
      const start = performance.now();
      let done = 0;
      while (performance.now() - start < WINDOW_MS) done += work();
      if (window >= 0) rates.push((1000 * done) / (performance.now() - start));
    }
    return median(rates);
  };
  session.start({ ...spec, training: { ...spec.training, epochs: 1000 } });
  const steps = perSecond(() => session.steps(2 ** 31, 100).length / 3);
  session.beginEvaluation('test');
  const evaluation = perSecond(() => {
    if (session.continueEvaluation(400)) session.beginEvaluation('test');
    return 400;
  });
  const image = session.testImage(0);
  const predictions = perSecond(() => {
    session.predict(image);
    return 1;
  });
  return { imagesPerSecond: steps * spec.training.batch_size, evaluation, prediction: 1000 / predictions };
}

const presets = readdirSync('www/presets').map((file) => JSON.parse(readFileSync(`www/presets/${file}`, 'utf8')));
const folders = { pkg: 'pkg', data: 'data/mnist' };
console.log('preset                    batch   training img/s   evaluation img/s   one image');
for (const { name, spec } of presets) {
  const figures = await withPage(folders, '', (page) => page.evaluate(measure, spec));
  const cells = [
    name.padEnd(24),
    String(spec.training.batch_size).padStart(6),
    figures.imagesPerSecond.toFixed(0).padStart(16),
    figures.evaluation.toFixed(0).padStart(18),
    `${figures.prediction.toFixed(3)} ms`.padStart(11),
  ];
  console.log(cells.join(' '));
}
