/**
 * The experiment in the address, and what can be shared from the page: links, a drawing, a receipt. What the page opens
 * with is read from it; afterwards it follows what runs.
 */

import { createContext } from 'svelte';
import { ALL_STEPS, digitFromStrokes } from '../lib/digit.js';
import { same } from '../lib/same.js';
import { Drawing } from '../lib/strokes.js';
import { isOnCanvas } from '../link/drawing.js';
import { readLink, readMost, writeExperimentLink, writeLink } from '../link/link.js';
import { writeReceipt } from '../link/receipt.js';
import { sameSpec } from '../link/specs.js';
import { DEFAULT_CHOICES, NO_HANDOUT } from '../link/view-text.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { placeIn, Places } from './places.svelte.js';
import { ReceiptCheck } from './receipt-check.svelte.js';
import { takenReceipt, whyNone } from './taken-receipt.js';

/** @typedef {import('../link/link.js').LinkContent} LinkContent */
/** @typedef {import('../link/view-text.js').CardRef} CardRef */
/** @typedef {import('../link/receipt.js').Receipt} Receipt */
/** @typedef {import('../link/view-text.js').Handout} Handout */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {import('./lessons.svelte.js').Lessons} Lessons */
/** @typedef {import('./view.svelte.js').View} View */

/** Browsers refuse to have the address changed too often. */
const SETTLE_MS = 400;

export class Address {
  lab;
  view;
  lessons;
  drawing = new Drawing();
  check;
  /** The receipt in the link. @type {Receipt | null} */
  receipt = $state.raw(null);
  /** Whether the dialog that passes things on is open. */
  dialogOpen = $state(false);
  /** A link was put into the address during a run. */
  replacing = $state(false);

  #places;
  /** The link's spec has not been built yet. */
  #opening = false;

  /**
   * @param {Lab} lab that has not been opened yet
   * @param {View} view
   * @param {Lessons} lessons
   */
  constructor(lab, view, lessons) {
    this.lab = lab;
    this.view = view;
    this.lessons = lessons;
    this.check = new ReceiptCheck(lab);
    view.replay = replayIn(location.hash);
    const { content, problem } = readMost(view.replay ? '' : location.hash);
    if (content) this.#apply(content);
    else if (problem === '' && !view.replay) lessons.resume();
    if (problem !== '') lab.notify(`This link cannot be read${content ? ' whole' : ''}. ${problem}`);
    this.#places = new Places(view, lessons);
    $effect(() => this.check.follow());
    $effect(() => this.#opened());
    $effect(() => this.#followRun());
  }

  openDialog() {
    this.dialogOpen = true;
  }

  closeDialog() {
    this.dialogOpen = false;
  }

  /** Of the visitor's network, also while a lesson has another in its place. */
  get #spec() {
    return this.lessons.ownSpec ?? this.lab.spec;
  }

  /**
   * The address that opens this experiment. What a lesson shows is no choice of the visitor, and a card chooses what is
   * shown with it.
   * @param {{ withDrawing: boolean, handout: Handout, card?: CardRef | null, embed?: boolean }} options
   */
  link({ withDrawing, handout, card = null, embed = false }) {
    const { probe } = this.lab;
    const spec = this.#spec;
    const digit = probe.kind === 'test' && !card ? probe.index : null;
    const strokes = withDrawing ? this.drawing.strokes : null;
    const { choices } = this.view;
    // What the handout hides cannot be open.
    const settings = choices.settings && (handout.panels?.includes('settings') ?? true);
    const shown = card || this.lessons.open ? DEFAULT_CHOICES : { ...choices, settings };
    return addressOf(writeLink({ spec, choices: shown, handout, card, embed, digit, strokes }));
  }

  /** The address of what is open, out of the page around it. */
  get whole() {
    try {
      return addressOf(writeLink({ spec: this.#spec, handout: this.view.handout, card: this.lessons.open }));
    } catch {
      return addressOf('');
    }
  }

  /** @param {string} id of the experiment that the address opens */
  experimentLink(id) {
    return addressOf(writeExperimentLink(id));
  }

  /**
   * The receipt of the run as it is now, as text and as an address that opens it; or why there is none.
   * @returns {Promise<{ text: string, link: string, reason: string }>}
   */
  async takeReceipt() {
    const none = (/** @type {string} */ reason) => ({ text: '', link: '', reason });
    try {
      const { answer: report, problem } = await this.lab.ask('receipt', {});
      if (!report) return none(problem?.message ?? 'The run could not be read.');
      const reason = whyNone(report, this.lab.curves.marks);
      if (reason) return none(reason);
      const receipt = takenReceipt(report, {
        madeWith: this.lab.runs.madeWith ?? report.spec,
        evaluations: this.lab.evaluations,
      });
      return { text: writeReceipt(receipt), link: addressOf(writeLink(receipt)), reason: '' };
    } catch (error) {
      return none(sentenceOf(error));
    }
  }

  /** The browser went back or forward. */
  went() {
    if (this.#places.went()) this.#write();
  }

  /** Another link was put into the address of the open page. */
  changed() {
    if (placeIn(history.state)) return;
    const replay = replayIn(location.hash);
    if (replay) return void (this.view.replay = replay);
    try {
      readLink(location.hash);
    } catch (error) {
      this.keepRun();
      this.lab.notify(`That link cannot be read. ${sentenceOf(error)} This experiment stays open.`);
      return;
    }
    if (this.lab.progress && this.lab.progress.step > 0) this.replacing = true;
    else this.replaceRun();
  }

  /** Opens the link in the address. */
  replaceRun() {
    location.reload();
  }

  /** Puts the link of what is open back into the address. */
  keepRun() {
    this.replacing = false;
    this.#write();
  }

  /** @param {LinkContent} content */
  #apply({ spec, choices, handout, card, embed, theme, digit, strokes, outcome }) {
    this.#opening = true;
    const drawing = strokes && isOnCanvas(strokes) ? strokes : null;
    if (strokes && !drawing) this.lab.notify('The drawing in this link is outside the canvas, so it is left out.');
    for (const stroke of drawing ?? []) {
      stroke.forEach((point, index) => (index === 0 ? this.drawing.begin(point) : this.drawing.extend(point)));
      this.drawing.end();
    }
    const [channels, rows, columns] = spec.input;
    const form = { channels, rows, columns };
    const pixels = drawing && digitFromStrokes(this.drawing.strokes, ALL_STEPS, form);
    const drawn = drawing && { kind: /** @type {const} */ ('drawing'), pixels };
    const shown = digit === null ? null : { kind: /** @type {const} */ ('test'), index: digit };
    this.lab.prepare({ spec, probe: drawn ?? shown });
    this.view.open(choices, handout);
    Object.assign(this.view, { embedded: embed, theme });
    if (card) this.lessons.show(card);
    this.receipt = outcome && { spec, outcome };
    this.dialogOpen = outcome !== null;
  }

  /** The engine has the last word on whether a link's spec can be built; if not, another has been built in its place. */
  #opened() {
    const { draftProblem, summary } = this.lab;
    if (!this.#opening || !summary) return;
    this.#opening = false;
    if (!draftProblem) return;
    const reason = draftProblem.message;
    this.lab.notify(`This link's experiment cannot be built. ${reason} The default one is open instead.`);
    this.lab.resetDraft();
    this.receipt = null;
  }

  /** Puts the running experiment, and the card of a lesson, into the address, so that a copied address or a reload opens it again. */
  #followRun() {
    void [this.#spec, this.lessons.open];
    // What stands in for a run whose images are not here is not what was asked for.
    if (!this.lab.summary || this.replacing || this.lab.absent?.spec || replayIn(`${this.view.replay}`)) return;
    const timer = setTimeout(() => this.#write(), SETTLE_MS);
    return () => clearTimeout(timer);
  }

  #write() {
    const spec = this.#spec;
    const { handout, theme, embedded: embed } = this.view;
    const card = this.lessons.open;
    try {
      const shown = contentOfAddress();
      const isDefault = sameSpec(spec, DEFAULT_PRESET.spec);
      if (shown ? sameSpec(shown.spec, spec) && same(shown.card, card) : location.hash === '' && isDefault) return;
      // A link that opened a panel goes on opening the one that is shown.
      const hasPanel = !card && shown && shown.choices.mainPanel !== DEFAULT_CHOICES.mainPanel;
      const { mainPanel, part } = hasPanel ? this.view.choices : DEFAULT_CHOICES;
      const choices = { ...DEFAULT_CHOICES, mainPanel, part };
      const plain = isDefault && same(choices, DEFAULT_CHOICES) && same(handout, NO_HANDOUT) && !card && !embed;
      const hash = plain ? '' : writeLink({ spec, choices, handout, card, embed, theme });
      history.replaceState(history.state, '', addressOf(hash));
    } catch {
      // An experiment that no link can carry, which the dialog reports, or a browser that refuses another change.
    }
  }
}

export const [getAddress, setAddress] = /** @type {typeof createContext<Address>} */ (createContext)();

/** A replay in an address, which is read when it is shown. @param {string} hash */
const replayIn = (hash) => (hash.startsWith('#replay=') ? hash : null);

/** @param {string} hash */
export function addressOf(hash) {
  const { origin, pathname, search } = location;
  return `${origin}${pathname}${search}${hash && '#'}${hash}`;
}

/** @returns {LinkContent | null} null if the address has none that can be read */
function contentOfAddress() {
  try {
    return readLink(location.hash);
  } catch {
    return null;
  }
}

/** @param {unknown} error */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));
