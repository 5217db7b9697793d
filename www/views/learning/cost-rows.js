/** What each part of the network costs, as rows of a table. */

import { layerNames, shortName } from '../../model/layer-kinds.js';

/** @typedef {import('../../model/reports.js').Timing} Timing */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * Times in microseconds per image; `share` is the part of the longest row. `bytes` are those of weights,
 * biases and of what goes out for one image.
 * @typedef {{
 *   name: string, multiplyAdds: number, bytes: number, forward: number, weightGradient: number, inputGradient: number,
 *   total: number, share: number,
 * }} CostRow
 */

/** A number takes four bytes. */
const BYTES = 4;

/**
 * One row for the layers that pass as one.
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {Timing} timing
 * @returns {CostRow[]}
 */
export function costRows(spec, summary, timing) {
  const names = layerNames(spec.layers);
  const rows = timing.stages.map((stage) => {
    const [first, last] = [stage.first_layer, stage.last_layer];
    const layers = summary.layers.slice(first, last + 1);
    const numbers = layers.reduce((sum, layer) => sum + layer.parameters, 0) + product(layers.at(-1)?.shape ?? []);
    const [forward, weightGradient, inputGradient] = [stage.forward, stage.weight_gradient, stage.input_gradient].map(
      (milliseconds) => 1000 * milliseconds,
    );
    return {
      name: [names[first], ...spec.layers.slice(first + 1, last + 1).map(({ type }) => shortName(type))].join(', '),
      multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiply_adds, 0),
      bytes: BYTES * numbers,
      ...{ forward, weightGradient, inputGradient },
      total: forward + weightGradient + inputGradient,
      share: 0,
    };
  });
  const longest = Math.max(...rows.map(({ total }) => total));
  return rows.map((row) => ({ ...row, share: longest > 0 ? row.total / longest : 0 }));
}

/**
 * How far the estimate of an epoch was off, as a share of what it took.
 * @param {import('../../model/reports.js').Costs} costs
 */
export function errorOfEstimate({ estimated, measured }) {
  return estimated === null || measured === null || measured === 0 ? null : (estimated - measured) / measured;
}

/** @param {readonly number[]} sizes */
const product = (sizes) => sizes.reduce((all, size) => all * size, 1);
