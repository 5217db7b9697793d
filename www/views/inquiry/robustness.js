/** How the accuracy falls as images are changed more and more: as lines, in words, and as a table. */

import { integer, percent } from '../../lib/format.js';

/** The share of the images that are classified correctly at each strength. @typedef {Record<typeof KINDS[number], ArrayLike<number>>} Accuracies */
/** @typedef {{ name: string, accuracies: Accuracies }} Network */

/** In grey levels; closer together where most is lost. */
export const STRENGTHS = [0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128];
export const KINDS = /** @type {const} */ (['attack', 'noise', 'blur']);
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
        name: networks.length > 1 ? `${name}, ${kind}` : kind,
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
 * @returns {string} what the attack costs, and noise of the same size
 */
export function robustnessWords({ name, accuracies }) {
  const [attack, noise] = [levels(halvedAt(accuracies.attack)), levels(halvedAt(accuracies.noise))];
  const whole = percent(Number(accuracies.attack[0]));
  const last = STRENGTHS.length - 1;
  if (!attack)
    return `${name}: the attack leaves more than half of ${whole} right, up to ${STRENGTHS[last]} grey levels.`;
  const other = noise
    ? `noise of the same size at ${noise}`
    : `noise of the same size leaves ${percent(Number(accuracies.noise[last]))} even at ${STRENGTHS[last]}`;
  return `${name}: the attack halves the accuracy of ${whole} at ${attack}; ${other}.`;
}

/**
 * @param {readonly Network[]} networks
 * @returns {(string | number)[][]} a row for each strength, below their names
 */
export function robustnessTable(networks) {
  const head = networks.flatMap(({ name }) => KINDS.map((kind) => `${name}: accuracy under ${kind} (0 to 1)`));
  return [
    ['strength (grey levels)', ...head],
    ...STRENGTHS.map((strength, at) => [
      strength,
      ...networks.flatMap(({ accuracies }) => KINDS.map((kind) => Number(accuracies[kind][at]))),
    ]),
  ];
}
