/** The elements of the page that a card points at. */

import { isOfCells, selectorOf } from '../../lessons/callouts.js';

const FOCUSABLE = 'button:not(:disabled), select, input, [tabindex="0"]';

/** Those that are on the page; of a mark the first, of cells all. @param {string} name @returns {HTMLElement[]} */
export function elementsOf(name) {
  const found = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selectorOf(name))]);
  const shown = found.filter((element) => element.offsetWidth > 0);
  return isOfCells(name) ? shown : shown.slice(0, 1);
}

/** What belongs with it, and tells what it has done or explains its numbers. @param {string} name @returns {NodeListOf<HTMLElement>} */
export const wholesOf = (name) =>
  document.querySelectorAll(name === 'glass' ? selectorOf('card') : `[data-callout-whole="${name}"]`);

/** Moves the focus to it, or into it; what takes no focus takes it this once. @param {HTMLElement} element */
export function focusOn(element) {
  const target = element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE);
  if (target instanceof HTMLElement) return target.focus({ preventScroll: true });
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
}

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

/** What neither the header nor the sheet of a lesson on a phone covers. @param {Element | undefined} inLesson @returns {Box} */
export function freeOf(inLesson) {
  const header = document.querySelector('header')?.getBoundingClientRect();
  const lesson = inLesson?.closest('section')?.getBoundingClientRect();
  const isSheet = lesson && lesson.width > 0.9 * innerWidth;
  return { left: 0, right: innerWidth, top: header?.bottom ?? 0, bottom: isSheet ? lesson.top : innerHeight };
}

/** What can be seen of some elements in what is `free`; null if nothing can. @param {readonly HTMLElement[]} elements @param {Box} free @returns {Box | null} */
export function seenBox(elements, free) {
  const [first] = elements;
  if (!first) return null;
  const boxes = elements.map((element) => element.getBoundingClientRect());
  let box = {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
  for (let around = first.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflow !== 'visible') box = both(box, around.getBoundingClientRect());
  }
  box = both(box, first.closest('header') ? { ...free, top: 0 } : free);
  return box.right - box.left > 4 && box.bottom - box.top > 4 ? box : null;
}

/** @param {Box} a @param {Box} b @returns {Box} what is in both */
const both = (a, b) => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});
