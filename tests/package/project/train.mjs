import { readFileSync } from 'node:fs';
import { load } from 'convscope';
import { train } from './train.js';

const [images, labels] = ['images', 'labels'].map((name) => new Uint8Array(readFileSync(`public/${name}.bin`)));
process.stdout.write(`${await train(await load(), images, labels)}\n`);
