/** Opens the place on the page where a term can be seen, and points at it. */

import { tick } from 'svelte';
import { SETTINGS } from '../../model/settings.js';

/** @typedef {import('../../glossary/term.js').Place} Place */
/**
 * @typedef {{
 *   lab: import('../../state/lab.svelte.js').Lab, view: import('../../state/view.svelte.js').View,
 *   address: import('../../state/address.svelte.js').Address,
 * }} Page
 */

/** A part that is fetched only now may take so many frames. */
const PATIENCE = 120;
const POINTING_MS = 2000;
/** What is higher than this is outlined on its inside, or the outline would be cut off. */
const LARGE = 120;

/** @type {Partial<Record<Place['view'], import('../../link/view-text.js').Panel>>} */
const PANELS = {
  layer: 'network',
  backward: 'network',
  health: 'network',
  digits: 'network',
  ask: 'network',
  tab: 'learning',
  setting: 'settings',
};

/**
 * The column of the network's picture that shows the first of these kinds: 0 is the image, then come the layers, and at last
 * the answer; −1 if there is none.
 * @param {readonly { type: string }[]} layers
 * @param {readonly string[]} kinds
 */
function columnOf(layers, kinds) {
  const columns = ['input', ...layers.map(({ type }) => type), 'softmax'];
  return columns.findIndex((kind) => kinds.includes(kind));
}

/** Why a place cannot be shown at the moment; empty if it can. @param {Place} place @param {Page} page */
export function obstacle(place, { lab, view }) {
  const panel = PANELS[place.view];
  const isHidden = (panel && !view.shows(panel)) || (place.view === 'tab' && !view.showsTab(place.tab));
  if (isHidden) return 'The part that shows it is hidden.';
  if (place.view === 'layer' && columnOf(lab.spec.layers, place.kinds) < 0)
    return 'This network has no such layer. Add one with “Edit layers”.';
  if (place.view === 'setting' && !SETTINGS.find(({ key }) => key === place.key)?.applies(lab.draft))
    return 'The settings chosen now do not use it.';
  return place.view === 'element' && !seen(`[data-shows="${place.name}"]`)
    ? 'It is not on the page at the moment.'
    : '';
}

/** @param {Place} place @param {Page} page */
export async function show(place, { lab, view, address }) {
  const { choices } = view;
  switch (place.view) {
    case 'layer':
      view.showInMain({ mainPanel: 'network', direction: 'forward' });
      view.columnToOpen = columnOf(lab.spec.layers, place.kinds);
      return pointAt('#main-panel');
    case 'backward':
      view.showInMain({ mainPanel: 'network', direction: 'backward' });
      return pointAt('#main-panel');
    case 'health':
    case 'digits':
    case 'ask':
      view.showInMain({ mainPanel: place.view, part: place.part });
      return pointAt('#main-panel');
    case 'tab':
      view.showInMain({ tab: place.tab, split: place.split ?? choices.split });
      return pointAt('[data-shows="tab"]');
    case 'setting':
      choices.settings = true;
      return pointAt(`[data-setting="${place.key}"]`);
    case 'element':
      return pointAt(`[data-shows="${place.name}"]`);
    case 'share':
      return address.openDialog();
  }
}

/** What can be seen of this on the page. @param {string} selector */
function seen(selector) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
  return Array.from(all).find((element) => element.offsetWidth > 0) ?? null;
}

/** Scrolls to it, gives it the focus, and outlines it for a moment. @param {string} selector */
async function pointAt(selector) {
  await tick();
  let target = seen(selector);
  for (let frame = 0; !target && frame < PATIENCE; frame++) {
    await new Promise(requestAnimationFrame);
    target = seen(selector);
  }
  if (!target) return;
  const isLarge = target.offsetHeight > LARGE;
  target.scrollIntoView({ block: isLarge ? 'start' : 'center' });
  if (!target.contains(document.activeElement)) {
    const field = /** @type {HTMLElement | null} */ (isLarge ? null : target.querySelector('input, select'));
    (field ?? focusable(target)).focus({ preventScroll: true });
  }
  const outline = '3px solid var(--accent)';
  const outlineOffset = isLarge ? '-3px' : '3px';
  target.animate(
    [
      { outline, outlineOffset },
      { outline, outlineOffset },
    ],
    POINTING_MS,
  );
}

/** Lets it have the focus until it loses it. @param {HTMLElement} element */
function focusable(element) {
  element.tabIndex = -1;
  element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  return element;
}
