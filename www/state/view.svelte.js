/** What the page shows: the visitor's choices of panels and tabs, and what a lesson hides or asks. Views read and write the choices. */

import { createContext } from 'svelte';
import { DEFAULT_CHOICES, NO_LESSON } from '../link/view-text.js';

/** @typedef {import('../link/view-text.js').Lesson} Lesson */
/** @typedef {import('../link/view-text.js').Panel} Panel */
/** @typedef {import('../link/view-text.js').ViewChoices} ViewChoices */
/** A picture of the network: of a column, counted from the input, 0. @typedef {{ column: number, image: number }} Tile */

export class View {
  /** @type {ViewChoices} */
  choices = $state({ ...DEFAULT_CHOICES });
  /** @type {Lesson} */
  lesson = $state.raw(NO_LESSON);
  /** To the lesson's question; null until it is answered. @type {string | null} */
  answer = $state(null);
  /** The glossary is open at this term; at its beginning if empty, not at all if null. @type {string | null} */
  glossary = $state(null);
  /** The column of the network that is to be opened in place, until it is. @type {number | null} */
  columnToOpen = $state(null);
  /** The tabs of the Learning panel. @type {readonly (readonly [string, string])[]} */
  tabs = $state.raw([]);

  /** Whether the lesson hides something. */
  get restricted() {
    return this.lesson.panels !== null || this.lesson.tabs !== null;
  }

  /** Whether a question waits for its answer. */
  get asking() {
    return this.lesson.question !== '' && this.answer === null;
  }

  /** What the network's panel opens with when it is shown next. @type {Tile | null} */
  #tile = null;

  /** Shows one map or unit of the network, spread open. @param {Tile} tile */
  openTile(tile) {
    this.#tile = tile;
    this.choices.mainPanel = 'network';
    this.choices.direction = 'forward';
  }

  /** Only once. */
  takeTile() {
    const tile = this.#tile;
    this.#tile = null;
    return tile;
  }

  /** @param {ViewChoices} choices @param {Lesson} lesson both from a link */
  open(choices, lesson) {
    this.choices = { ...choices };
    this.lesson = lesson;
  }

  /** Only the first answer counts. @param {string} answer */
  give(answer) {
    this.answer ??= answer.trim();
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
   * Takes the list of all tabs and returns the one to show first.
   * @template {string} Tab
   * @param {readonly (readonly [Tab, string])[]} tabs
   * @returns {Tab}
   */
  firstTab(tabs) {
    this.tabs = tabs;
    const shown = tabs.map(([tab]) => tab).filter((tab) => this.showsTab(tab));
    return shown.find((tab) => tab === this.choices.tab) ?? shown[0] ?? /** @type {Tab} */ (tabs[0]?.[0]);
  }
}

export const [getView, setView] = /** @type {typeof createContext<View>} */ (createContext)();
