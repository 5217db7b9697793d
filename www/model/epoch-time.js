/**
 * How long an epoch of a draft will take, estimated from the running network: the time that its stages were measured
 * to need for each multiply-add, forward and backward.
 */

import { countOf, follow } from './shapes.js';

/** @typedef {import('./reports.js').Costs} Costs */
/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./spec.js').Spec} Spec */
/** @typedef {import('./spec.js').Summary} Summary */
/** A network, and the engine's summary of it; null until it arrives. @typedef {{ spec: Spec, summary: Summary | null }} Network */
/** @typedef {import('./shapes.js').Outcome} Outcome */

/** @typedef {'forward' | 'weight_gradient' | 'input_gradient'} Work */

/**
 * Layers that are computed as one. `amounts` counts the multiply-adds of one image; for a stage without any, the
 * numbers of its input. `traits` are logarithms of sizes: stages with similar ones run at about the same speed.
 * @typedef {{ first: number, last: number, products: boolean, traits: number[], amounts: Record<Work, number> }} Stage
 */

/** A stage with the milliseconds it takes for one unit of each work; null where that is not known. @typedef {{ stage: Stage, rates: Record<Work, number | null> }} Timed */

/** @type {Work[]} */
const WORKS = ['forward', 'weight_gradient', 'input_gradient'];

/** Before anything is timed: all multiply-adds take equally long. Only their relation is used then. */
const PLAIN_RATE = 1e-7;

/** What a number that is only passed on takes, in multiply-adds, until it has been seen. */
const PASSING_ON = 2;

/** The share of a ReLU's numbers that the gradient gets through; the rest is skipped. */
const OPEN = 0.5;

/**
 * Seconds that an epoch takes with the running network (`now`) and with the draft (`then`).
 * @param {Costs | null} costs of the running network
 * @param {Network} running
 * @param {Network} draft
 * @returns {{ now: number, then: number | null } | null} null while nothing is known; `then` is null for an impossible draft
 */
export function epochTime(costs, running, draft) {
  const now = costs?.measured ?? costs?.estimated ?? null;
  if (!costs || now === null) return null;
  const timed = timedStages(costs, stagesOf(running));
  const [before, after] = [running, draft].map((network) => imageTime(costs, timed, running.spec, network));
  return { now, then: before && after ? (now * after) / before : null };
}

/**
 * Milliseconds for one image of a network, with its share of the update.
 * @param {Costs} costs
 * @param {readonly Timed[]} timed
 * @param {Spec} running
 * @param {Network} network
 * @returns {number | null}
 */
function imageTime({ timing, workers }, timed, running, { spec, summary }) {
  const passes = stagesOf({ spec, summary }).reduce((sum, stage) => sum + timeOf(stage, timed), 0);
  const update = (timing.update / spec.training.batch_size) * (parametersOf(spec) / parametersOf(running));
  const all = passes / Math.max(1, workers) + (timing.updates > 0 ? update : 0);
  return Number.isFinite(all) && all > 0 ? all : null;
}

/** @param {Spec} spec */
const parametersOf = ({ input, layers }) =>
  follow(input, layers).reduce((sum, { parameters }) => sum + (parameters ?? NaN), 0);

/**
 * @param {Stage} stage
 * @param {readonly Timed[]} timed
 */
function timeOf(stage, timed) {
  return WORKS.reduce((sum, work) => {
    const amount = stage.amounts[work];
    return amount === 0 ? sum : sum + amount * rateOf(stage, work, timed);
  }, 0);
}

/**
 * The rate of the timed stage that is most like this one.
 * @param {Stage} stage
 * @param {Work} work
 * @param {readonly Timed[]} timed
 */
function rateOf(stage, work, timed) {
  const known = timed.filter(({ rates }) => rates[work] !== null);
  const alike = known.filter((one) => one.stage.products === stage.products);
  const nearest = alike.toSorted((a, b) => distance(a.stage, stage) - distance(b.stage, stage))[0];
  if (nearest) return Number(nearest.rates[work]);
  const products = known.find((one) => one.stage.products)?.rates[work] ?? anyRate(timed);
  return stage.products ? products : PASSING_ON * products;
}

/**
 * The rate of any multiply-adds, for when none of the wanted kind have been timed: the first layer of a network
 * passes no gradient on.
 * @param {readonly Timed[]} timed
 */
function anyRate(timed) {
  const { rates } = timed.find(({ stage }) => stage.products) ?? {};
  return rates?.weight_gradient ?? rates?.forward ?? PLAIN_RATE;
}

/**
 * @param {Stage} a
 * @param {Stage} b
 */
const distance = (a, b) => a.traits.reduce((sum, trait, index) => sum + Math.abs(trait - Number(b.traits[index])), 0);

/**
 * @param {Costs} costs
 * @param {readonly Stage[]} stages
 * @returns {Timed[]}
 */
function timedStages({ timing }, stages) {
  if (timing.images === 0) return [];
  return stages.flatMap((stage) => {
    const times = timing.stages.find((one) => one.first_layer === stage.first && one.last_layer === stage.last);
    if (!times) return [];
    const rates = WORKS.map((work) => [work, stage.amounts[work] > 0 ? times[work] / stage.amounts[work] : null]);
    return [{ stage, rates: Object.fromEntries(rates) }];
  });
}

/**
 * The stages of a network, as the engine joins its layers. Until the engine has validated a draft, each layer is one.
 * @param {Network} network
 * @returns {Stage[]}
 */
function stagesOf({ spec: { input, layers }, summary }) {
  const outcomes = follow(input, layers);
  const isKnown = summary?.layers.length === layers.length;
  const joined = isKnown ? summary.stages : layers.map((_, layer) => ({ first_layer: layer, last_layer: layer }));
  return joined.map(({ first_layer: first, last_layer: last }) => {
    const inputs = countOf(outcomes[first - 1]?.shape ?? [...input]) ?? NaN;
    return stageOf(layers, outcomes, first, last, inputs);
  });
}

/**
 * @param {readonly LayerSpec[]} layers
 * @param {readonly Outcome[]} outcomes
 * @param {number} first
 * @param {number} last
 * @param {number} inputs numbers of its input
 * @returns {Stage}
 */
function stageOf(layers, outcomes, first, last, inputs) {
  const { type } = /** @type {LayerSpec} */ (layers[first]);
  const { shape, multiplyAdds } = /** @type {Outcome} */ (outcomes[first]);
  const products = type === 'conv2d' || type === 'dense';
  const forward = products ? (multiplyAdds ?? NaN) : inputs;
  const backward = products ? forward * Math.sqrt(gradientShare(layers, outcomes, first)) : forward;
  return {
    first,
    last,
    products,
    traits: [forward / (countOf(shape) ?? NaN), shape[0] ?? NaN, type === 'dense' ? 1 : 100].map(Math.log2),
    amounts: {
      forward,
      weight_gradient: products ? backward : 0,
      input_gradient: first === 0 ? 0 : backward,
    },
  };
}

/**
 * The share of a layer's output whose gradient is not zero: a max pool sends the gradient to one place of each
 * window, a ReLU lets about half of it through. The engine skips the zeros but takes longer for each of the rest, so
 * the time is roughly proportional to the square root of the share.
 * @param {readonly LayerSpec[]} layers
 * @param {readonly Outcome[]} outcomes
 * @param {number} index
 */
function gradientShare(layers, outcomes, index) {
  let share = 1;
  for (let following = index + 1; following < layers.length; following += 1) {
    const layer = layers[following];
    if (layer?.type === 'relu') share *= OPEN;
    else if (layer?.type === 'max_pool2d') {
      const [before, after] = [outcomes[following - 1], outcomes[following]].map(
        (one) => countOf(one?.shape ?? []) ?? NaN,
      );
      share *= Math.min(1, Number(after) / Number(before));
    } else if (layer?.type !== 'flatten' && layer?.type !== 'dropout') break;
  }
  return share;
}
