/** What can be measured of a run when it has ended. Each is one number. */

import { shifted } from '../lib/digit.js';
import { checkGradient } from '../engine/run/gradient-check.js';

/** @typedef {import('../engine/session.js').Session} Session */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {keyof typeof MEASURES} Measure */

/**
 * A run that has ended, with the losses and accuracies of all its steps.
 * @typedef {{
 *   session: Session, summary: Summary, losses: number[], accuracies: number[], diverged: boolean,
 *   start: { smoothness: number, checkError: number, sizes: import('../engine/experiment/layer-sizes.js').LayerSizes | null },
 * }} Ended
 */

/** Steps at the end over which what changes from step to step is averaged. */
const LAST_STEPS = 50;

/** Pixels by which digits are shifted, in four directions, to see what that changes. */
const SHIFT = 3;
const SHIFTED_IMAGES = 500;

/** Numbers of each kind that a gradient check looks at. */
const CHECKED = 4;

/** Test digits that somebody who cheats looks at again and again. */
const PEEKED = 100;

/** Names, and how a value is shown: a share in percent, or a number. @type {Record<string, { name: string, share: boolean }>} */
export const MEASURES = {
  loss: { name: 'training loss, last 50 steps', share: false },
  trainingAccuracy: { name: 'training accuracy, last 50 steps', share: true },
  validationAccuracy: { name: 'validation accuracy', share: true },
  testAccuracy: { name: 'test accuracy', share: true },
  gap: { name: 'training minus validation accuracy', share: true },
  noise: { name: 'scatter of the loss from step to step', share: false },
  diverged: { name: 'ended in a loss that is no number', share: false },
  filterDistance: { name: 'how far apart the filters of the first layer are', share: false },
  smoothness: { name: 'likeness of neighbouring weights in the first filters', share: false },
  smoothnessGained: { name: 'likeness of neighbouring weights, gained by learning', share: false },
  shiftedAccuracy: { name: `accuracy on images shifted by ${SHIFT} pixels`, share: true },
  lostByShift: { name: `accuracy lost when images are shifted by ${SHIFT} pixels`, share: true },
  startLogits: { name: 'size of the logits before the first step', share: false },
  startGradient: { name: 'size of the gradient of the first weights before the first step', share: false },
  checkError: { name: 'disagreement of gradient and measured slope', share: true },
  multiplyAdds: { name: 'multiply-adds for one image', share: false },
  peeked: { name: `accuracy on the ${PEEKED} test images that were peeked at`, share: true },
  honest: { name: 'accuracy on the other test images', share: true },
};

/**
 * @param {Measure} measure
 * @param {Ended} run
 * @returns {number}
 */
export function measured(measure, run) {
  const { session, losses, accuracies, summary } = run;
  switch (measure) {
    case 'loss':
      return mean(losses.slice(-LAST_STEPS));
    case 'trainingAccuracy':
      return mean(accuracies.slice(-LAST_STEPS));
    case 'validationAccuracy':
      return evaluate(session, 'validation').accuracy;
    case 'testAccuracy':
      return evaluate(session, 'test').accuracy;
    case 'gap':
      return measured('trainingAccuracy', run) - measured('validationAccuracy', run);
    case 'noise':
      return scatter(losses.slice(-LAST_STEPS));
    case 'diverged':
      return run.diverged ? 1 : 0;
    case 'filterDistance':
      return filterDistance(session, summary);
    case 'smoothness':
      return smoothness(session, summary);
    case 'smoothnessGained':
      return smoothness(session, summary) - run.start.smoothness;
    case 'shiftedAccuracy':
      return accuracyOn(session, SHIFTS);
    case 'lostByShift':
      return accuracyOn(session, [[0, 0]]) - accuracyOn(session, SHIFTS);
    case 'startLogits':
      return run.start.sizes?.activations.at(-1) ?? NaN;
    case 'startGradient':
      return run.start.sizes?.firstWeights ?? NaN;
    case 'checkError':
      return Math.max(run.start.checkError, run.diverged ? 0 : checkError(session, ['weight', 'bias']));
    case 'multiplyAdds':
      return summary.multiply_adds;
    case 'peeked':
      return split(session, 0, PEEKED);
    case 'honest':
      return split(session, PEEKED, Infinity);
    default:
      throw new Error(`there is no measure ${measure}`);
  }
}

/** @type {[number, number][]} */
const SHIFTS = [
  [SHIFT, 0],
  [-SHIFT, 0],
  [0, SHIFT],
  [0, -SHIFT],
];

/** @param {Session} session @param {import('../model/reports.js').Split} part */
export function evaluate(session, part) {
  session.beginEvaluation(part);
  while (!session.continueEvaluation(1_000));
  return session.evaluation();
}

/** Accuracy on a part of the test digits. @param {Session} session @param {number} from @param {number} to */
function split(session, from, to) {
  const { predicted } = evaluate(session, 'test');
  const part = predicted.slice(from, to);
  return mean([...part].map((digit, index) => Number(digit === session.testLabel(from + index))));
}

/** @param {Session} session @param {[number, number][]} shifts */
function accuracyOn(session, shifts) {
  let right = 0;
  for (let index = 0; index < SHIFTED_IMAGES; index++) {
    const pixels = session.testImage(index);
    for (const by of shifts) {
      const answer = session.predict(shifted(pixels, by));
      right += Number(answer.indexOf(Math.max(...answer)) === session.testLabel(index));
    }
  }
  return right / (SHIFTED_IMAGES * shifts.length);
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
 * How much a weight of the first filters is like its neighbours: the correlation of weights side by side, 0 for
 * noise, towards 1 for smooth pictures.
 * @param {Session} session
 * @param {Summary} summary
 */
export function smoothness(session, summary) {
  const { layer, weights } = firstWeights(session, summary);
  if (summary.layers[layer]?.type !== 'conv2d') return 0;
  const { filters } = firstWeights(session, summary);
  const side = Math.round(Math.sqrt(weights.length / filters));
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
 * @param {('weight' | 'bias')[]} kinds biases only where they have left 0, where ReLU has a corner on every empty pixel
 */
export function checkError(session, kinds) {
  const pixels = session.testImage(0);
  const label = (session.testLabel(0) + 1) % 10;
  session.probe(pixels);
  session.lookBack(Uint8Array.of(label));
  const errors = kinds.flatMap((kind) => {
    const gradient = session.parameterGradient(`0.${kind}`);
    const size = (/** @type {number} */ index) => Math.abs(Number(gradient[index]));
    const largest = Array.from(gradient.keys()).sort((a, b) => size(b) - size(a));
    return largest.slice(0, CHECKED).map((index) => {
      const { analytic, measured } = checkGradient(session, { layer: 0, kind, index }, pixels, label);
      return Math.min(...measured.map(({ slope }) => difference(analytic, slope)));
    });
  });
  return Math.max(...errors);
}

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
