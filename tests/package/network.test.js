/** The package as Node gets it, in this thread and in a worker; its networks learn and answer the same in both. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorker, load, PRESETS } from '../../pkg/node.js';
import { MNIST_FILES, readDigits } from './digits.js';

/** @typedef {import('../../pkg/index.js').Convscope} Convscope */

/** @type {import('../../pkg/index.js').NetworkSpec} */
const SMALL = {
  layers: [
    { type: 'conv2d', filters: 4, kernel_size: [5, 5], stride: [2, 2], padding: [0, 0] },
    { type: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
  seed: 7,
  training: { epochs: 2, batch_size: 32 },
};
const { images, labels } = readDigits(MNIST_FILES.training, 400);

/** @type {import('../../pkg/index.js').NetworkSpec} */
const COLOUR = {
  input: [3, 9, 12],
  layers: [
    { type: 'conv2d', filters: 4, kernel_size: [3, 3], stride: [2, 2], padding: [0, 0] },
    { type: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 3 },
  ],
  seed: 3,
  training: { epochs: 50, batch_size: 20 },
};

/** Red, green and blue images of 9×12. @param {number} count */
function colours(count) {
  const classes = Uint8Array.from({ length: count }, (_, image) => image % 3);
  const pixels = new Uint8Array(count * 324).map((_, at) =>
    Math.floor(at / 108) % 3 === Math.floor(at / 324) % 3 ? 230 : at % 40,
  );
  return { pixels, classes };
}

const FORMS = /** @type {const} */ (['onnx', 'safetensors', 'pytorch', 'notebook', 'html', 'npz']);

/** What a safetensors file says about itself. @param {Uint8Array} file */
function saidIn(file) {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  return JSON.parse(header.__metadata__.convscope);
}

/** @param {AsyncIterable<import('../../pkg/questions.js').Step>} training */
async function all(training) {
  const steps = [];
  for await (const step of training) steps.push(step);
  return steps;
}

/** @param {Promise<unknown>} promise */
const codeOf = (promise) =>
  promise.then(
    () => 'no error',
    (error) => `${error.name} ${error.code}`,
  );

describe.each([
  ['in this thread', load],
  ['in a worker', createWorker],
])('the package %s', (_, open) => {
  /** @type {Convscope} */
  let convscope;
  beforeAll(async () => void (convscope = await open()));
  afterAll(() => convscope.close());

  test('a network trains to the end of its spec, and its weights are those of the same steps in parts', async () => {
    const network = await convscope.createNetwork(SMALL);
    expect(network.spec.training).toMatchObject({ epochs: 2, optimizer: { type: 'sgd' } });
    expect(network.summary.classes).toBe(10);
    const steps = await all(network.train(images, labels));
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 26 }, (__, index) => index + 1));
    expect(steps.at(-1)).toMatchObject({ epoch: 2 });
    expect(network.step).toBe(26);

    const parts = await convscope.createNetwork(SMALL);
    await all(parts.train(images, labels, { steps: 5 }));
    const resumed = await convscope.importNetwork(await parts.export());
    expect(resumed.step).toBe(5);
    await all(resumed.train(images, labels, { steps: 8 }));
    await all(resumed.train(images, labels, { epochs: 1 }));
    expect(resumed.step).toBe(26);
    expect(await resumed.fingerprint()).toBe(await network.fingerprint());
    expect(await resumed.parameter('0.bias')).toEqual(await network.parameter('0.bias'));
  });

  test('predict returns ten probabilities for each image', async () => {
    const network = await convscope.createNetwork('codelab');
    const probabilities = await network.predict(images.subarray(0, 3 * 784));
    expect(probabilities).toHaveLength(30);
    const sum = probabilities.subarray(10, 20).reduce((total, probability) => total + probability, 0);
    expect(sum).toBeCloseTo(1, 5);
    expect(await network.predict(images.subarray(784, 2 * 784))).toEqual(probabilities.slice(10, 20));
  });

  test('leaving the loop or aborting ends a training, and the next one goes on', async () => {
    const network = await convscope.createNetwork(SMALL);
    for await (const { step } of network.train(images, labels, { steps: 1e6 })) if (step === 3) break;
    const { step } = network;
    expect(step).toBeGreaterThanOrEqual(3);
    const [first] = await all(network.train(images, labels, { steps: 1 }));
    expect(first?.step).toBe(step + 1);
    const stop = new AbortController();
    const aborted = (async () => {
      for await (const __ of network.train(images, labels, { steps: 1e6, signal: stop.signal })) stop.abort();
    })();
    await expect(aborted).rejects.toThrow('aborted');
  });

  test('a second training of a network ends the first', async () => {
    const network = await convscope.createNetwork(SMALL);
    const first = network.train(images, labels, { steps: 1e6 });
    await first.next();
    await all(network.train(images, labels, { steps: 1 }));
    const rest = all(first);
    expect(await codeOf(rest)).toBe('ConvscopeError replaced');
  });

  test('what cannot be used is refused with a code, and the engine goes on', async () => {
    const network = await convscope.createNetwork(SMALL);
    const wrong = (/** @type {unknown} */ value) => /** @type {any} */ (value);
    /** @param {Parameters<typeof network.train>} given */
    const train = (...given) => codeOf(all(network.train(...given)));
    expect(await codeOf(convscope.createNetwork(wrong('nonsense')))).toBe('ConvscopeError not_found');
    expect(await codeOf(convscope.createNetwork(wrong(null)))).toBe('ConvscopeError malformed_spec');
    expect(await codeOf(convscope.createNetwork({ layers: [wrong(() => {})] }))).toBe('ConvscopeError malformed_spec');
    expect(await codeOf(convscope.createNetwork({ layers: [{ type: 'flatten' }] }))).toBe(
      'ConvscopeError impossible_shape',
    );
    expect(await codeOf(convscope.importNetwork(new Uint8Array(100)))).toBe('ConvscopeError bad_file');
    expect(await codeOf(convscope.importNetwork(wrong('text')))).toBe('ConvscopeError bad_file');
    expect(await codeOf(network.predict(images.subarray(1)))).toBe('ConvscopeError bad_images');
    expect(await codeOf(network.predict(wrong([1, 2])))).toBe('ConvscopeError bad_images');
    expect(await codeOf(network.predict(new Uint8Array(784 * 100_001)))).toBe('ConvscopeError too_large');
    expect(await codeOf(network.parameter('7.weight'))).toBe('ConvscopeError not_found');
    expect(await train(images, labels.subarray(1))).toBe('ConvscopeError bad_labels');
    expect(await train(images.subarray(0, 784), [10])).toBe('ConvscopeError bad_labels');
    expect(await train(images.subarray(0, 784), [0.5])).toBe('ConvscopeError bad_labels');
    expect(await train(images, labels, { steps: -1 })).toBe('ConvscopeError out_of_range');
    expect(await train(images, labels, { steps: 1, epochs: 1 })).toBe('ConvscopeError out_of_range');
    expect(await codeOf(network.exportAs(wrong('docx')))).toBe('ConvscopeError not_found');
    expect(await codeOf(network.exportAs('onnx', { classes: ['0'] }))).toBe('ConvscopeError bad_classes');
    expect(await codeOf(network.exportAs('onnx', { images: images.subarray(0, 9 * 784) }))).toBe(
      'ConvscopeError too_large',
    );
    await network.free();
    expect(await codeOf(network.export())).toBe('ConvscopeError freed');
    expect(await convscope.createNetwork(SMALL)).toBeDefined();
  });

  test('a loss that stops being a number is refused', async () => {
    const network = await convscope.createNetwork({
      ...SMALL,
      training: { ...SMALL.training, optimizer: { type: 'sgd', learning_rate: 3, momentum: 0.99 } },
    });
    const steps = [];
    const broken = (async () => {
      for await (const step of network.train(images, labels, { steps: 500 })) steps.push(step);
    })();
    expect(await codeOf(broken)).toBe('ConvscopeError not_finite');
    expect(steps.length).toBeGreaterThan(5);
    expect(network.step).toBe(steps.length);
  });

  test('a network is written in every form, and comes back from two of them with the same weights', async () => {
    const network = await convscope.createNetwork(SMALL);
    await all(network.train(images, labels, { steps: 3 }));
    for (const form of FORMS) expect((await network.exportAs(form)).length).toBeGreaterThan(1000);
    for (const form of FORMS.slice(0, 2)) {
      const back = await convscope.importNetwork(await network.exportAs(form));
      expect(await back.fingerprint()).toBe(await network.fingerprint());
      expect(back.spec.layers).toEqual(network.spec.layers);
    }
  });

  test('a file carries the images that prove it and the names of the classes', async () => {
    const network = await convscope.createNetwork(SMALL);
    const classes = Array.from('abcdefghij');
    const file = await network.exportAs('safetensors', { classes, images: images.subarray(0, 784) });
    const said = saidIn(file);
    expect(said).toMatchObject({ version: 1, classes, spec: { seed: 7 } });
    expect(said.proof).toHaveLength(1);
    expect(said.proof[0].pixels).toEqual([...images.subarray(0, 784)]);
    await all(network.train(images, labels, { steps: 1 }));
    expect(saidIn(await network.exportAs('safetensors')).proof).toHaveLength(3);
  });

  test('a network learns colour images of a form of its own, and comes back from a checkpoint and a file', async () => {
    const network = await convscope.createNetwork(COLOUR);
    const { pixels, classes } = colours(60);
    await all(network.train(pixels, classes, { steps: 40 }));
    const probabilities = await network.predict(pixels);
    expect(probabilities).toHaveLength(60 * 3);
    const right = [...classes].filter((label, image) => {
      const own = probabilities.subarray(image * 3, image * 3 + 3);
      return own.indexOf(Math.max(...own)) === label;
    });
    expect(right).toHaveLength(60);
    for (const file of [await network.export(), await network.exportAs('onnx', { classes: ['r', 'g', 'b'] })]) {
      const back = await convscope.importNetwork(file);
      expect(back.spec.input).toEqual([3, 9, 12]);
      expect(await back.fingerprint()).toBe(await network.fingerprint());
      await all(back.train(pixels, classes, { steps: 1 }));
    }
    expect(await codeOf(network.predict(pixels.subarray(1)))).toBe('ConvscopeError bad_images');
    expect(await codeOf(all(network.train(pixels.subarray(0, 324), [3])))).toBe('ConvscopeError bad_labels');
    expect(await codeOf(network.exportAs('onnx', { classes: ['r', 'g'] }))).toBe('ConvscopeError bad_classes');
    expect(await codeOf(convscope.createNetwork({ ...COLOUR, input: [2, 9, 12] }))).toBe('ConvscopeError out_of_range');
  });

  test('every preset can be created', async () => {
    for (const spec of Object.values(PRESETS)) await (await convscope.createNetwork(spec)).free();
  });
});

test('a worker that was closed refuses at once', async () => {
  const convscope = await createWorker();
  const network = await convscope.createNetwork(SMALL);
  convscope.close();
  expect(await codeOf(network.export())).toBe('ConvscopeError engine_failed');
});
