/**
 * Scrolls what encloses an element until it is in view, within this document only: `scrollIntoView` would scroll the page
 * around an embedded one too. `above` and `below` are covered by the page's own edges.
 * @param {Element} element
 * @param {{ above?: number, below?: number }} [covered]
 */
export function reveal(element, { above = 0, below = 0 } = {}) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const isPage = around === document.scrollingElement;
    if (!isPage && !/auto|scroll/.test(getComputedStyle(around).overflow)) continue;
    const box = around.getBoundingClientRect();
    const seen = isPage ? { left: 0, right: innerWidth, top: above, bottom: innerHeight - below } : box;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    around.scrollBy({
      left: shift(left, right, seen.left, seen.right),
      top: shift(top, bottom, seen.top, seen.bottom),
    });
  }
}

/** By how much to scroll; of what does not fit, the beginning is shown. @param {number} from @param {number} to @param {number} least @param {number} most */
export function shift(from, to, least, most) {
  if (from < least || to - from > most - least) return from - least;
  return Math.max(0, to - most);
}
