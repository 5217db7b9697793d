/** Where in the network a lesson leads. */

/** What a lesson calls the columns that are no layers. @type {Record<string, string>} */
const KINDS = { input: 'input', answer: 'softmax' };

/**
 * The first picture of the first layer of this kind.
 * @param {readonly import('./columns.js').Column[]} columns
 * @param {string | null} open
 * @returns {import('./connections.js').Choice | null}
 */
export function guidedTile(columns, open) {
  const column = columns.findIndex(({ type, kind }) => open === (type ?? KINDS[kind]));
  return column < 0 ? null : { column, image: 0 };
}

/** A weight in the middle of the first filter. @param {import('../../model/spec.js').Spec} spec @returns {import('../../model/reports.js').WeightRef | null} */
export function guidedWeight({ layers }) {
  for (const [layer, found] of layers.entries()) {
    if (found.type !== 'conv2d') continue;
    const [height, width] = found.kernel_size;
    return { layer, kind: 'weight', index: Math.floor((height * width) / 2) };
  }
  return null;
}
