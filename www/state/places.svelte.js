/**
 * The places that the browser's Back returns to: the cards of lessons, the list of experiments, and each experiment. Each is
 * an entry of the browser's history, beside the address.
 */

import { same } from '../lib/same.js';

/** @typedef {import('../link/view-text.js').CardRef} CardRef */
/** @typedef {{ card: CardRef | null, experimentsOpen: boolean, experiment: string }} Place */

export class Places {
  #view;
  #lessons;
  /** That of the entry which the browser shows. @type {Place | null} */
  #shown = null;

  /**
   * @param {import('./view.svelte.js').View} view
   * @param {import('./lessons.svelte.js').Lessons} lessons
   */
  constructor(view, lessons) {
    this.#view = view;
    this.#lessons = lessons;
    $effect(() => this.follow());
  }

  /** Enters where the page is now, once all that changes together has changed. @returns {() => void} */
  follow() {
    const { experimentsOpen, choices, embedded } = this.#view;
    /** @type {Place} */
    const here = { card: this.#lessons.open, experimentsOpen, experiment: choices.experiment };
    const timer = setTimeout(() => this.#enter(here, embedded));
    return () => clearTimeout(timer);
  }

  /** Within another page, Back belongs to that page. @param {Place} here @param {boolean} embedded */
  #enter(here, embedded) {
    if (same(here, this.#shown)) return;
    if (this.#shown && !embedded) history.pushState({ place: here }, '');
    else history.replaceState({ place: here }, '');
    this.#shown = here;
  }

  /** The browser went back or forward. @returns {boolean} whether to one of these */
  went() {
    const place = placeIn(history.state);
    if (!place) return false;
    this.#shown = place;
    const { card, experimentsOpen, experiment } = place;
    if (card) this.#lessons.show(card);
    else if (this.#lessons.open) this.#lessons.leave();
    this.#view.experimentsOpen = experimentsOpen;
    if (experiment !== this.#view.choices.experiment) this.#view.openExperiment(experiment);
    return true;
  }
}

/** @param {{ place?: Place } | null} state @returns {Place | null} null of an entry that this page has not made */
export const placeIn = (state) => state?.place ?? null;
