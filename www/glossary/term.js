/** What a term of the glossary is, and where the page shows it. */

/** @typedef {import('../model/layer-kinds.js').LayerKind} LayerKind */

/** What can be opened in the network: the image, a layer, or the answer. @typedef {LayerKind | 'input' | 'softmax'} Opening */

/**
 * A place on the page. `layer`: opened in place, the first of these that the network has. `backward`: the backward pass.
 * `health`, `digits` and `ask`: a part of those panels. `tab`: a tab of the Learning panel, for one of the splits. `setting`: a
 * field of the settings, by its key. `element`: with this `data-shows`. `share`: the dialog.
 * @typedef {{ view: 'layer', kinds: Opening[] } | { view: 'backward' } | { view: 'health', part: string }
 *   | { view: 'digits', part: string } | { view: 'ask', part: string } | { view: 'tab', tab: string, split?: 'validation' | 'test' }
 *   | { view: 'setting', key: string } | { view: 'element', name: string } | { view: 'share' }} Place
 */

/** @typedef {'network' | 'training' | 'results' | 'trouble' | 'runs'} Group */

/**
 * `also` are other names of the same thing, which the page does not use. `says` is one or two sentences; `picture` the name of
 * a drawing. `kinds` of layers and `settings`, by their keys, are explained by it too.
 * @typedef {{
 *   id: string, name: string, also?: string[], says: string, picture?: string, show: Place, kinds?: LayerKind[],
 *   settings?: string[],
 * }} Entry
 */

/** @typedef {Entry & { group: Group }} Term */

/** @param {Opening[]} kinds @returns {Place} */
export const layer = (...kinds) => ({ view: 'layer', kinds });

/** @param {string} part @returns {Place} */
export const health = (part) => ({ view: 'health', part });

/** @param {string} part @returns {Place} */
export const digits = (part) => ({ view: 'digits', part });

/** @param {string} part @returns {Place} */
export const ask = (part) => ({ view: 'ask', part });

/** @param {string} tab @param {'validation' | 'test'} [split] @returns {Place} */
export const tab = (tab, split) => (split ? { view: 'tab', tab, split } : { view: 'tab', tab });

/** @param {string} key @returns {Place} */
export const setting = (key) => ({ view: 'setting', key });

/** @type {Place} */
export const BACKWARD = { view: 'backward' };

/** @type {Place} */
export const SHARE = { view: 'share' };

/** @param {string} name @returns {Place} */
export const element = (name) => ({ view: 'element', name });
