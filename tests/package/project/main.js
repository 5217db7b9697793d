import { createWorker, load } from 'convscope';
import { train } from './train.js';

const bytes = async (name) => new Uint8Array(await (await fetch(`./${name}.bin`)).arrayBuffer());

const [images, labels] = await Promise.all(['images', 'labels'].map(bytes));
for (const [where, open] of Object.entries({ here: load, worker: createWorker })) {
  const place = document.querySelector(`[data-testid=${where}]`);
  place.textContent = await train(await open(), images, labels).catch(String);
}
