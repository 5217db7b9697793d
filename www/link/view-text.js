/** The view in a link, the card of a lesson, and what a teacher has set: which panels and tabs are shown, and a question. */

import { ASK, DIGITS, HEALTH, MAIN_PANELS } from '../model/main-panel.js';
import { readWhole } from './parts.js';
import { quoted, Unreadable } from './unreadable.js';

/** @typedef {'draw' | 'network' | 'learning' | 'settings'} Panel */

/**
 * What the page shows at the start. `settings`: their panel is open. `tab` is the name of one of the Learning
 * panel's tabs; a name that the page does not know is ignored. `mainPanel` is what the middle shows, `part`
 * is the part of it, or empty for its first, and `direction` whether its forward or backward pass is shown.
 * `experiment` is the id of the one that is open, if any.
 * @typedef {{
 *   scope: 'map' | 'layer' | 'network', tab: string, split: 'validation' | 'test', settings: boolean,
 *   mainPanel: import('../model/main-panel.js').MainPanel, part: string, direction: 'forward' | 'backward',
 *   experiment: string,
 * }} ViewChoices
 */

/** @typedef {'light' | 'dark'} ThemeName */
/** A card of a lesson, counted from 1. @typedef {{ lesson: string, card: number }} CardRef */
/** Null means all; `question` may be empty. @typedef {{ panels: Panel[] | null, tabs: string[] | null, question: string }} Handout */

/** @type {readonly Panel[]} */
export const PANELS = ['draw', 'network', 'learning', 'settings'];
/** @type {readonly string[]} */
export const VIEW_KEYS = [
  'scale',
  'tab',
  'split',
  'open',
  'centre',
  'part',
  'direction',
  'experiment',
  'panels',
  'tabs',
  'ask',
  'digit',
  'lesson',
  'embed',
  'theme',
];
export const LONGEST_QUESTION = 300;
const MOST_TABS = 16;
/** @type {ViewChoices} */
export const DEFAULT_CHOICES = {
  ...{ scope: 'layer', tab: 'matrix', split: 'validation', settings: false },
  ...{ mainPanel: 'network', part: '', direction: 'forward', experiment: '' },
};
/** @type {Handout} */
export const NO_HANDOUT = { panels: null, tabs: null, question: '' };

const SCOPES = /** @type {const} */ (['map', 'layer', 'network']);
const SPLITS = /** @type {const} */ (['validation', 'test']);
const PARTS = [...HEALTH, ...DIGITS, ...ASK];
const DIRECTIONS = /** @type {const} */ (['forward', 'backward']);
const TAB = /^[a-z][a-z-]{0,19}$/;
const CARD = /^([a-z][a-z-]{0,23})(?:\.([1-9]\d?))?$/;
const EXPERIMENT = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** @param {ViewChoices} look @returns {[key: string, text: string][]} */
export function writeChoices({ scope, tab, split, settings, mainPanel, part, direction, experiment }) {
  /** @type {[string, string][]} */
  const fields = [];
  if (scope !== DEFAULT_CHOICES.scope) fields.push(['scale', scope]);
  if (tab !== DEFAULT_CHOICES.tab && TAB.test(tab)) fields.push(['tab', tab]);
  if (split !== DEFAULT_CHOICES.split) fields.push(['split', split]);
  if (settings) fields.push(['open', 'settings']);
  if (mainPanel !== DEFAULT_CHOICES.mainPanel) fields.push(['centre', mainPanel]);
  if (mainPanel !== 'network' && part !== '') fields.push(['part', part]);
  if (direction !== DEFAULT_CHOICES.direction) fields.push(['direction', direction]);
  if (experiment !== '') fields.push(['experiment', experiment]);
  return fields;
}

/** @param {ReadonlyMap<string, string>} fields @returns {ViewChoices} */
export function readChoices(fields) {
  return {
    scope: oneOf(fields, 'scale', SCOPES) ?? DEFAULT_CHOICES.scope,
    tab: tabName(fields.get('tab') ?? DEFAULT_CHOICES.tab),
    split: oneOf(fields, 'split', SPLITS) ?? DEFAULT_CHOICES.split,
    mainPanel: oneOf(fields, 'centre', MAIN_PANELS) ?? DEFAULT_CHOICES.mainPanel,
    part: oneOf(fields, 'part', PARTS) ?? DEFAULT_CHOICES.part,
    direction: oneOf(fields, 'direction', DIRECTIONS) ?? DEFAULT_CHOICES.direction,
    experiment: fields.has('experiment') ? experimentName(fields.get('experiment') ?? '') : '',
    settings: oneOf(fields, 'open', /** @type {const} */ (['settings'])) === 'settings',
  };
}

/** @param {Handout} handout @returns {[key: string, text: string][]} */
export function writeHandout({ panels, tabs, question }) {
  /** @type {[string, string][]} */
  const fields = [];
  if (panels) fields.push(['panels', panels.join(',')]);
  if (tabs) fields.push(['tabs', tabs.join(',')]);
  if (question.trim() !== '') fields.push(['ask', tidy(question)]);
  return fields;
}

/** @param {ReadonlyMap<string, string>} fields @returns {Handout} */
export function readHandout(fields) {
  const panels = fields.get('panels');
  const tabs = fields.get('tabs');
  const question = fields.get('ask') ?? '';
  if ([...question].length > LONGEST_QUESTION) {
    throw new Unreadable(`Its question has more than ${LONGEST_QUESTION} characters.`);
  }
  return {
    panels: panels === undefined ? null : several(panels, PANELS.length, panelName),
    tabs: tabs === undefined ? null : several(tabs, MOST_TABS, tabName),
    question: tidy(question),
  };
}

/** @param {ReadonlyMap<string, string>} fields @param {number} images of the test set @returns {number | null} the test digit that is shown */
export function readDigit(fields, images) {
  const text = fields.get('digit');
  if (text === undefined) return null;
  const index = readWhole('digit', text);
  if (index < images) return index;
  throw new Unreadable(`There is no test digit ${index}.`);
}

/** @param {CardRef} card @returns {[key: string, text: string]} */
export const writeCard = ({ lesson, card }) => ['lesson', `${lesson}.${card}`];

/** @param {ReadonlyMap<string, string>} fields @returns {CardRef | null} */
export function readCard(fields) {
  const text = fields.get('lesson');
  if (text === undefined) return null;
  const [, lesson, card = '1'] = CARD.exec(text) ?? [];
  if (lesson) return { lesson, card: Number(card) };
  throw new Unreadable(`There is no lesson ${quoted(text)}.`);
}

/** @param {ReadonlyMap<string, string>} fields @returns {boolean} whether the page is part of another one */
export const readEmbed = (fields) => oneOf(fields, 'embed', /** @type {const} */ (['1'])) === '1';

/** @param {ReadonlyMap<string, string>} fields @returns {ThemeName | null} what the page around it asks for */
export const readTheme = (fields) => oneOf(fields, 'theme', /** @type {const} */ (['light', 'dark'])) ?? null;

/**
 * Text from a link as it is shown: no longer than allowed, and without control characters, among them those that
 * reverse the direction of writing.
 * @param {string} text
 */
export function tidy(text) {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, ' ').trim();
  return [...plain].slice(0, LONGEST_QUESTION).join('').trim();
}

/** @param {string} text @returns {text is Panel} */
export const isPanel = (text) => PANELS.some((name) => name === text);

/** @param {string} text @returns {Panel} */
function panelName(text) {
  if (isPanel(text)) return text;
  throw new Unreadable(`There is no panel ${quoted(text)}.`);
}

/** The page says if it has none of this name. @param {string} text */
function experimentName(text) {
  if (EXPERIMENT.test(text)) return text;
  throw new Unreadable(`There is no experiment ${quoted(text)}.`);
}

/** @param {string} text */
function tabName(text) {
  if (TAB.test(text)) return text;
  throw new Unreadable(`There is no tab ${quoted(text)}.`);
}

/**
 * @template Name
 * @param {string} text
 * @param {number} most
 * @param {(text: string) => Name} read
 * @returns {Name[]} each once
 */
function several(text, most, read) {
  const names = text === '' ? [] : text.split(',', most + 1);
  if (names.length > most) throw new Unreadable(`It names more than ${most} panels or tabs.`);
  return [...new Set(names.map(read))];
}

/**
 * @template {string} Name
 * @param {ReadonlyMap<string, string>} fields
 * @param {string} key
 * @param {readonly Name[]} names
 */
function oneOf(fields, key, names) {
  const text = fields.get(key);
  const name = names.find((candidate) => candidate === text);
  if (text === undefined || name) return name;
  throw new Unreadable(`It has an unknown setting, ${quoted(`${key}=${text}`)}.`);
}
