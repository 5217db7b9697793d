/** The results of an experiment as they are stored: few enough points to be drawn again, and checked when they are read. */

import { MEASURES } from './measures.js';

/** @typedef {import('./form.js').Experiment} Experiment */
/** @typedef {import('./measures.js').Measure} Measure */
/** @typedef {import('./reports.js').FilterFrame} FilterFrame */
/** @typedef {import('./reports.js').LayerSizes} LayerSizes */
/** @typedef {import('./reports.js').Validation} Validation */

/**
 * @typedef {{
 *   name: string, steps: number, losses: number[], accuracies: number[], validations: Validation[],
 *   sizes: LayerSizes | null, filters: FilterFrame[], values: Partial<Record<Measure, number>> | null,
 *   dreams: ArrayLike<number> | null, problem: string | null,
 * }} RunResults
 * @typedef {{ guess: number, runs: RunResults[] }} Results
 */

/** As many points as are drawn of a run. */
const POINTS = 120;
/** Of a kind, more than any experiment has. */
const MOST = 200;
const MOST_WEIGHTS = 10_000;
const MOST_PIXELS = 50_000;

/** @param {Results} results @returns {string} */
export function writeResults({ guess, runs }) {
  const stored = runs.map(
    ({ name, steps, losses, accuracies, validations, sizes, filters, values, dreams, problem }) => {
      const made = losses.length;
      const width = widthOf(made);
      const curves = { losses: means(losses, width), accuracies: means(accuracies, width) };
      const films = filters.map(({ step, weights }) => ({ step, weights: Array.from(weights, seen) }));
      return {
        ...{ name, steps, made, width, ...curves, validations: validations.slice(-MOST) },
        ...{ sizes, filters: films, values, dreams: dreams && Array.from(dreams), problem },
      };
    },
  );
  return JSON.stringify({ guess, runs: stored });
}

/**
 * @param {string} text from a place that anything can write to
 * @param {Experiment} experiment that it should be of
 * @returns {Results | null} null if it is of another version of the experiment, or damaged
 */
export function readResults(text, experiment) {
  try {
    const { guess, runs } = JSON.parse(text);
    if (!Number.isInteger(guess) || !experiment.guess.options[guess] || runs.length !== experiment.runs.length)
      return null;
    return { guess, runs: experiment.runs.map((planned, index) => readRun(runs[index], planned)) };
  } catch {
    return null;
  }
}

/**
 * @param {any} run
 * @param {{ name: string, steps: number }} planned
 * @returns {RunResults}
 */
function readRun(
  { made, width, losses, accuracies, validations, sizes, filters = [], values, dreams = null, problem, ...run },
  planned,
) {
  const { name, steps } = planned;
  const whole = Number.isInteger(made) && made >= 0 && made <= steps && width === widthOf(made);
  if (run.name !== name || run.steps !== steps || !whole) throw new RangeError('of another experiment');
  const points = Math.ceil(made / width);
  const curve = (/** @type {unknown} */ stored) => {
    const known = numbers(stored, POINTS + 1);
    if (known.length !== points) throw new RangeError('a curve is not as long as it says');
    return Array.from({ length: made }, (_, step) => Number(known[Math.floor(step / width)]));
  };
  return {
    ...{ name, steps, losses: curve(losses), accuracies: curve(accuracies) },
    validations: listed(validations, MOST).map(({ step, loss, accuracy }) => {
      const [at = 0, ...of] = numbers([step, loss, accuracy], 3);
      return { step: at, loss: Number(of[0]), accuracy: Number(of[1]) };
    }),
    sizes: sizes && {
      ...{ activations: numbers(sizes.activations, MOST), gradients: numbers(sizes.gradients, MOST) },
      firstWeights: number(sizes.firstWeights),
    },
    filters: listed(filters, MOST).map(({ step, weights }) => ({
      step: number(step),
      weights: numbers(weights, MOST_WEIGHTS),
    })),
    values: values && readValues(values),
    dreams: dreams && numbers(dreams, MOST_PIXELS),
    problem: typeof problem === 'string' ? problem.slice(0, MOST) : null,
  };
}

/** @param {Record<string, unknown>} values */
function readValues(values) {
  const known = Object.keys(MEASURES).filter((measure) => Object.hasOwn(values, measure));
  return Object.fromEntries(known.map((measure) => [measure, number(values[measure])]));
}

/** @param {unknown} value @param {number} most @returns {any[]} */
function listed(value, most) {
  if (!Array.isArray(value) || value.length > most) throw new RangeError('a list is not one, or too long');
  return value;
}

/** @param {unknown} value @param {number} most */
const numbers = (value, most) => listed(value, most).map(number);

/** @param {unknown} value @returns {number} JSON has null for what is not finite */
function number(value) {
  if (value === null) return NaN;
  if (typeof value !== 'number') throw new RangeError('a number is none');
  return value;
}

/** Steps to a point. @param {number} made steps */
const widthOf = (made) => Math.max(1, Math.ceil(made / POINTS));

/** In a picture, no more of a weight can be seen. @param {number} weight */
const seen = (weight) => Number(weight.toPrecision(2));

/** @param {readonly number[]} values @param {number} width @returns {number[]} means of so many each, without those that are not finite */
function means(values, width) {
  return Array.from({ length: Math.ceil(values.length / width) }, (_, point) => {
    const finite = values.slice(point * width, (point + 1) * width).filter(Number.isFinite);
    return Number((finite.reduce((sum, value) => sum + value, 0) / finite.length).toPrecision(4));
  });
}
