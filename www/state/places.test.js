import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lessons } from './lessons.svelte.js';
import { Places } from './places.svelte.js';
import { View } from './view.svelte.js';

/** The browser's history, with all its entries. */
class FakeHistory {
  /** @type {any[]} */
  entries = [null];
  at = 0;

  get state() {
    return this.entries[this.at];
  }

  /** @param {any} state */
  pushState(state) {
    this.entries.splice((this.at += 1), Infinity, structuredClone(state));
  }

  /** @param {any} state */
  replaceState(state) {
    this.entries[this.at] = structuredClone(state);
  }
}

/** @type {FakeHistory} */
let entries;
/** @type {View} */
let view;
/** @type {Lessons} */
let lessons;
/** @type {Places} */
let places;

/** What the page shows has changed. */
function changes() {
  places.follow();
  vi.runAllTimers();
}

/** @param {number} by */
function goes(by) {
  entries.at += by;
  return places.went();
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('history', (entries = new FakeHistory()));
  view = new View();
  lessons = new Lessons(view);
  places = new Places(view, lessons);
  changes();
});

afterEach(() => {
  vi.useRealTimers();
});

test('Back returns from a card to the one before it, and from the first to the lab', () => {
  lessons.show({ lesson: 'reading', card: 1 });
  changes();
  lessons.show({ lesson: 'reading', card: 2 });
  changes();
  expect(entries.entries).toHaveLength(3);
  goes(-1);
  expect(lessons.open).toEqual({ lesson: 'reading', card: 1 });
  changes();
  goes(-1);
  expect(lessons.open).toBe(null);
  changes();
  goes(2);
  expect(lessons.open).toEqual({ lesson: 'reading', card: 2 });
  expect(entries.entries).toHaveLength(3);
});

test('Back returns from an experiment to the list, and closes the list', () => {
  view.experimentsOpen = true;
  changes();
  view.openExperiment('filters');
  changes();
  goes(-1);
  expect([view.experimentsOpen, view.choices.experiment]).toEqual([true, '']);
  changes();
  goes(-1);
  expect([view.experimentsOpen, view.choices.experiment]).toEqual([false, '']);
});

test('an entry that the page has not made is not one of its places', () => {
  entries.pushState(null);
  expect(places.went()).toBe(false);
});

test('within another page nothing is entered, for Back belongs to that page', () => {
  view.embedded = true;
  view.experimentsOpen = true;
  changes();
  expect(entries.entries).toHaveLength(1);
});
