/** The keys that work wherever the focus is not in a control of its own. */

import { inDialog, keyNames, takesText } from '../../lib/keys.js';
import { goOn } from '../../state/go-on.js';

/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */
/** @typedef {{ settings: () => void, experiments: () => void, take: () => void, ownImages: () => void, help: () => void, show: (mainPanel: import('../../model/main-panel.js').MainPanel) => void }} Panels */

const OWN_KEYS =
  'input, select, textarea, button, summary, a[href], [role="slider"], [role="application"], [contenteditable]';

/** Where the run was at the last key: while one is held down, each step waits for the one before, so that none is left over. */
let askedAt = -1;

/**
 * @param {KeyboardEvent} event
 * @param {Lab} lab
 * @param {Panels} panels
 */
export function runShortcut(event, lab, panels) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (inDialog(target) || takesText(target)) return;
  if (event.key === ' ' && target instanceof Element && target.closest(OWN_KEYS)) return;
  const all = actions(lab, panels);
  const action = keyNames(event).flatMap((name) => all[name] ?? [])[0];
  if (!action) return;
  event.preventDefault();
  const { step = 0 } = lab.progress ?? {};
  if (event.repeat && (event.key !== '.' || step === askedAt)) return;
  askedAt = step;
  action();
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
    n: () => restartWithNewSeed(lab),
    1: () => panels.show('network'),
    2: () => panels.show('health'),
    3: () => panels.show('digits'),
    4: () => panels.show('contrast'),
    5: () => panels.show('ask'),
    e: panels.experiments,
    t: panels.take,
    i: panels.ownImages,
    ',': panels.settings,
    '?': panels.help,
  };
}

/** Time to read what an accidental key has done. */
const SAID_MS = 10_000;

/** @param {Lab} lab */
async function restartWithNewSeed(lab) {
  const isKept = (lab.progress?.step ?? 0) > 0;
  const seed = await lab.restartWithNewSeed();
  lab.notify(
    `N started over with a new seed, ${seed}.${isKept ? ' The run before it is kept under Runs.' : ''}`,
    SAID_MS,
  );
}
