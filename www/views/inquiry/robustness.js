/** How the accuracy falls as images are changed more and more: as lines, in words, and as a table. */

import { integer, percent } from '../../lib/format.js';

/** @typedef {typeof KINDS[number]} Kind */
/** The share of the images that are classified correctly at each strength. @typedef {Record<Kind, ArrayLike<number>>} Accuracies */
/** @typedef {{ name: string, images: number, accuracies: Accuracies }} Network */

/** In grey levels; closer together where most is lost. */
export const STRENGTHS = [0, 8, 16, 24, 32, 48, 64, 96, 128];
export const KINDS = /** @type {const} */ (['sign', 'iterated', 'noise', 'blur']);
/** @type {Record<Kind, string>} */
export const NAMES = { sign: 'gradient sign', iterated: 'iterated', noise: 'noise', blur: 'blur' };
/** How much is measured: enough for a curve, and soon enough to wait for. */
export const EFFORT = { images: 256, steps: 8, seed: 1 };
/** Of the second network. */
const DASH = [5, 4];

/**
 * A line for each kind of change and network; those of the second network are dashed.
 * @param {readonly Network[]} networks
 * @param {(kind: number) => string} colour
 * @returns {{ lines: { name: string, colour: string, dash?: number[] }[], data: [number[], ...number[][]] }}
 */
export function robustnessChart(networks, colour) {
  const rows = networks.flatMap(({ name, accuracies }, network) =>
    KINDS.map((kind, at) => ({
      line: {
        name: networks.length > 1 ? `${name}: ${NAMES[kind]}` : NAMES[kind],
        colour: colour(at),
        ...(network > 0 && { dash: DASH }),
      },
      values: Array.from(accuracies[kind], (share) => 100 * share),
    })),
  );
  return { lines: rows.map(({ line }) => line), data: [[...STRENGTHS], ...rows.map(({ values }) => values)] };
}

/**
 * The strength at which half of the accuracy is lost, between two that were measured; null where it is not.
 * @param {ArrayLike<number>} accuracies
 */
export function halvedAt(accuracies) {
  const half = Number(accuracies[0]) / 2;
  const after = STRENGTHS.findIndex((_, at) => Number(accuracies[at]) <= half);
  if (after < 1) return null;
  const [from, to] = [Number(accuracies[after - 1]), Number(accuracies[after])];
  const share = (from - half) / (from - to);
  return Number(STRENGTHS[after - 1]) + share * (Number(STRENGTHS[after]) - Number(STRENGTHS[after - 1]));
}

/** @param {number | null} strength */
const levels = (strength) => (strength === null ? null : `about ${integer(strength)} grey levels`);

/**
 * @param {Network} network
 * @returns {string} what attacks cost, and noise of the same size
 */
export function robustnessWords({ name, images, accuracies }) {
  const [sign, iterated, noise] = [accuracies.sign, accuracies.iterated, accuracies.noise].map((each) =>
    levels(halvedAt(each)),
  );
  const whole = percent(Number(accuracies.sign[0]));
  const last = STRENGTHS.length - 1;
  const most = `${STRENGTHS[last]} grey levels`;
  const of = `${name}: on ${integer(images)} validation images, one step`;
  if (!sign) return `${of} along the gradient leaves more than half of ${whole}, up to ${most}.`;
  const many = iterated ? `, many small steps at ${iterated}` : '';
  const other = noise
    ? `noise of the same size at ${noise}`
    : `noise of the same size leaves ${percent(Number(accuracies.noise[last]))} even at ${most}`;
  return `${of} along the gradient halves the accuracy of ${whole} at ${sign}${many}; ${other}.`;
}

/**
 * @param {readonly Network[]} networks
 * @returns {(string | number)[][]} a row for each strength, below their names
 */
export function robustnessTable(networks) {
  const head = networks.flatMap(({ name }) => KINDS.map((kind) => `${name}: accuracy under ${NAMES[kind]} (0 to 1)`));
  return [
    ['strength (grey levels)', ...head],
    ...STRENGTHS.map((strength, at) => [
      strength,
      ...networks.flatMap(({ accuracies }) => KINDS.map((kind) => Number(accuracies[kind][at]))),
    ]),
  ];
}
