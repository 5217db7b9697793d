/**
 * Scrolls what encloses an element until it is in view, within this document only: `scrollIntoView` would scroll the page
 * around an embedded one too. `above` and `below` are covered by the page's own edges; without `above` it is what the
 * style keeps free.
 * @param {Element} element
 * @param {{ above?: number, below?: number }} [covered]
 */
export function reveal(element, { above, below = 0 } = {}) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const isPage = around === document.scrollingElement;
    if (!isPage && !/auto|scroll/.test(getComputedStyle(around).overflow)) continue;
    const box = around.getBoundingClientRect();
    const top = above ?? (parseFloat(getComputedStyle(around).scrollPaddingTop) || 0);
    const seen = isPage ? { left: 0, right: innerWidth, top, bottom: innerHeight - below } : box;
    const place = element.getBoundingClientRect();
    around.scrollBy({
      left: shift(place.left, place.right, seen.left, seen.right),
      top: shift(place.top, place.bottom, seen.top, seen.bottom),
      behavior: 'instant',
    });
  }
}

/** By how much to scroll; of what does not fit, the beginning is shown. @param {number} from @param {number} to @param {number} least @param {number} most */
export function shift(from, to, least, most) {
  if (from < least || to - from > most - least) return from - least;
  return Math.max(0, to - most);
}

/**
 * Takes the focus and, while it has it, comes back into view when the window has got another width, as when a phone is turned.
 * @param {HTMLElement} node
 */
export function staysInView(node) {
  node.focus({ preventScroll: true });
  let width = innerWidth;
  const onResize = () => {
    if (innerWidth !== width && node.contains(document.activeElement)) reveal(node);
    width = innerWidth;
  };
  addEventListener('resize', onResize);
  return () => removeEventListener('resize', onResize);
}
