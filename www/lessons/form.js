/**
 * The form of a lesson: one JSON file each in this folder, so that a teacher can write one without touching code.
 * docs/lessons.md says what each field means.
 */

import { JsonReader, Malformed } from '../lib/json-reader.js';
import { SETS } from '../model/data-sets.js';
import { ASK, DIGITS, HEALTH, MAIN_PANELS } from '../model/main-panel.js';
import { CALLOUTS } from './callouts.js';
import { FACTS, placeholdersOf } from './facts.js';

/** `at` is the name of an element of the page, `label` what is written beside it. @typedef {{ at: string, label: string }} Callout */

/**
 * What the page shows with a card. `tools`: the controls of its panels too, not only their pictures. `open` is the
 * first layer of a kind, spread open; `beside` is what is shown besides.
 * @typedef {{
 *   panels: Panel[], tools: boolean, mainPanel: import('../model/main-panel.js').MainPanel, part: string,
 *   direction: 'forward' | 'backward', tab: string, split: 'validation' | 'test', open: Opened | null, beside: Beside | null,
 * }} CardView
 */

/** How many steps the network must have made before the card makes sense: at least or at most. @typedef {{ atLeast: number, atMost: number }} Needs */

/** The image that is viewed: a test image, or one of the class `label` that the network reads as `readAs`, or the visitor's own (null). @typedef {{ index: number } | { label: number, readAs: number } | null} Image */

/**
 * What the visitor does. `read`: nothing. `draw`: draws, or takes test image `digit` instead. `press`: presses what
 * the call-out points at, and then, as `again` says, as often as the visitor likes. `train`: trains until `to` steps have been made, or `more` than there were; an epoch counts
 * as `to` `"epoch"`. `restart`: starts over with a `change` of the spec and makes `to` steps. `pace` is in steps a second.
 * @typedef {{ kind: 'read' } | { kind: 'draw', label: string, digit: number } | { kind: 'press', label: string, again: string | null }
 *   | { kind: 'train', label: string, to: number | 'epoch', more: number, pace: number | null }
 *   | { kind: 'restart', label: string, to: number, change: object, pace: number | null }} Action
 */

/**
 * `text` is read before the action, `after` when it is done. Both may name facts: `{accuracy}`.
 * @typedef {{
 *   id: string, title: string, text: string[], after: string[], terms: string[], callout: Callout | null,
 *   needs: Needs, image: Image, view: CardView, action: Action,
 * }} Card
 */

/** `layers` are the kinds of layers that a network must have for it. @typedef {{ id: string, title: string, summary: string, layers: string[], cards: Card[] }} Lesson */

/** @typedef {typeof PANELS[number]} Panel */
const PANELS = /** @type {const} */ (['draw', 'network', 'learning', 'settings']);
const SPLITS = /** @type {const} */ (['validation', 'test']);
const TABS = /** @type {const} */ (['matrix', 'classes', 'confidence', 'points', 'log', 'cost', 'runs']);
/** @typedef {typeof OPENED[number]} Opened */
const OPENED = /** @type {const} */ (['input', 'conv2d', 'relu', 'max_pool2d', 'flatten', 'dense', 'softmax']);
/** The reason for an answer pixel by pixel, the story of a weight, the walk back. @typedef {typeof BESIDE[number]} Beside */
const BESIDE = /** @type {const} */ (['why', 'story', 'walk']);
const ACTIONS = /** @type {const} */ (['read', 'draw', 'press', 'train', 'restart']);

const MOST_CARDS = 20;
const MOST_STEPS = 20_000;
const MOST_A_SECOND = 1_000;
/** Lessons are about MNIST. */
const LAST_DIGIT = SETS.mnist.sizes.test - 1;
const ID = /^[a-z][a-z-]{0,23}$/;

/**
 * @param {unknown} json
 * @returns {Lesson}
 * @throws {Malformed} with a sentence that says where, what was expected, and what was found
 */
export function readLesson(json) {
  const file = new JsonReader('a lesson', 'the file', json);
  file.only(['id', 'title', 'summary', 'layers', 'cards']);
  return {
    id: readId(file),
    title: file.text('title'),
    summary: file.text('summary'),
    layers: file.has('layers') ? file.texts('layers', 1, OPENED.length) : [],
    cards: file.list('cards', 1, MOST_CARDS).map(readCard),
  };
}

/** @param {JsonReader} card @returns {Card} */
function readCard(card) {
  card.only(['id', 'title', 'text', 'after', 'terms', 'callout', 'needs', 'image', 'view', 'action']);
  const callout = card.has('callout') ? readCallout(card.object('callout')) : null;
  const action = card.has('action') ? readAction(card.object('action')) : /** @type {const} */ ({ kind: 'read' });
  if (action.kind === 'press' && !callout) throw card.error('callout', 'what is to be pressed', undefined);
  return {
    id: readId(card),
    title: card.text('title'),
    text: readText(card, 'text'),
    after: card.has('after') ? readText(card, 'after') : [],
    terms: card.has('terms') ? card.texts('terms', 1, 6) : [],
    callout,
    needs: readNeeds(card),
    image: card.has('image') ? readImage(card.object('image')) : null,
    view: readView(card.has('view') ? card.object('view') : new JsonReader('a lesson', '"view"', {})),
    action,
  };
}

/** @param {JsonReader} reader */
function readId(reader) {
  const id = reader.text('id');
  if (!ID.test(id)) throw reader.error('id', 'small letters and hyphens', id);
  return id;
}

/** One to three sentences or short paragraphs. @param {JsonReader} card @param {string} name */
function readText(card, name) {
  const texts = card.texts(name, 1, 3);
  const unknown = texts.flatMap(placeholdersOf).find((fact) => !FACTS.includes(fact));
  if (unknown !== undefined) throw card.error(name, `texts that name only known facts (${FACTS.join(', ')})`, unknown);
  return texts;
}

/** @param {JsonReader} callout @returns {Callout} */
function readCallout(callout) {
  callout.only(['at', 'label']);
  return { at: callout.oneOf('at', CALLOUTS), label: callout.text('label') };
}

/** @param {JsonReader} card @returns {Needs} */
function readNeeds(card) {
  if (!card.has('needs')) return { atLeast: 0, atMost: Infinity };
  const needs = card.object('needs');
  needs.only(['atLeast', 'atMost']);
  return {
    atLeast: needs.has('atLeast') ? needs.whole('atLeast', 0, MOST_STEPS) : 0,
    atMost: needs.has('atMost') ? needs.whole('atMost', 0, MOST_STEPS) : Infinity,
  };
}

/** @param {JsonReader} image @returns {Image} */
function readImage(image) {
  image.only(['index', 'label', 'readAs']);
  if (image.has('index')) return { index: image.whole('index', 0, LAST_DIGIT) };
  return { label: image.whole('label', 0, 9), readAs: image.whole('readAs', 0, 9) };
}

/** @param {JsonReader} view @returns {CardView} */
function readView(view) {
  view.only(['panels', 'tools', 'mainPanel', 'part', 'direction', 'tab', 'split', 'open', 'beside']);
  /** @template {string} Name @param {string} name @param {readonly Name[]} names @param {Name} usual */
  const choice = (name, names, usual) => (view.has(name) ? view.oneOf(name, names) : usual);
  const panels = view.has('panels') ? view.texts('panels', 1, PANELS.length) : ['draw', 'network'];
  const unknown = panels.find((panel) => !PANELS.some((known) => known === panel));
  if (unknown !== undefined) throw view.error('panels', `a list of ${PANELS.join(', ')}`, unknown);
  return {
    panels: /** @type {Panel[]} */ (panels),
    tools: view.has('tools') && view.flag('tools'),
    mainPanel: choice('mainPanel', MAIN_PANELS, 'network'),
    part: view.has('part') ? view.oneOf('part', [...HEALTH, ...DIGITS, ...ASK]) : '',
    direction: choice('direction', /** @type {const} */ (['forward', 'backward']), 'forward'),
    tab: choice('tab', TABS, 'matrix'),
    split: choice('split', SPLITS, 'test'),
    open: view.has('open') ? view.oneOf('open', OPENED) : null,
    beside: view.has('beside') ? view.oneOf('beside', BESIDE) : null,
  };
}

/** @param {JsonReader} action @returns {Action} */
function readAction(action) {
  const kind = action.oneOf('kind', ACTIONS);
  if (kind === 'read') return { kind };
  const label = action.text('label');
  if (kind === 'draw') return { kind, label, digit: action.whole('digit', 0, LAST_DIGIT) };
  if (kind === 'press') return { kind, label, again: action.has('again') ? action.text('again') : null };
  const pace = action.has('pace') ? action.whole('pace', 1, MOST_A_SECOND) : null;
  if (kind === 'restart') {
    return { kind, label, pace, to: action.whole('to', 1, MOST_STEPS), change: action.object('change').fields };
  }
  if (action.has('more')) return { kind, label, pace, to: 0, more: action.whole('more', 1, MOST_STEPS) };
  const to = action.fields.to === 'epoch' ? 'epoch' : action.whole('to', 1, MOST_STEPS);
  return { kind, label, pace, to, more: 0 };
}

export { Malformed };
