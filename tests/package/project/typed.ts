import 'convscope/element';
import { createWorker, load, PRESETS, ConvscopeError, type Network, type Step } from 'convscope';

export async function typed(images: Uint8Array, labels: number[]): Promise<Float32Array> {
  const convscope = Math.random() < 0.5 ? await load() : await createWorker();
  const network: Network = await convscope.createNetwork({
    layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }],
    training: { batch_size: 32, optimizer: { type: 'adam', learning_rate: 0.001 } },
  });
  await convscope.createNetwork(PRESETS.codelab);
  // @ts-expect-error There is no such preset.
  await convscope.createNetwork('resnet');
  // @ts-expect-error The number of steps is a number.
  network.train(images, labels, { steps: 'many' });
  try {
    for await (const { step, loss } of network.train(images, labels, { epochs: 1 })) console.log(step, loss);
  } catch (error) {
    if (error instanceof ConvscopeError) console.log(error.code, error.layer);
  }
  const last: Step | undefined = undefined;
  void last;
  return network.predict(images);
}

export function listening(): void {
  const element = document.createElement('convscope-playground');
  element.addEventListener('step', ({ detail }) => console.log(detail.loss.toFixed(3)));
  element.addEventListener('finished', ({ detail }) => console.log(detail.testAccuracy?.toFixed(3)));
  // @ts-expect-error A step has no probabilities.
  element.addEventListener('step', ({ detail }) => console.log(detail.probabilities));
}
