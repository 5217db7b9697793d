/** Which card of which lesson is open, and how far each lesson has been read; the browser remembers it. */

import { createContext } from 'svelte';

/** `card` counts from 1. @typedef {import('../link/view-text.js').CardRef} CardRef */
/** The page's choices before a lesson, and its first card. @typedef {import('./view.svelte.js').View} View */
/** @typedef {{ open: string | null, cards: Record<string, number> }} Remembered */

const KEY = 'convscope.lessons';
const FIRST = 'reading';

export class Lessons {
  /** @type {CardRef | null} */
  open = $state.raw(null);
  /** The last card seen of each lesson. @type {Readonly<Record<string, number>>} */
  cards = $state.raw({});

  #view;
  /** What was shown before the lesson. @type {View['choices'] | null} */
  #before = null;

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
    this.cards = remembered()?.cards ?? {};
  }

  /** Without a link: the first visit begins the first lesson, a later one is where the last one ended. */
  resume() {
    const kept = remembered();
    const lesson = kept ? kept.open : FIRST;
    if (lesson !== null) this.show({ lesson, card: this.cards[lesson] ?? 1 });
  }

  /** Back to the lesson that was open last. */
  reopen() {
    const [lesson = FIRST] = Object.keys(this.cards).slice(-1);
    this.show({ lesson, card: this.cards[lesson] ?? 1 });
  }

  /** @param {CardRef} card */
  show({ lesson, card }) {
    this.#before ??= { ...this.#view.choices };
    this.open = { lesson, card };
    const { [lesson]: _, ...others } = this.cards;
    this.cards = { ...others, [lesson]: card };
    this.#view.guide ??= { panels: ['draw', 'network'], tools: false, open: null, beside: null };
    this.#remember();
  }

  leave() {
    this.open = null;
    this.#view.guide = null;
    if (this.#before) Object.assign(this.#view.choices, this.#before);
    this.#before = null;
    this.#remember();
  }

  #remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ open: this.open?.lesson ?? null, cards: this.cards }));
    } catch {
      // Storage can be forbidden; then the next visit is a first one.
    }
  }
}

export const [getLessons, setLessons] = /** @type {typeof createContext<Lessons>} */ (createContext)();

/** @returns {Remembered | null} null on a first visit, and where what was kept cannot be read */
function remembered() {
  try {
    const { open, cards } = JSON.parse(localStorage.getItem(KEY) ?? '');
    const known = Object.entries(cards).filter(([, card]) => Number.isInteger(card));
    return { open: typeof open === 'string' ? open : null, cards: Object.fromEntries(known) };
  } catch {
    return null;
  }
}
