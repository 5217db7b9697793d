/**
 * How often the page is right when it says that an image is unlike those of the training: a network is trained for an epoch,
 * and shown digits, letters, scribbles and noise.
 */

import { SETS } from '../../www/model/data-sets.js';
import { Unlikeness } from '../../www/engine/run/unlikeness.js';
import { sessionWithDigits } from '../../www/engine/testing/real-engine.js';
import { PRESETS } from '../../www/model/presets.js';
import { samples } from './unlike/samples.js';

const STEPS = 1_720;
const DIGITS = 3_000;

const { spec, name } = PRESETS.find(({ id }) => id === (process.argv[2] ?? 'codelab')) ?? PRESETS[0];
const session = sessionWithDigits();
const summary = session.start(spec);
for (let step = 0; step < STEPS; step++) {
  session.compute(0, session.beginStep());
  session.finishStep();
}
const unlikeness = new Unlikeness(session, summary);
await unlikeness.learn(
  SETS.mnist.sizes.validation,
  () => 0,
  async () => {},
);
const digits = Array.from({ length: DIGITS }, (_, index) => session.image('test', index));
console.log(`${name}, ${STEPS} steps: said to be unlike the training`);
for (const [kind, images] of Object.entries({ 'test digits (wrongly)': digits, ...samples(digits) })) {
  const unlike = images.filter((image) => unlikeness.distance(image) > unlikeness.threshold).length;
  console.log(`${kind.padEnd(40)}${((100 * unlike) / images.length).toFixed(1).padStart(6)} %`);
}
