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
 * The runs whose lines cannot be told apart after their beginning, each with all those it lies on. Before two points are known, none are.
 * @param {readonly string[]} names
 * @param {readonly (readonly (number | null)[])[]} lines
 * @param {{ range: readonly [number, number], log: boolean }} scale
 * @returns {string[][]}
 */
export function coinciding(names, lines, { range, log }) {
  const along = (/** @type {number | null | undefined} */ value) => (log ? Math.log(value ?? NaN) : (value ?? NaN));
  const apart = SEEN * (along(range[1]) - along(range[0]));
  /** @param {number} one @param {number} other */
  const coincide = (one, other) => {
    const distances = (lines[one] ?? []).map((value, at) => Math.abs(along(value) - along(lines[other]?.[at])));
    const known = distances.filter((distance) => !Number.isNaN(distance));
    const later = known.slice(-Math.max(2, Math.ceil(LATER * known.length)));
    return later.length > 1 && later.every((distance) => distance < apart);
  };
  /** @type {number[][]} */
  const groups = [];
  for (const run of names.keys()) {
    const group = groups.find(([first = 0]) => coincide(first, run));
    if (group) group.push(run);
    else groups.push([run]);
  }
  return groups.filter(({ length }) => length > 1).map((group) => group.map((run) => names[run] ?? ''));
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
