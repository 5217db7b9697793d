/**
 * The experiment in the address, and what can be passed on of the page: the view, the drawing, a teacher's lesson, a
 * receipt. Views read it and write the look into it.
 */

import { createContext } from 'svelte';
import { readLink, writeLink } from '../link/link.js';
import { writeReceipt } from '../link/receipt.js';
import { sameSpec } from '../link/specs.js';
import { NO_LESSON, PLAIN_LOOK } from '../link/view-text.js';
import { digitFromStrokes } from '../lib/digit.js';
import { Drawing } from '../lib/strokes.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { ReceiptCheck } from './receipt-check.svelte.js';
import { takenReceipt, whyNone } from './taken-receipt.js';

/** @typedef {import('../link/link.js').Experiment} Experiment */
/** @typedef {import('../link/receipt.js').Receipt} Receipt */
/** @typedef {import('../link/view-text.js').Lesson} Lesson */
/** @typedef {import('../link/view-text.js').Look} Look */
/** @typedef {import('../link/view-text.js').Panel} Panel */
/** @typedef {import('./lab.svelte.js').Lab} Lab */

/** Browsers refuse to have the address changed too often. */
const SETTLE_MS = 400;

export class Sharing {
  /** @type {Look} */
  look = $state({ ...PLAIN_LOOK });
  /** @type {Lesson} */
  lesson = $state.raw(NO_LESSON);
  /** To the lesson's question; null until it is given. @type {string | null} */
  answer = $state(null);
  dialogOpen = $state(false);
  /** That came with the link. @type {Receipt | null} */
  receipt = $state.raw(null);
  /** A link was put into the address while a run is under way. */
  replacing = $state(false);
  /** The tabs of the Learning panel. @type {readonly (readonly [string, string])[]} */
  tabs = $state.raw([]);
  drawing = new Drawing();
  check;

  #lab;
  /** The link's spec has not been built yet. */
  #opening = false;

  /** @param {Lab} lab that has not been opened yet */
  constructor(lab) {
    this.#lab = lab;
    this.check = new ReceiptCheck(lab);
    try {
      const experiment = readLink(location.hash);
      if (experiment) this.#apply(experiment);
    } catch (error) {
      lab.notice = `This link cannot be read. ${sentenceOf(error)} The default experiment is open instead.`;
    }
    $effect(() => this.check.follow());
    $effect(() => this.#opened());
    $effect(() => this.#followAddress());
  }

  get lab() {
    return this.#lab;
  }

  /** Whether a link set what shows. */
  get restricted() {
    return this.lesson.panels !== null || this.lesson.tabs !== null;
  }

  /** A question waits for its answer. */
  get asking() {
    return this.lesson.question !== '' && this.answer === null;
  }

  /** @param {Panel} panel */
  shows(panel) {
    return this.lesson.panels?.includes(panel) ?? true;
  }

  /** @param {string} tab */
  showsTab(tab) {
    return this.lesson.tabs?.includes(tab) ?? true;
  }

  showEverything() {
    this.lesson = { ...this.lesson, panels: null, tabs: null };
  }

  /**
   * Hears of all tabs there are, and says which one is shown first.
   * @template {string} Tab
   * @param {readonly (readonly [Tab, string])[]} tabs
   * @returns {Tab}
   */
  firstTab(tabs) {
    this.tabs = tabs;
    const shown = tabs.map(([tab]) => tab).filter((tab) => this.showsTab(tab));
    return shown.find((tab) => tab === this.look.tab) ?? shown[0] ?? /** @type {Tab} */ (tabs[0]?.[0]);
  }

  /**
   * The address that opens this experiment.
   * @param {{ withDrawing: boolean, lesson: Lesson }} options
   */
  link({ withDrawing, lesson }) {
    const { spec, probe } = this.#lab;
    const digit = probe.kind === 'test' ? probe.index : null;
    const strokes = withDrawing ? this.drawing.strokes : null;
    // What the lesson hides cannot be open.
    const settings = this.look.settings && (lesson.panels?.includes('settings') ?? true);
    return this.#address(writeLink({ spec, look: { ...this.look, settings }, lesson, digit, strokes }));
  }

  /**
   * The receipt of the run as it stands, as text and as an address that opens it; or why there is none.
   * @returns {Promise<{ text: string, link: string, reason: string }>}
   */
  async takeReceipt() {
    const none = (/** @type {string} */ reason) => ({ text: '', link: '', reason });
    try {
      const { receipt, problem } = await this.#lab.receipt();
      if (!receipt) return none(problem?.message ?? 'The run could not be read.');
      const reason = whyNone(receipt, this.#lab.curves.marks);
      if (reason) return none(reason);
      const taken = takenReceipt(receipt, this.#lab);
      return { text: writeReceipt(taken), link: this.#address(writeLink(taken)), reason: '' };
    } catch (error) {
      return none(sentenceOf(error));
    }
  }

  /** Somebody put another link into the address of the open page. */
  addressChanged() {
    try {
      readLink(location.hash);
    } catch (error) {
      this.keepRun();
      this.#lab.notice = `That link cannot be read. ${sentenceOf(error)} This experiment stays open.`;
      return;
    }
    if (this.#lab.progress && this.#lab.progress.step > 0) this.replacing = true;
    else this.replaceRun();
  }

  /** Opens the link in the address. */
  replaceRun() {
    location.reload();
  }

  /** Puts the link of what is open back into the address. */
  keepRun() {
    this.replacing = false;
    this.#writeAddress();
  }

  /** @param {Experiment} experiment */
  #apply({ spec, look, lesson, digit, strokes, claim }) {
    this.#opening = true;
    this.#lab.draft = spec;
    if (digit !== null) this.#lab.probe = { kind: 'test', index: digit };
    this.look = { ...look };
    this.lesson = lesson;
    for (const stroke of strokes ?? []) {
      stroke.forEach((point, index) => (index === 0 ? this.drawing.begin(point) : this.drawing.extend(point)));
      this.drawing.end();
    }
    if (strokes) this.#lab.probe = { kind: 'drawing', pixels: digitFromStrokes(this.drawing.strokes) };
    this.receipt = claim && { spec, claim };
    this.dialogOpen = claim !== null;
  }

  /** The engine has the last word on what a link wants to be built. */
  #opened() {
    const { draftProblem, summary } = this.#lab;
    if (!this.#opening || (!draftProblem && !summary)) return;
    this.#opening = false;
    if (!draftProblem) return;
    this.#lab.notice = `This link's experiment cannot be built. ${draftProblem.message} The default one is open instead.`;
    this.#lab.draft = DEFAULT_PRESET.spec;
    this.#lab.draftProblem = null;
    this.receipt = null;
  }

  /** What runs is what the address says, so that a copied address or a reload opens it again. */
  #followAddress() {
    void this.#lab.spec;
    if (!this.#lab.summary || this.replacing) return;
    const timer = setTimeout(() => this.#writeAddress(), SETTLE_MS);
    return () => clearTimeout(timer);
  }

  #writeAddress() {
    const { spec } = this.#lab;
    try {
      const shown = current();
      if (shown ? sameSpec(shown.spec, spec) : location.hash === '' && sameSpec(spec, DEFAULT_PRESET.spec)) return;
      const plain = sameSpec(spec, DEFAULT_PRESET.spec) && this.lesson === NO_LESSON;
      history.replaceState(null, '', this.#address(plain ? '' : writeLink({ spec, lesson: this.lesson })));
    } catch {
      // An experiment that no link can carry, or a browser that has had enough: the dialog tells of the first.
    }
  }

  /** @param {string} hash */
  #address(hash) {
    const { origin, pathname, search } = location;
    return `${origin}${pathname}${search}${hash && '#'}${hash}`;
  }
}

export const [getSharing, setSharing] = /** @type {typeof createContext<Sharing>} */ (createContext)();

/** The experiment in the address; null if it is none. */
function current() {
  try {
    return readLink(location.hash);
  } catch {
    return null;
  }
}

/** @param {unknown} error */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));
