/** The results of several runs as lines over steps, in few enough points to be drawn often. */

import { integer } from '../../lib/format.js';

const POINTS = 120;
/** Steps before a run diverged that are points of their own. */
const LAST = 12;
/** Marks nearer than this share of the chart have one label. */
const NEAR = 0.3;
/** How much of the lines, from their end, is compared: they all begin near each other, and may part before they meet. */
const LATER = 0.75;
/** Lines that are nowhere further apart than this share of the chart look like one. */
const SEEN = 0.012;
/** Points in a row that are drawn of one of the lines that lie on each other. */
const TURN = 3;

/** @typedef {readonly (number | null)[]} Line */
/** @typedef {{ range: readonly [number, number], log: boolean }} Scale */

/**
 * Means over equally many steps, as many as fit; null where a run has not got that far. A loss beyond the range leaves
 * the chart at the top, and the last steps of a run that diverged are points of their own, or none of them might be seen.
 * @param {readonly { losses: readonly number[], steps: number, values?: object | null }[]} runs
 * @returns {{ data: [number[], ...(number | null)[][]], range: [number, number] }}
 */
export function lossLines(runs) {
  const longest = Math.max(...runs.map(({ steps }) => steps));
  const width = Math.max(1, Math.ceil(longest / POINTS));
  const count = Math.ceil(longest / width);
  const even = Array.from({ length: count }, (_, point) => (point + 1) * width);
  const last = divergences(runs).flatMap(({ step }) =>
    Array.from({ length: Math.min(LAST, step - 1) }, (_, before) => step - 1 - before),
  );
  const steps = [...new Set([...even, ...last])].sort((a, b) => a - b);
  const lines = runs.map((run) => {
    const end = divergences([run])[0]?.step ?? Infinity;
    return steps.map((step) => (step < end ? meanOf(run.losses.slice(Math.max(0, step - width), step)) : null));
  });
  const range = rangeOf(lines.flat().filter((value) => value !== null));
  const bounded = lines.map((line) => line.map((value) => (value === null ? null : Math.max(value, range[0]))));
  return { data: [steps, ...bounded], range };
}

/**
 * The runs whose loss was not a number in the end, and at which step.
 * @param {readonly { name?: string, losses: readonly number[], steps: number, values?: object | null }[]} runs
 */
export const divergences = (runs) =>
  runs.flatMap(({ name = '', losses, steps, values }) =>
    values && losses.length < steps ? [{ name, step: losses.length + 1 }] : [],
  );

/**
 * Where runs diverged, as marks of the chart. What is near one before it is named there.
 * @param {Parameters<typeof divergences>[0]} runs
 */
export function divergenceMarks(runs) {
  const near = NEAR * Math.max(...runs.map(({ steps }) => steps));
  /** @type {{ x: number, label: string }[]} */
  const marks = [];
  let named = null;
  for (const { name, step } of divergences(runs).sort((a, b) => a.step - b.step)) {
    const label = `${name} diverged at step ${integer(step)}`;
    const isNear = named !== null && step - named.x < near;
    if (isNear && named) named.label += `, ${label}`;
    marks.push({ x: step, label: isNear ? '' : label });
    if (!isNear) named = marks.at(-1) ?? null;
  }
  return marks;
}

/**
 * The lines that cannot be told apart after their beginning, by their indices, each with all those it lies on. Before two
 * points are known, none are.
 * @param {readonly Line[]} lines
 * @param {Scale} scale
 * @returns {number[][]}
 */
export function coinciding(lines, scale) {
  const distance = distanceOn(scale);
  /** @param {Line} one @param {Line} other */
  const coincide = (one, other) => {
    const known = one.map((value, at) => distance(value, other[at])).filter((apart) => !Number.isNaN(apart));
    const later = known.slice(-Math.max(2, Math.ceil(LATER * known.length)));
    return later.length > 1 && later.every((apart) => apart < SEEN);
  };
  /** @type {number[][]} */
  const groups = [];
  lines.forEach((line, index) => {
    const group = groups.find(([first = 0]) => coincide(lines[first] ?? [], line));
    if (group) group.push(index);
    else groups.push([index]);
  });
  return groups.filter(({ length }) => length > 1);
}

/**
 * The lines as they are drawn: where some of a group lie on each other they take turns, or the last would hide the others.
 * @param {readonly Line[]} lines
 * @param {readonly (readonly number[])[]} groups
 * @param {Scale} scale
 * @returns {(number | null)[][]}
 */
export function inTurns(lines, groups, scale) {
  const distance = distanceOn(scale);
  const drawn = lines.map((line) => [...line]);
  for (const group of groups) {
    const turn = (/** @type {number} */ at) => group[Math.floor(at / TURN) % group.length] ?? 0;
    for (const index of group) {
      const line = lines[index] ?? [];
      const apart = (/** @type {number} */ at) => distance(line[at], lines[turn(at)]?.[at]);
      const isHidden = (/** @type {number} */ at) =>
        // A turn ends with the point at which the next one begins.
        turn(at) !== index &&
        turn(at - 1) !== index &&
        apart(at) < SEEN &&
        !(Math.max(apart(at - 1), apart(at + 1)) > SEEN);
      drawn[index] = line.map((value, at) => (isHidden(at) ? null : value));
    }
  }
  return drawn;
}

/** How far apart two values are, as a share of the chart. @param {Scale} scale */
function distanceOn({ range, log }) {
  const along = (/** @type {number | null | undefined} */ value) => (log ? Math.log(value ?? NaN) : (value ?? NaN));
  const whole = along(range[1]) - along(range[0]);
  return (/** @type {number | null | undefined} */ one, /** @type {number | null | undefined} */ other) =>
    Math.abs(along(one) - along(other)) / whole;
}

/**
 * For each run, the accuracy on validation images wherever it was taken, and the mean of that on training images since
 * the time before.
 * @param {readonly {
 *   accuracies: readonly number[], validations: readonly { step: number, accuracy: number }[],
 * }[]} runs
 * @returns {{ data: [number[], ...(number | null)[][]], range: [number, number] }}
 */
export function accuracyLines(runs) {
  const taken = runs.flatMap(({ validations }) => validations.map(({ step }) => step));
  const steps = [...new Set(taken)].sort((a, b) => a - b);
  const lines = runs.flatMap(({ accuracies, validations }) => [
    steps.map((step) => validations.find((one) => one.step === step)?.accuracy ?? null),
    steps.map((step, index) => meanOf(accuracies.slice(steps[index - 1] ?? 0, step))),
  ]);
  const least = Math.min(0.9, ...lines.flat().filter((value) => value !== null));
  return { data: [steps, ...lines], range: [Math.floor(least * 10) / 10, 1] };
}

/** @param {number[]} values @returns {number | null} */
function meanOf(values) {
  const finite = values.filter(Number.isFinite);
  return finite.length > 0 ? finite.reduce((sum, value) => sum + value, 0) / finite.length : null;
}

/** Whole powers of ten, from the least loss to at most 10. @param {number[]} values @returns {[number, number]} */
function rangeOf(values) {
  const least = Math.min(1, ...values.filter((value) => value > 0));
  const most = Math.min(10, Math.max(1, ...values));
  return [10 ** Math.max(-4, Math.floor(Math.log10(least))), most > 3 ? 10 : 3];
}
