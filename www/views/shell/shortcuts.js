/** The keys that work wherever the focus is not in a control of its own. */

import { goOn } from '../../state/go-on.js';

/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */
/** @typedef {{ settings: () => void, experiments: () => void, help: () => void, show: (mainPanel: import('../../model/main-panel.js').MainPanel) => void }} Panels */

const OWN_KEYS =
  'input, select, textarea, button, summary, a[href], [role="slider"], [role="application"], [contenteditable]';

/** What letters and digits go into. */
const TYPED_INTO = 'input:not([type="radio"], [type="checkbox"], [type="range"]), select, textarea';

/**
 * @param {KeyboardEvent} event
 * @param {Lab} lab
 * @param {Panels} panels
 */
export function runShortcut(event, lab, panels) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = /** @type {Element | null} */ (event.target instanceof Element ? event.target : null);
  if (target?.closest('dialog')) return;
  if (target?.closest(event.key === ' ' ? OWN_KEYS : TYPED_INTO)) return;
  const action = actions(lab, panels)[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  if (!event.repeat || event.key === '.') action();
}

/**
 * @param {Lab} lab
 * @param {Panels} panels
 * @returns {Record<string, (() => void) | undefined>}
 */
function actions(lab, panels) {
  const step = () => lab.canTrain && lab.step();
  return {
    ' ': () => goOn(lab),
    '.': step,
    s: step,
    r: () => lab.restart(),
    n: () => lab.restartWithNewSeed(),
    1: () => panels.show('network'),
    2: () => panels.show('health'),
    3: () => panels.show('digits'),
    e: panels.experiments,
    ',': panels.settings,
    '?': panels.help,
  };
}
