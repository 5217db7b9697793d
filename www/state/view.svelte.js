/**
 * What the page shows: the visitor's choices of panels and tabs, what a handout hides or asks, and what a lesson points at.
 * Views read and write the choices.
 */

import { createContext } from 'svelte';
import { DEFAULT_CHOICES, NO_HANDOUT } from '../link/view-text.js';

/** @typedef {import('../link/view-text.js').Handout} Handout */
/** @typedef {import('../link/view-text.js').Panel} Panel */
/** Of a card's view, what is not a choice. @typedef {Pick<import('../lessons/form.js').CardView, 'panels' | 'tools' | 'open' | 'beside'>} Guide */
/** @typedef {import('../link/view-text.js').ViewChoices} ViewChoices */
/** A picture of the network: of a column, counted from the input, 0. @typedef {{ column: number, image: number }} Tile */

export class View {
  /** @type {ViewChoices} */
  choices = $state({ ...DEFAULT_CHOICES });
  /** @type {Handout} */
  handout = $state.raw(NO_HANDOUT);
  /** To the handout's question; null until it is answered. @type {string | null} */
  answer = $state(null);
  /** The glossary is open at this term; at its beginning if empty, not at all if null. @type {string | null} */
  glossary = $state(null);
  /** Whether the dialog is open in which a network is taken away or brought in. */
  taking = $state(false);
  /** Whether the dialog "Your images" is open. */
  ownImages = $state(false);
  /** What was dropped on the page for it. @type {import('../lib/dropped.js').Dropped[]} */
  dropped = $state.raw([]);
  /** The visitor records what they do, or has opened a replay: a file, or a link's part from its `#`. @type {string | File | null} */
  replay = $state.raw(null);
  /** What was dreamt of last; null: the last layer, and the class that the network takes the image for. @type {{ layer: number | null, channel: number | null }} */
  dream = $state.raw({ layer: null, channel: null });
  /** The column of the network that is to be opened in place, until it is. @type {number | null} */
  columnToOpen = $state(null);
  /** What the card of a lesson shows; null outside lessons. @type {Guide | null} */
  guide = $state.raw(null);
  /** Whether the list of experiments is open. */
  experimentsOpen = $state(false);
  /** Whether the open experiment is a column beside the main panel, rather than in its place. */
  experimentBeside = $state(false);
  /** Whether the page is shown within another one. */
  embedded = $state(false);
  /** What the page around it asks for; null: what the visitor has. @type {import('../link/view-text.js').ThemeName | null} */
  theme = $state(null);
  /** The tabs of the Learning panel. @type {readonly (readonly [string, string])[]} */
  tabs = $state.raw([]);

  /** Whether the handout hides something. */
  get restricted() {
    return this.handout.panels !== null || this.handout.tabs !== null;
  }

  /** Whether only pictures are shown, and none of the controls around them. */
  get calm() {
    return this.guide !== null && !this.guide.tools;
  }

  /** Whether an experiment is in the place of the main panel. */
  get experimentInMiddle() {
    return this.choices.experiment !== '' && !this.experimentBeside;
  }

  /** Whether a question waits for its answer. */
  get asking() {
    return this.handout.question !== '' && this.answer === null;
  }

  /** What the network's panel is to open, until it has. @type {Tile | null} */
  #tile = $state.raw(null);

  /** Shows one map or unit of the network, spread open. @param {Tile} tile */
  openTile(tile) {
    this.showInMain({ mainPanel: 'network', direction: 'forward' });
    this.#tile = tile;
  }

  /** Opens the tile again as soon as the network's panel is back. @param {Tile} tile */
  keepTile(tile) {
    this.#tile = tile;
  }

  /** Only once. */
  takeTile() {
    const tile = this.#tile;
    this.#tile = null;
    return tile;
  }

  /** @param {ViewChoices} choices @param {Handout} handout both from a link */
  open(choices, handout) {
    this.choices = { ...choices };
    this.handout = handout;
    this.experimentsOpen = choices.experiment !== '';
  }

  /** Only the first answer counts. @param {string} answer */
  give(answer) {
    this.answer ??= answer.trim();
  }

  /** @param {Panel} panel */
  shows(panel) {
    return (this.guide ?? this.handout).panels?.includes(panel) ?? true;
  }

  /** @param {string} tab */
  showsTab(tab) {
    return this.handout.tabs?.includes(tab) ?? true;
  }

  /** Shows something in the main panel, and puts an experiment that is in its place beside it. @param {Partial<ViewChoices>} choices */
  showInMain(choices) {
    Object.assign(this.choices, choices);
    this.experimentBeside = true;
    this.#tile = null;
  }

  /** In the middle of the page. @param {string} id empty for none */
  openExperiment(id) {
    this.choices.experiment = id;
    this.experimentBeside = false;
  }

  /** What an experiment asks to watch. @param {import('../experiments/form.js').Watch} where */
  watch({ view, part }) {
    if (view === 'health' || view === 'digits') this.showInMain({ mainPanel: view, part });
    else if (view === 'curves') this.showInMain({});
    else this.showInMain({ mainPanel: 'network', direction: view === 'backward' ? 'backward' : 'forward' });
  }

  showEverything() {
    this.handout = { ...this.handout, panels: null, tabs: null };
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
