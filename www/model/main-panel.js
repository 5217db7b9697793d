/** What the main panel of the page can show, and its parts, of which one is shown at a time: by default the first. */

export const MAIN_PANELS = /** @type {const} */ (['network', 'health', 'digits', 'contrast', 'ask']);
/** @typedef {typeof MAIN_PANELS[number]} MainPanel */

export const HEALTH = /** @type {const} */ (['flow', 'histograms', 'units', 'symmetry', 'step']);
export const DIGITS = /** @type {const} */ (['map', 'top']);
export const ASK = /** @type {const} */ (['dream', 'fool', 'off', 'morph', 'looks', 'lives']);

/**
 * The part with this name, which may be the name of another panel's part.
 * @template {string} Part
 * @param {readonly Part[]} parts
 * @param {string} name
 */
export const partOf = (parts, name) => parts.find((part) => part === name) ?? /** @type {Part} */ (parts[0]);

/**
 * @param {import('./data-sets.js').Classes} classes
 * @returns {{ id: MainPanel, name: string, title: string }[]}
 */
export const mainPanels = ({ many, item, kind }) => [
  { id: 'network', name: 'Network', title: 'Every layer, live (key 1)' },
  { id: 'health', name: 'Health', title: 'Gradients, histograms, dead units, symmetry (key 2)' },
  {
    id: 'digits',
    name: `${many.charAt(0).toUpperCase()}${many.slice(1)}`,
    title: `How the network sorts the test ${item}s (key 3)`,
  },
  { id: 'contrast', name: 'Why not?', title: `Why this ${kind} and not another (key 4)` },
  { id: 'ask', name: 'Ask', title: 'What it dreams of, what fools it, what it cannot do without (key 5)' },
];

/** @param {MainPanel} mainPanel @param {import('./data-sets.js').Classes} classes */
export const mainPanelName = (mainPanel, classes) => mainPanels(classes).find(({ id }) => id === mainPanel)?.name ?? '';
