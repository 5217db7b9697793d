/** Where the words of a call-out are, so that they hide nothing that is read or pressed. */

/** @typedef {import('./pointed.js').Box} Box */
/** @typedef {'above' | 'below' | 'inside'} Place */

const HEIGHT = 24;
/** From what is pointed at to the words. */
const GAP = 10;
/** Room that both need. */
export const LABEL = HEIGHT + GAP;
/** Of the words, so many places are looked at. */
const SAMPLES = 5;

/**
 * @param {Box} box what is pointed at
 * @param {{ width: number, atEnd: boolean, lowest: number, below: boolean }} label `atEnd`: it ends where the box ends;
 *   `below`: it is best there
 * @param {(box: Box) => number} [hidden] how much of the page a label would hide
 * @returns {Place}
 */
export function placeOfLabel(box, { width, atEnd, lowest, below }, hidden = hiddenBy) {
  const left = atEnd ? box.right - width : box.left;
  const at = (/** @type {number} */ x, /** @type {number} */ top) => ({
    ...{ left: x, top, right: x + width, bottom: top + HEIGHT },
  });
  /** @type {Record<Place, Box>} */
  const boxes = {
    above: at(left, box.top - GAP - HEIGHT),
    below: at(left, box.bottom + GAP),
    inside: at(box.right - width, box.bottom - HEIGHT),
  };
  /** @type {Place[]} */
  const order = below ? ['below', 'above', 'inside'] : ['above', 'below', 'inside'];
  const fitting = order.filter((place) => boxes[place].top >= 0 && boxes[place].bottom <= lowest);
  const amounts = fitting.map((place) => hidden(boxes[place]));
  return fitting[amounts.indexOf(Math.min(...amounts))] ?? 'inside';
}

/** In how many of some places there is something to read or to press. @param {Box} box */
function hiddenBy({ left, top, right, bottom }) {
  const places = Array.from({ length: SAMPLES }, (_, index) => left + ((index + 0.5) / SAMPLES) * (right - left));
  return places.filter((x) => [top + 4, bottom - 4].some((y) => isTaken(x, y))).length;
}

/** @param {number} x @param {number} y */
function isTaken(x, y) {
  const found = document.elementFromPoint(x, y);
  if (!found) return false;
  // An empty canvas has room for words.
  if (found.closest('button, input, select, canvas, img, svg') && !found.closest('[data-callout="canvas"]'))
    return true;
  return [...found.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && isUnder(node, x, y));
}

/** Whether a text, or what is close around it, is at a place. @param {Node} text @param {number} x @param {number} y */
function isUnder(text, x, y) {
  if (!text.textContent?.trim()) return false;
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()].some(
    (rect) => x > rect.left - GAP && x < rect.right + GAP && y > rect.top && y < rect.bottom,
  );
}
