/** Norms of gradients and updates as lines over steps, on a log scale, and what they say about a layer. */

/** @typedef {import('../../model/reports.js').GradientNorms} GradientNorms */
/** @typedef {'gradient' | 'ratio'} Measure norm of the gradient; norm of the update over norm of the weights */
/** @typedef {GradientNorms['layers'][number]} Norms */

/** Where a ratio of update to weight is healthy: around the often quoted one thousandth. */
export const HEALTHY = { from: 1e-4, to: 1e-2 };

/** Powers of ten that are always shown, so that a line is seen to be high or low, and the lowest ever shown. */
const DECADES = { gradient: /** @type {const} */ ([-3, 0]), ratio: /** @type {const} */ ([-5, -1]) };
const LOWEST = -12;

/** Between two readings this many times as far apart as usual there is none, and no line is drawn. */
const GAP = 8;

/** @param {Norms | undefined} norms @param {Measure} measure */
export function valueOf(norms, measure) {
  if (!norms) return NaN;
  return measure === 'gradient' ? norms.gradient : norms.update / norms.weight;
}

/**
 * `data` is steps, then a line for each layer; `readings` is the index of the reading at each point, −1 for a gap.
 * Zeros are drawn at the lower edge, since a log scale has no place for them.
 * @param {readonly GradientNorms[]} readings
 * @param {readonly number[]} layers
 * @param {Measure} measure
 * @returns {{ data: [number[], ...(number | null)[][]], readings: number[], range: [number, number] }}
 */
export function normLines(readings, layers, measure) {
  const at = withGaps(readings);
  const rows = layers.map((layer) => at.map((index) => valueOf(normsOf(readings[index], layer), measure)));
  const range = decadesAround(rows.flat(), DECADES[measure]);
  const lines = rows.map((row) => row.map((value) => (Number.isFinite(value) ? Math.max(value, range[0]) : null)));
  const steps = at.map((index, point) => readings[index]?.step ?? (readings[at[point - 1] ?? 0]?.step ?? 0) + 1);
  return { data: [steps, ...lines], readings: at, range };
}

/**
 * At most so many readings, evenly chosen, and the last. Those that were drawn before are drawn again, or lines would
 * flicker: only every second, fourth, eighth … is left.
 * @param {readonly GradientNorms[]} readings
 * @param {number} most
 */
export function fewer(readings, most) {
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(readings.length / most)));
  return readings.filter((_, index) => index % stride === 0 || index === readings.length - 1);
}

/** @param {GradientNorms | undefined} reading @param {number} layer */
export const normsOf = (reading, layer) => reading?.layers.find((norms) => norms.layer === layer);

/** @param {readonly GradientNorms[]} readings @returns {number[]} their indices, with −1 where there is none */
function withGaps(readings) {
  const distances = readings.slice(1).map(({ step }, index) => step - Number(readings[index]?.step));
  const usual = distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? 1;
  return readings.flatMap((_, index) => (Number(distances[index - 1]) > GAP * usual ? [-1, index] : [index]));
}

/** Exactly what is written, where 10 ** −5 is not. @param {number} exponent */
const power = (exponent) => Number(`1e${exponent}`);

/**
 * @param {readonly number[]} values
 * @param {readonly [number, number]} least the powers of ten that are shown in any case
 * @returns {[number, number]}
 */
function decadesAround(values, [low, high]) {
  let [from, to] = [power(low), power(high)];
  for (const value of values) {
    if (!Number.isFinite(value) || value <= 0) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return [power(Math.max(LOWEST, Math.floor(Math.log10(from) + 1e-9))), power(Math.ceil(Math.log10(to) - 1e-9))];
}

/**
 * @param {Norms | undefined} norms
 * @returns {'' | 'no gradient' | 'vanishing' | 'healthy' | 'exploding' | 'not a number'}
 */
export function verdictOf(norms) {
  if (!norms) return '';
  const ratio = valueOf(norms, 'ratio');
  if (![norms.gradient, norms.update, norms.weight].every(Number.isFinite)) return 'not a number';
  if (norms.gradient === 0) return 'no gradient';
  if (ratio < HEALTHY.from) return 'vanishing';
  return ratio > HEALTHY.to ? 'exploding' : 'healthy';
}

/**
 * Why there are no readings, and how to get some. They are not kept with a run, so one that was opened again has none.
 * @param {Pick<import('../../state/lab.svelte.js').Lab, 'phase' | 'progress'>} lab
 */
export function whyNoReadings({ phase, progress }) {
  const step = progress?.step ?? 0;
  if (step === 0) return 'Gradients are recorded every 20 steps of training, whether this tab is open or not.';
  const opened =
    step < 20
      ? 'Gradients are recorded every 20 steps.'
      : 'Readings of earlier steps are not kept when a run is opened again.';
  return `${opened} ${phase === 'finished' ? 'Train on, or train another run' : 'Train on'}, and new ones appear here.`;
}
