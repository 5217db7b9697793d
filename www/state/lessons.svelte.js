/** Which card of which lesson is open, and how far each lesson has been read; the browser remembers it. */

import { createContext } from 'svelte';

/** `card` counts from 1. @typedef {import('../link/view-text.js').CardRef} CardRef */
/** The page's choices before a lesson, and its first card. @typedef {import('./view.svelte.js').View} View */
/** @typedef {{ open: string | null, cards: Record<string, number> }} Remembered */

const KEY = 'convscope.lessons';
const FIRST = 'reading';

/** As a link writes them. */
const NAME = /^[a-z][a-z-]{0,23}$/;
const MOST_CARDS = 99;

export class Lessons {
  /** @type {CardRef | null} */
  open = $state.raw(null);
  /** The last card seen of each lesson. @type {Readonly<Record<string, number>>} */
  cards = $state.raw({});

  /** What the visitor's network is made of, while a card has another in its place. @type {import('../model/spec.js').Spec | null} */
  ownSpec = $state.raw(null);

  /** Whether the visitor has come from the lab. */
  reopened = false;

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
    if (lesson !== null) this.show({ lesson, card: cardOf(this.cards, lesson) });
  }

  /** Back to the lesson that was open last. */
  reopen() {
    this.reopened = true;
    const [lesson = FIRST] = Object.keys(this.cards).slice(-1);
    this.show({ lesson, card: cardOf(this.cards, lesson) });
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
    if (this.#before) this.#view.open(this.#before, this.#view.handout);
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

/** The card that was open last. @param {Record<string, number>} cards @param {string} lesson */
const cardOf = (cards, lesson) => (Object.hasOwn(cards, lesson) ? (cards[lesson] ?? 1) : 1);

/** @returns {Remembered | null} null on a first visit, and where what was kept cannot be read */
function remembered() {
  try {
    const { open, cards } = JSON.parse(localStorage.getItem(KEY) ?? '');
    const known = Object.entries(cards).filter(
      ([lesson, card]) => NAME.test(lesson) && Number.isInteger(card) && card >= 1 && card <= MOST_CARDS,
    );
    return { open: typeof open === 'string' && NAME.test(open) ? open : null, cards: Object.fromEntries(known) };
  } catch {
    return null;
  }
}
