/** What the log of a run is written from, and what its entries are. Types, and what all rules share. */

/** @typedef {import('../curves.js').Series} Series */
/** @typedef {import('../reports.js').Evaluation} Evaluation */
/** @typedef {import('../reports.js').GradientNorms} GradientNorms */

/**
 * Units of a layer that fell silent together: they fired at step `alive`, not at step `dead`, and on none of the
 * `images` that were counted since. `of` is how many units the layer has.
 * @typedef {{ layer: number, units: number, of: number, word: 'filter' | 'unit', alive: number, dead: number, images: number }} Deaths
 */

/**
 * What is known of a run. `evaluations` are of the validation images, `trained` of training images, by rising step; `divergence` is where the loss
 * stopped being a number; `deaths` and `norms` are only known as far as they were measured.
 * @typedef {{
 *   train: Pick<Series, 'step' | 'loss' | 'accuracy' | 'length'>, marks: readonly import('../curves.js').Mark[],
 *   evaluations: readonly Evaluation[], trained: readonly Evaluation[], spec: import('../spec.js').Spec, classes: import('../data-sets.js').Classes,
 *   divergence: { step: number, layer: number | null } | null, deaths: readonly Deaths[], norms: readonly GradientNorms[],
 * }} RunRecord
 */

/**
 * Where on the page an entry can be seen: a tab of the Learning panel, or a part of the main panel.
 * @typedef {{ tab: string } | { mainPanel: import('../main-panel.js').MainPanel, part: string }} Show
 */

/** `warns`: something is wrong, or may be. @typedef {{ step: number, kind: string, sentence: string, show: Show, warns?: true }} Entry */

export const CURVES = { tab: 'points' };
export const MATRIX = { tab: 'matrix' };

/** 7, or 1 and 7, or 1, 4 and 7. @param {readonly string[]} words */
export const listed = (words) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
