import { createSubscriber } from 'svelte/reactivity';

/** The theme of the page and the size of its type are attributes of its root; the style sheet says what they mean. */
export const readLooks = createSubscriber((changed) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-size'] });
  return () => observer.disconnect();
});

/** How large type is, for sizes that are computed and fonts of canvases: 1 is usual, when a rem is ten pixels. */
export function typeScale() {
  readLooks();
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 10;
}
