/**
 * Convscope with the interface that the peers' benchmark expects: the benchmark provides the networks, starting weights
 * and batches, and the engine trains on them. `params.threads` workers share each step.
 */

import init, { Session, version } from '../../pkg/convscope.js';
import { nextTask } from '../../www/engine/next-task.js';
import { Pool } from '../../www/engine/pool/pool.js';

const PIXELS = 784;

/** @param {any} env see the benchmark's README */
export async function create({ params, data, shapes, initialWeights, batches }) {
  await init({ module_or_path: new URL('../../pkg/convscope_bg.wasm', import.meta.url) });
  const session = new Session();
  const tuner = { helpers: params.threads - 1, likely: params.threads - 1, measured() {}, restart() {} };
  const createWorker = () =>
    new Worker(new URL('../../www/engine/pool/helper.worker.js', import.meta.url), { type: 'module' });
  const pool = new Pool({ session, createWorker, tuner, now: () => performance.now(), nextTask });
  /** @type {any} */
  let order;
  let pixels = new Uint8Array(0);
  let labels = new Uint8Array(0);

  return {
    version: version(),
    detail: `${params.threads} worker(s)`,

    async init(
      /** @type {string} */ net,
      /** @type {number} */ batch,
      /** @type {number} */ seed,
      /** @type {any} */ rule,
    ) {
      const spec = specOf(shapes(net), batch, rule);
      session.start(spec);
      setWeights(session, shapes(net), initialWeights(net, seed));
      pool.begin(spec);
      await pool.started();
      order = batches(batch, seed);
      pixels = new Uint8Array(batch * PIXELS);
      labels = new Uint8Array(batch);
    },

    async trainSteps(/** @type {number} */ count) {
      let loss = NaN;
      for (let step = 0; step < count; step += 1) {
        gather(order, data, pixels, labels);
        loss = (await pool.share(session.beginStepOn(pixels, labels)))?.loss ?? NaN;
      }
      return loss;
    },

    async predict(/** @type {Float32Array} */ image) {
      return session.predict(bytes(image));
    },

    async predictBatch(/** @type {Float32Array} */ images, /** @type {number} */ count) {
      const all = bytes(images);
      return Uint8Array.from({ length: count }, (_, index) => {
        const probabilities = session.predict(all.subarray(index * PIXELS, (index + 1) * PIXELS));
        return probabilities.indexOf(Math.max(...probabilities));
      });
    },

    dispose: () => pool.end(),
  };
}

/** Convolution, ReLU and max pool as often as given, then a dense layer. */
function specOf(/** @type {any} */ { convs, dense }, /** @type {number} */ batch, /** @type {any} */ rule) {
  const pool = { type: 'max_pool2d', kernel_size: [2, 2], stride: [2, 2] };
  const blocks = convs.flatMap((/** @type {any} */ { out, k, pad }) => [
    { type: 'conv2d', filters: out, kernel_size: [k, k], stride: [1, 1], padding: [pad, pad] },
    { type: 'relu' },
    pool,
  ]);
  const optimizer =
    rule.kind === 'adam'
      ? { type: 'adam', learning_rate: rule.lr, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0 }
      : { type: 'sgd', learning_rate: rule.lr, momentum: rule.momentum };
  const layers = [...blocks, { type: 'flatten' }, { type: 'dense', units: dense.out }];
  const normalization = { mean: 0, deviation: 1 };
  return { input: [1, 28, 28], layers, normalization, training: { batch_size: batch, optimizer } };
}

/** Convolutions come as we have them, the dense weights as [in][out]. */
function setWeights(/** @type {Session} */ session, /** @type {any} */ { convs, dense }, /** @type {any} */ weights) {
  weights.convs.forEach((/** @type {any} */ { w, b }, /** @type {number} */ index) => {
    session.setParameter(`${3 * index}.weight`, w);
    session.setParameter(`${3 * index}.bias`, b);
  });
  const layer = 3 * convs.length + 1;
  const { w, b } = weights.dense;
  const transposed = Float32Array.from(w, (_, i) => w[(i % dense.in) * dense.out + Math.floor(i / dense.in)]);
  session.setParameter(`${layer}.weight`, transposed);
  session.setParameter(`${layer}.bias`, b);
}

/** The next batch of the shared order, as bytes. */
function gather(
  /** @type {any} */ order,
  /** @type {any} */ data,
  /** @type {Uint8Array} */ pixels,
  /** @type {Uint8Array} */ labels,
) {
  if (order.at + order.batch > order.order.length) order.shuffle();
  for (let place = 0; place < order.batch; place += 1) {
    const image = order.order[order.at++];
    pixels.set(data.trainX.subarray(image * PIXELS, (image + 1) * PIXELS), place * PIXELS);
    labels[place] = data.trainY[image];
  }
}

/** Pixels from 0 to 1 as they were before: from 0 to 255. */
function bytes(/** @type {Float32Array} */ image) {
  return Uint8Array.from(image, (pixel) => Math.round(255 * pixel));
}
