/**
 * The shape each layer of a draft outputs, as far as it is known. The engine decides on a whole network
 * (src/spec/validate.rs) and stops at the first problem; here the layers after a problem are followed too.
 */

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./spec.js').Pair} Pair */

/** Sizes that are not known are null: [16, null, null]. @typedef {(number | null)[]} Shape */

/** `parameters` and `multiplyAdds` are null where they are not known. @typedef {{ shape: Shape, parameters: number | null, multiplyAdds: number | null }} Outcome */

/**
 * @param {readonly [number, number, number]} input
 * @param {readonly LayerSpec[]} layers
 * @returns {Outcome[]}
 */
export function follow(input, layers) {
  /** @type {Shape} */
  let shape = [...input];
  return layers.map((layer) => {
    const outcome = through(layer, shape);
    shape = outcome.shape;
    return outcome;
  });
}

/**
 * Weights and biases, and multiply-adds of one image, of all layers together; null where one is not known.
 * @param {readonly Outcome[]} outcomes
 */
export function totals(outcomes) {
  return {
    parameters: sum(outcomes.map(({ parameters }) => parameters)),
    multiplyAdds: sum(outcomes.map(({ multiplyAdds }) => multiplyAdds)),
  };
}

/**
 * Why the network cannot learn the classes, in one sentence; null if it ends as it must or that is not known.
 * @param {readonly Outcome[]} outcomes
 * @param {{ kind: string, long: readonly string[] }} classes of the data set
 */
export function problemOfEnd(outcomes, { kind, long: { length } }) {
  const shape = outcomes.at(-1)?.shape;
  if (!shape) return `The network needs a layer with ${length} outputs.`;
  if (shape.length === 1 && (shape[0] === length || shape[0] === null)) return null;
  const end = shape.length > 1 ? 'feature maps' : Number(shape[0]).toLocaleString('en');
  return `Expected ${length} numbers, one for each ${kind}; got ${end}.`;
}

/**
 * How many numbers a shape has.
 * @param {Shape} shape
 */
export const countOf = (shape) =>
  shape.reduce((/** @type {number | null} */ all, size) => (all === null || size === null ? null : all * size), 1);

/**
 * @param {LayerSpec} layer
 * @param {Shape} before
 * @returns {Outcome}
 */
function through(layer, before) {
  switch (layer.type) {
    case 'conv2d': {
      const [channels = null, ...size] = before.length === 3 ? before : [null, null, null];
      const shape = [layer.filters, ...slide(size, layer)];
      const taps = product([channels, ...layer.kernel_size]);
      return {
        shape,
        parameters: taps === null ? null : layer.filters * (taps + 1),
        multiplyAdds: product([countOf(shape), taps]),
      };
    }
    case 'max_pool2d':
    case 'avg_pool2d': {
      const [channels = null, ...size] = before.length === 3 ? before : [null, null, null];
      return free([channels, ...slide(size, layer)]);
    }
    case 'flatten':
      return free([countOf(before)]);
    case 'dense': {
      const inputs = before.length === 1 ? (before[0] ?? null) : null;
      return {
        shape: [layer.units],
        parameters: inputs === null ? null : layer.units * (inputs + 1),
        multiplyAdds: product([layer.units, inputs]),
      };
    }
    default:
      return free([...before]);
  }
}

/** @param {Shape} shape */
const free = (shape) => ({ shape, parameters: 0, multiplyAdds: 0 });

/**
 * The positions of a window on maps of `size`; null where it does not fit.
 * @param {Shape} size
 * @param {{ kernel_size: Pair, stride: Pair, padding?: Pair }} window
 * @returns {Shape}
 */
function slide(size, { kernel_size, stride, padding = [0, 0] }) {
  const positions = [0, 1].map((axis) => {
    const room = Number(size[axis]) + 2 * Number(padding[axis]) - Number(kernel_size[axis]);
    return size[axis] === null || room < 0 ? null : Math.floor(room / Number(stride[axis])) + 1;
  });
  return positions.includes(null) ? [null, null] : positions;
}

/** @param {Shape} factors */
const product = (factors) => countOf(factors);

/** @param {(number | null)[]} parts */
const sum = (parts) =>
  parts.reduce((all, part) => (all === null || part === null ? null : all + part), /** @type {number | null} */ (0));
