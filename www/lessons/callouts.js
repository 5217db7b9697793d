/**
 * What a card can point at, by name. Views mark their elements with `data-callout`, so that a call-out holds whatever the
 * words on the page are; the cells of the confusion matrix have a mark of their own.
 */

/** Marks that views set. A layer's name is that of its kind; the first layer of the kind is meant. */
const MARKS = /** @type {const} */ ([
  ...['canvas', 'seen', 'answer', 'chances', 'why', 'network'],
  ...['input', 'conv2d', 'relu', 'max_pool2d', 'flatten', 'dense', 'softmax'],
  ...['open-relu', 'open-max_pool2d', 'glass', 'card', 'walk', 'walk-on'],
  ...['story', 'check', 'update', 'gradients', 'contrast', 'turn'],
  ...['dream', 'fool-find', 'off-count', 'morph', 'looks', 'lives'],
  ...['scores', 'loss', 'accuracy', 'matrix', 'classes', 'confidence', 'lab'],
]);

/** The digit whose column and row of the confusion matrix are pointed at. */
export const EXAMPLE_CLASS = 9;

/** @type {Record<string, string>} */
const CELLS = {
  'matrix-column': `[data-cell$="/${EXAMPLE_CLASS}"]`,
  'matrix-row': `[data-cell^="${EXAMPLE_CLASS}/"]`,
  'matrix-diagonal': Array.from({ length: 10 }, (_, digit) => `[data-cell="${digit}/${digit}"]`).join(),
};

/** @type {readonly string[]} */
export const CALLOUTS = [...MARKS, ...Object.keys(CELLS)];

/** What matches the elements of a call-out; of marks the first is meant, of cells all. @param {string} name */
export const selectorOf = (name) => CELLS[name] ?? `[data-callout~="${name}"]`;

/**
 * Where the words of a call-out are best: of what is read with what is above it, below; of the empty canvas, inside.
 * @param {string} name
 */
export function sideOf(name) {
  if (name === 'canvas') return 'inside';
  return name in CELLS || name === 'turn' ? 'below' : 'above';
}

/** @param {string} name */
export const isOfCells = (name) => name in CELLS;
