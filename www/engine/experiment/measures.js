/** How most measures of experiments' runs are computed: a function a measure. */

import { LAST_STEPS, PEEKED, SHIFT } from '../../experiments/measures.js';
import { PLOTTED_IMAGES, SHIFTED, SHIFTS } from '../../experiments/plots.js';
import { shifted } from '../../lib/digit.js';
import { argmax } from '../argmax.js';
import { checkGradient } from '../run/gradient-check.js';
import { withGradients, withTrace } from '../trace.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../experiments/measures.js').Measure} Measure */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * A run that has ended, with the losses and accuracies of all its steps.
 * @typedef {{
 *   session: Session, summary: Summary, losses: number[], accuracies: number[], diverged: boolean,
 *   start: { smoothness: number, checkError: number, sizes: import('../../experiments/reports.js').LayerSizes | null },
 * }} Ended
 */

/** @type {[number, number][]} */
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

/** A measure for each number of pixels. */
const shiftMeasures = /** @type {Record<typeof SHIFTED[number], (run: Ended) => number>} */ (
  Object.fromEntries(SHIFTS.map((pixels, at) => [SHIFTED[at], (run) => shiftedAccuracy(run, pixels)]))
);

/** Numbers of each kind whose gradient is checked. */
const CHECKED = 4;

/**
 * All but those for which the network is asked.
 * @satisfies {Partial<Record<Measure, (run: Ended) => number>>}
 */
export const MEASURED = {
  loss: ({ losses }) => mean(losses.slice(-LAST_STEPS)),
  trainingAccuracy: ({ accuracies }) => mean(accuracies.slice(-LAST_STEPS)),
  validationAccuracy: ({ session }) => evaluate(session, 'validation').accuracy,
  testAccuracy: ({ session }) => evaluate(session, 'test').accuracy,
  gap: ({ session, accuracies }) => mean(accuracies.slice(-LAST_STEPS)) - evaluate(session, 'validation').accuracy,
  noise: ({ losses }) => scatter(losses.slice(-LAST_STEPS)),
  diverged: ({ diverged }) => Number(diverged),
  filterDistance: ({ session, summary }) => filterDistance(session, summary),
  smoothness: ({ session, summary }) => smoothness(session, summary),
  smoothnessGained: ({ session, summary, start }) => smoothness(session, summary) - start.smoothness,
  shiftedAccuracy: (run) => shiftedAccuracy(run, SHIFT),
  lostByShift: (run) => shiftedAccuracy(run, 0) - shiftedAccuracy(run, SHIFT),
  ...shiftMeasures,
  startLogits: ({ start }) => start.sizes?.activations.at(-1) ?? NaN,
  startGradient: ({ start }) => start.sizes?.firstWeights ?? NaN,
  checkError: ({ session, summary, start, diverged }) =>
    Math.max(start.checkError, diverged ? 0 : checkError(session, summary, ['weight', 'bias'])),
  multiplyAdds: ({ summary }) => summary.multiply_adds,
  peeked: ({ session }) => accuracyBetween(session, 0, PEEKED),
  honest: ({ session }) => accuracyBetween(session, PEEKED, Infinity),
};

/** @param {Session} session @param {import('../../model/reports.js').Split} part */
export function evaluate(session, part) {
  session.beginEvaluation(part);
  while (!session.continueEvaluation(1_000));
  return session.evaluation();
}

/** Accuracy on a part of the test digits. @param {Session} session @param {number} from @param {number} to */
function accuracyBetween(session, from, to) {
  const { predicted } = evaluate(session, 'test');
  const part = predicted.slice(from, to);
  return mean([...part].map((digit, index) => Number(digit === session.label('test', from + index))));
}

/** On images shifted by so many pixels, in each of four directions. @param {Ended} run @param {number} pixels */
function shiftedAccuracy({ session, summary }, pixels) {
  const [, rows, columns] = summary.input;
  const [, ready = 0] = session.imagesReady();
  const images = Math.min(PLOTTED_IMAGES, ready);
  // Not shifted, they are all the same.
  const directions = pixels === 0 ? DIRECTIONS.slice(0, 1) : DIRECTIONS;
  let right = 0;
  for (let index = 0; index < images; index++) {
    const image = session.image('test', index);
    for (const [down, across] of directions) {
      right += Number(
        argmax(session.predict(shifted(image, [pixels * down, pixels * across], { rows, columns }))) ===
          session.label('test', index),
      );
    }
  }
  return right / (images * directions.length);
}

/** The first layer with weights, and its weights. @param {Session} session @param {Summary} summary */
function firstWeights(session, summary) {
  const layer = summary.layers.findIndex(({ parameters }) => parameters > 0);
  const filters = summary.layers[layer]?.shape[0] ?? 1;
  const weights = session.parameter(`${layer}.weight`);
  return { layer, filters, weights, size: weights.length / filters };
}

/**
 * The mean distance of two filters of the first layer, as a share of their mean length: 0 if all are the same.
 * @param {Session} session
 * @param {Summary} summary
 */
export function filterDistance(session, summary) {
  const { filters, weights, size } = firstWeights(session, summary);
  const filter = (/** @type {number} */ at) => weights.subarray(at * size, (at + 1) * size);
  const lengths = Array.from({ length: filters }, (_, at) => length(filter(at)));
  const distances = [];
  for (let a = 0; a < filters; a++) {
    for (let b = 0; b < a; b++) distances.push(length(filter(a).map((value, at) => value - Number(filter(b)[at]))));
  }
  return mean(distances) / Math.max(mean(lengths), 1e-12);
}

/**
 * How similar a weight of the first filters is to its neighbours: the correlation of weights side by side, 0 for
 * noise, towards 1 for smooth pictures.
 * @param {Session} session
 * @param {Summary} summary
 */
export function smoothness(session, summary) {
  const { layer, weights } = firstWeights(session, summary);
  if (summary.layers[layer]?.type !== 'conv2d') return 0;
  const { filters } = firstWeights(session, summary);
  const [channels] = summary.input;
  const side = Math.round(Math.sqrt(weights.length / filters / channels));
  const average = mean([...weights]);
  let [product, square, pairs] = [0, 0, 0];
  weights.forEach((value, at) => {
    square += (value - average) ** 2 / weights.length;
    const [row, column] = [Math.floor(at / side) % side, at % side];
    const neighbours = [
      column + 1 < side ? weights[at + 1] : undefined,
      row + 1 < side ? weights[at + side] : undefined,
    ];
    for (const neighbour of neighbours) {
      if (neighbour === undefined) continue;
      product += (value - average) * (neighbour - average);
      pairs += 1;
    }
  });
  return square > 0 ? product / pairs / square : 0;
}

/**
 * By how much, at worst, backpropagation and the measured slope disagree, as a share of the larger: for the numbers
 * of the first layer with the largest gradients, whose slope is measured best.
 * @param {Session} session
 * @param {Summary} summary
 * @param {('weight' | 'bias')[]} kinds biases only where they have left 0, where ReLU has a corner on every empty pixel
 */
export function checkError(session, { classes }, kinds) {
  const pixels = session.image('test', 0);
  const label = (session.label('test', 0) + 1) % classes;
  const errors = kinds.flatMap((kind) => {
    const gradient = gradientOf(session, pixels, label, `0.${kind}`);
    const size = (/** @type {number} */ index) => Math.abs(Number(gradient[index]));
    const largest = Array.from(gradient.keys()).sort((a, b) => size(b) - size(a));
    return largest.slice(0, CHECKED).map((index) => {
      const { analytic, measured } = checkGradient(session, { layer: 0, kind, index }, pixels, label);
      return Math.min(...measured.map(({ slope }) => difference(analytic, slope)));
    });
  });
  return Math.max(...errors);
}

/** @param {Session} session @param {Uint8Array} pixels @param {number} label @param {string} parameter */
const gradientOf = (session, pixels, label, parameter) =>
  withTrace(session, pixels, (trace) =>
    withGradients(session, trace, Uint8Array.of(label), (gradients) => gradients.parameter(parameter)),
  );

/** @param {number} a @param {number} b */
const difference = (a, b) => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-9);

/** @param {ArrayLike<number>} values */
const length = (values) => Math.hypot(...Array.from(values));

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

/** @param {number[]} values */
function scatter(values) {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
