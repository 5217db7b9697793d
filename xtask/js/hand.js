/**
 * `cargo xtask hand`: how well a network reads hands that it has never seen, before and after it is taught examples of
 * them, and what it forgets. The hands are made up (hand/hands.js); their strokes take the page's own path to 28×28 pixels.
 */

import { DEFAULT_PRESET, PRESETS } from '../../www/model/presets.js';
import { digitFromStrokes } from '../../www/lib/digit.js';
import { sessionWithDigits } from '../../www/engine/testing/real-engine.js';
import { handOf, randomFrom, write } from './hand/hands.js';

/** @typedef {{ label: number, pixels: Uint8Array }} Example */

/** The settings of teaching were chosen with the first hands; the others say what they are worth. */
const HANDS = { chosenWith: [1, 2, 3, 4, 5], heldOut: [11, 12, 13, 14, 15, 16, 17, 18] };
/** Examples of each class. */
const TAUGHT = [1, 3, 5];
/** Digits of each class that are not taught. */
const OTHERS = 20;

const session = sessionWithDigits();

/** @param {number} hand @param {number} first @param {number} each of each class @returns {Example[]} */
function digitsOf(hand, first, each) {
  const style = handOf(hand);
  return Array.from({ length: 10 * each }, (_, at) => {
    const label = Math.floor(at / each);
    const random = randomFrom(hand * 1_000_003 + label * 1009 + (first + (at % each)) * 13);
    return { label, pixels: digitFromStrokes(write(style, label, random)) ?? new Uint8Array(784) };
  });
}

/** @param {readonly Example[]} digits @returns {number} percent that the network reads */
function read(digits) {
  const right = digits.filter(({ label, pixels }) => {
    const probabilities = session.predict(pixels);
    return probabilities.indexOf(Math.max(...probabilities)) === label;
  });
  return (100 * right.length) / digits.length;
}

/** @returns {number} percent of MNIST's test digits */
function testAccuracy() {
  session.beginEvaluation('test');
  while (!session.continueEvaluation(1000));
  return 100 * session.evaluation().accuracy;
}

/** @param {readonly Example[]} examples */
function teach(examples) {
  const pixels = Uint8Array.from(examples.flatMap((example) => [...example.pixels]));
  const labels = Uint8Array.from(examples, ({ label }) => label);
  session.beginTeaching(pixels, labels);
  while (session.continueTeaching(50) > 0);
}

/** @param {import('../../www/model/spec.js').Spec} spec */
function train(spec) {
  session.start(spec);
  while (!session.position().finished) {
    session.compute(0, session.beginStep());
    session.finishStep();
  }
}

/** @param {readonly number[]} numbers */
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** @param {number} hand @param {number} mnist before @returns {number[]} read before and after each, then MNIST's changes */
function measure(hand, mnist) {
  const others = digitsOf(hand, 0, OTHERS);
  const shares = [read(others)];
  const changes = TAUGHT.map((count) => {
    teach(digitsOf(hand, 1000, count));
    shares.push(read(others));
    const change = testAccuracy() - mnist;
    session.undoTeaching();
    return change;
  });
  return [...shares, ...changes];
}

/** @param {string} name @param {readonly number[]} figures */
const row = (name, figures) =>
  console.log(name.padEnd(12) + figures.map((figure) => figure.toFixed(2).padStart(9)).join(''));

/** @param {import('../../www/model/presets.js').Preset} preset */
function report({ name, spec }) {
  train(spec);
  const mnist = testAccuracy();
  console.log(`\n${name}, after its ${spec.training.epochs} epochs: ${mnist.toFixed(2)} % of MNIST's test digits.`);
  const heads = ['before', ...TAUGHT.map((count) => `${count} each`), ...TAUGHT.map((count) => `MNIST ${count}`)];
  console.log('%'.padEnd(12) + heads.map((head) => head.padStart(9)).join(''));
  for (const [kind, hands] of Object.entries(HANDS)) {
    const rows = hands.map((hand) => measure(hand, mnist));
    rows.forEach((figures, at) => row(`hand ${hands[at]}`, figures));
    row(
      kind === 'heldOut' ? 'held out' : 'chosen with',
      (rows[0] ?? []).map((_, at) => mean(rows.map((r) => r[at] ?? 0))),
    );
  }
}

const wanted = process.argv.slice(2);
const ids = wanted.length > 0 ? wanted : [DEFAULT_PRESET.id, 'fast-99', 'reads-your-hand'];
for (const id of ids) {
  const preset = PRESETS.find((one) => one.id === id);
  if (preset) report(preset);
  else console.error(`There is no preset ${id}. There are: ${PRESETS.map((one) => one.id).join(', ')}.`);
}
