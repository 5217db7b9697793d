/** Where a card is placed, so that it is beside what it explains and within the screen. */

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

const GAP = 8;

/** @param {number} value @param {number} from @param {number} to */
const bounded = (value, from, to) => Math.max(from, Math.min(value, to));

/** @param {Box} a @param {Box} b */
const overlap = (a, b) =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/**
 * Below it, above it or at its side, where it hides nothing that is `kept` in view. Where there is no such place, below it or
 * above it, and over it only on a screen with room for neither.
 * @param {Box} term
 * @param {{ width: number, height: number }} card
 * @param {{ innerWidth: number, innerHeight: number }} screen
 * @param {readonly Box[]} [kept]
 */
export function besides(term, { width, height }, { innerWidth, innerHeight }, kept = []) {
  const [above, below] = [term.top - GAP - height, term.top + term.height + GAP];
  const across = bounded(term.left - GAP, GAP, innerWidth - width - GAP);
  const along = bounded(term.top, GAP, innerHeight - height - GAP);
  const free = [
    { left: across, top: below },
    { left: across, top: above },
    { left: term.left - GAP - width, top: along },
    { left: term.left + term.width + GAP, top: along },
  ].find(
    ({ left, top }) =>
      Math.min(left, top) >= GAP &&
      left + width + GAP <= innerWidth &&
      top + height + GAP <= innerHeight &&
      !kept.some((box) => overlap(box, { left, top, width, height })),
  );
  if (free) return free;
  const top = below + height + GAP <= innerHeight || above < GAP ? below : above;
  return { left: across, top: bounded(top, GAP, innerHeight - height - GAP) };
}
