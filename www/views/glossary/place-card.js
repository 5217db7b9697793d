/** Where a card is placed, so that it is beside what it explains and within the screen. */

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

const GAP = 8;

/** @param {number} value @param {number} from @param {number} to */
const bounded = (value, from, to) => Math.max(from, Math.min(value, to));

/**
 * Below it, or above it if there is more room, and over it only on a screen with room for neither.
 * @param {Box} term
 * @param {{ width: number, height: number }} card
 * @param {{ innerWidth: number, innerHeight: number }} screen
 */
export function besides(term, { width, height }, { innerWidth, innerHeight }) {
  const below = term.top + term.height + GAP;
  const above = term.top - GAP - height;
  const top = below + height + GAP <= innerHeight || above < GAP ? below : above;
  return {
    left: bounded(term.left - GAP, GAP, innerWidth - width - GAP),
    top: bounded(top, GAP, innerHeight - height - GAP),
  };
}
