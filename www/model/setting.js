/** What a setting is: a number, one of several kinds, or on and off, with its place in a spec and its meaning. */

/** @typedef {import('./spec.js').Spec} Spec */
/** @typedef {import('./spec.js').Optimizer | import('./spec.js').Schedule | import('./spec.js').Initialization} Kind */

/** @typedef {'Run' | 'Optimizer' | 'Schedule' | 'Start' | 'Input' | 'Augmentation' | 'Deliberate bugs'} Group */

/**
 * `key` is the path in a spec, with dots. `applies` says whether the setting exists in a spec: an
 * optimizer's own settings come and go with its kind. `midRun`: can change without a restart.
 * @typedef {{
 *   key: string, group: Group, label: string, meaning: Meaning, midRun: boolean, applies: (spec: Spec) => boolean,
 * }} Described
 */

/** In a sentence, which may depend on the data set. @typedef {string | ((classes: import('./data-sets.js').Classes) => string)} Meaning */

/**
 * On a 'log' scale a slider moves by factors; where `min` is 0, its left end is 0. A `step` of 1 means
 * whole numbers only; any other is only how far a slider moves, and a typed value may be finer.
 * @typedef {{ min: number, max: number, step: number, scale: 'linear' | 'log' }} Range
 */

/** @typedef {Described & Range & { kind: 'number' }} NumberSetting */

/**
 * One of several kinds. Choosing one replaces the value at `key` by `start`, its defaults.
 * @typedef {{ value: string, label: string, start: Kind }} Option
 * @typedef {Described & { kind: 'choice', options: Option[] }} ChoiceSetting
 */

/**
 * `on` and `off` are the values at `key` after switching.
 * @typedef {Described & { kind: 'toggle', on: unknown, off: unknown }} ToggleSetting
 */

/** @typedef {NumberSetting | ChoiceSetting | ToggleSetting} Setting */
/** @template {Described} Kept @typedef {Omit<Kept, 'group'>} Ungrouped */

const always = () => true;

/**
 * @param {string} key
 * @param {string} label
 * @param {Meaning} meaning
 * @param {(spec: Spec) => boolean} applies
 * @returns {Ungrouped<Described>}
 */
function described(key, label, meaning, applies) {
  return { key, label, meaning, applies, midRun: key.startsWith('training.') };
}

/**
 * @param {string} key
 * @param {string} label
 * @param {Meaning} meaning
 * @param {[min: number, max: number, step: number, scale: 'linear' | 'log']} range
 * @param {(spec: Spec) => boolean} [applies]
 * @returns {Ungrouped<NumberSetting>}
 */
export function number(key, label, meaning, [min, max, step, scale], applies = always) {
  return { ...described(key, label, meaning, applies), kind: 'number', min, max, step, scale };
}

/**
 * @param {string} key
 * @param {string} label
 * @param {Meaning} meaning
 * @param {[label: string, start: Kind][]} kinds
 * @returns {Ungrouped<ChoiceSetting>}
 */
export function choice(key, label, meaning, kinds) {
  const options = kinds.map(([name, start]) => ({ value: start.type, label: name, start }));
  return { ...described(key, label, meaning, always), kind: 'choice', options };
}

/**
 * @param {string} key
 * @param {string} label
 * @param {Meaning} meaning
 * @param {{ on: unknown, off: unknown, applies?: (spec: Spec) => boolean }} states
 * @returns {Ungrouped<ToggleSetting>}
 */
export function toggle(key, label, meaning, { on, off, applies = always }) {
  return { ...described(key, label, meaning, applies), kind: 'toggle', on, off };
}

/**
 * @param {Group} group
 * @param {(Ungrouped<NumberSetting> | Ungrouped<ChoiceSetting> | Ungrouped<ToggleSetting>)[]} settings
 * @returns {Setting[]}
 */
export const inGroup = (group, settings) => settings.map((setting) => ({ ...setting, group }));
