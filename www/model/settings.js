/** Reads, changes and describes the settings of a spec, as the table of settings has them. */

import { setOf } from './data-sets.js';
import { SETTINGS } from './settings-table.js';

export { SETTINGS };

/** @typedef {import('./spec.js').Spec} Spec */
/** @typedef {import('./setting.js').Kind} Kind */
/** @typedef {import('./setting.js').Setting} Setting */
/** @typedef {import('./setting.js').NumberSetting} NumberSetting */
/** @typedef {import('./setting.js').Range} Range */

/** A setting as its control shows it: a number, the name of a kind, or on and off. @typedef {number | string | boolean} Value */

/**
 * The setting's value in `spec`, as its control shows it.
 * @param {Spec} spec
 * @param {Setting} setting
 * @returns {Value}
 */
export function readSetting(spec, setting) {
  const value = at(spec, setting.key.split('.'));
  switch (setting.kind) {
    case 'number':
      return /** @type {number} */ (value);
    case 'choice':
      return /** @type {Kind} */ (value).type;
    case 'toggle':
      return JSON.stringify(value) !== JSON.stringify(setting.off);
  }
}

/**
 * A copy of `spec` with the setting changed.
 * @param {Spec} spec
 * @param {Setting} setting
 * @param {Value} value
 * @returns {Spec}
 */
export function writeSetting(spec, setting, value) {
  const copy = structuredClone(spec);
  const path = setting.key.split('.');
  const owner = /** @type {Record<string, unknown>} */ (at(copy, path.slice(0, -1)));
  owner[/** @type {string} */ (path.at(-1))] = structuredClone(stored(setting, value));
  return copy;
}

/**
 * The setting within the limits that the data set has.
 * @param {NumberSetting} setting
 * @param {Spec} spec
 * @returns {NumberSetting}
 */
export const limitedBy = (setting, { data: { set } }) =>
  setting.key === 'data.training_images' ? { ...setting, max: setOf(set).sizes.training } : setting;

/**
 * Why a number cannot become the setting's value, as a sentence; null if it can. NaN, which an empty field has,
 * cannot.
 * @param {Pick<Range, 'min' | 'max' | 'step'>} setting
 * @param {number} next
 * @param {Value} kept the value that stays in its place
 */
export function refusal({ min, max, step }, next, kept) {
  const whole = step === 1;
  if (next >= min && next <= max && (!whole || Number.isInteger(next))) return null;
  return `Must be ${whole ? 'a whole number ' : ''}from ${min} to ${max}; ${kept} is kept.`;
}

/**
 * The same for what was typed: a comma can leave open which number is meant.
 * @param {Pick<Range, 'min' | 'max' | 'step'>} setting
 * @param {import('../lib/decimal.js').Typed} typed
 * @param {Value} kept
 */
export function refusalOfTyped(setting, { value, meanings }, kept) {
  if (!meanings) return refusal(setting, value, kept);
  return `Could mean ${meanings.join(' or ')}: type a decimal point, or leave the comma out. ${kept} is kept.`;
}

/**
 * What changed from one spec to the next, for people: "Learning rate 0.05 → 0.01".
 * @param {Spec} before
 * @param {Spec} after
 */
export const describeChanges = (before, after) => settingChanges(before, after).join(', ');

/** @param {Spec} before @param {Spec} after */
export function settingChanges(before, after) {
  const changes = [];
  for (const setting of SETTINGS) {
    if (!setting.applies(after)) continue;
    const now = shown(setting, readSetting(after, setting));
    const then = setting.applies(before) ? shown(setting, readSetting(before, setting)) : now;
    if (then !== now) changes.push(`${setting.label} ${then} → ${now}`);
  }
  return changes;
}

/**
 * All that is set, in words; switches that are off are left out.
 * @param {Spec} spec
 * @returns {{ label: string, value: string }[]}
 */
export const settingsOf = (spec) =>
  SETTINGS.filter((setting) => setting.applies(spec))
    .map((setting) => ({ label: setting.label, value: shown(setting, readSetting(spec, setting)) }))
    .filter(({ value }) => value !== 'off');

/**
 * @param {Setting} setting
 * @param {Value} value
 * @returns {unknown}
 */
function stored(setting, value) {
  switch (setting.kind) {
    case 'number':
      return value;
    case 'choice':
      return setting.options.find((option) => option.value === value)?.start;
    case 'toggle':
      return value ? setting.on : setting.off;
  }
}

/**
 * @param {Setting} setting
 * @param {Value} value
 */
function shown(setting, value) {
  switch (setting.kind) {
    case 'number':
      return String(value);
    case 'choice':
      return setting.options.find((option) => option.value === value)?.label ?? String(value);
    case 'toggle':
      return value ? 'on' : 'off';
  }
}

/**
 * @param {unknown} value
 * @param {string[]} path
 */
function at(value, path) {
  return path.reduce((inner, key) => /** @type {Record<string, unknown>} */ (inner)[key], value);
}
