/** Where the words of a call-out are, so that they hide nothing that is read or pressed. */

/** @typedef {import('./pointed.js').Box} Box */
/** @typedef {'above' | 'below' | 'beside' | 'inside'} Side */
/** @typedef {{ side: Side, left: number, top: number, isAtEnd: boolean, hides: number }} Place from the corner of what is pointed at; `isAtEnd`: it ends where that ends; `hides`: how much they hide there */

const HEIGHT = 24;
/** From what is pointed at to the words. */
const GAP = 10;
/** From an edge to the words within. */
const INSET = 4;
/** Of the words, so many places are looked at, in each of three lines. */
const SAMPLES = 7;

/**
 * The first place of those where the least is hidden.
 * @param {Box} box what is pointed at
 * @param {{ width: number, free: Box, best: Side }} label in what is `free`; `best` is the side it is best at
 * @param {(box: Box) => number} [hidden] how much of the page a label would hide
 * @returns {Place}
 */
export function placeOfLabel(box, { width, free, best: side }, hidden = (there) => hiddenBy(there, side)) {
  const fitting = placesOf(box, width, side).filter(({ left, top }) => {
    const [x, y] = [box.left + left, box.top + top];
    return x >= free.left && x + width <= free.right && y >= 0 && y + HEIGHT <= free.bottom;
  });
  let [best, least] = [fitting[0] ?? within(box, width, 'right', 'bottom'), Infinity];
  for (const place of fitting) {
    const amount = hidden(boxOf(box, place, width));
    if (amount < least) [best, least] = [{ ...place, hides: amount }, amount];
    if (least === 0) break;
  }
  return best;
}

/** @param {Box} box @param {Place} place @param {number} width @param {Side} best */
export const hidesSomething = (box, place, width, best) => hiddenBy(boxOf(box, place, width), best) > 0;

/** @param {Box} box @param {Place} place @param {number} width @returns {Box} of the words */
function boxOf(box, place, width) {
  const [left, top] = [box.left + place.left, box.top + place.top];
  return { left, top, right: left + width, bottom: top + HEIGHT };
}

/** @param {Box} box @param {number} width of the words @param {Side} best @returns {Place[]} the best first */
function placesOf(box, width, best) {
  const [across, down] = [box.right - box.left, box.bottom - box.top];
  const outside = (/** @type {'above' | 'below'} */ side) => {
    const top = side === 'above' ? -GAP - HEIGHT : down + GAP;
    return [
      { side, left: 0, top, isAtEnd: false, hides: 0 },
      { side, left: across - width, top, isAtEnd: true, hides: 0 },
    ];
  };
  /** @type {Place} */
  const after = { side: 'beside', left: across + GAP, top: (down - HEIGHT) / 2, isAtEnd: false, hides: 0 };
  /** @type {Place} */
  const before = {
    side: 'beside',
    left: -GAP - width,
    top: Math.min((down - HEIGHT) / 2, HEIGHT),
    isAtEnd: false,
    hides: 0,
  };
  const places = [
    ...[...outside('above'), ...outside('below'), after, before],
    ...[within(box, width, 'right', 'bottom'), within(box, width, 'left', 'bottom')],
    ...[within(box, width, 'right', 'top'), within(box, width, 'left', 'top')],
  ];
  return places.sort((a, b) => Number(b.side === best) - Number(a.side === best));
}

/** @param {Box} box @param {number} width @param {'left' | 'right'} x @param {'top' | 'bottom'} y @returns {Place} in a corner */
const within = ({ left, top, right, bottom }, width, x, y) => ({
  ...{ side: 'inside', isAtEnd: false, hides: 0 },
  left: x === 'left' ? INSET : right - left - width - INSET,
  top: y === 'top' ? INSET : bottom - top - HEIGHT - INSET,
});

/** In how many of some places there is something to read or to press. @param {Box} box @param {Side} best */
function hiddenBy({ left, top, right, bottom }, best) {
  const places = Array.from({ length: SAMPLES }, (_, index) => left + ((index + 0.5) / SAMPLES) * (right - left));
  return places.flatMap((x) => [top + 2, (top + bottom) / 2, bottom - 2].filter((y) => isTaken(x, y, best))).length;
}

/** @param {number} x @param {number} y @param {Side} best */
function isTaken(x, y, best) {
  const found = document.elementFromPoint(x, y);
  if (!found) return false;
  // The canvas has room for its own words, while nothing is drawn on it.
  if (best === 'inside' && found.closest('[data-callout="canvas"]')) return false;
  if (found.closest('button, input, select, canvas, img, svg, li, tr, [role="img"]')) return true;
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
