import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_CHOICES } from '../link/view-text.js';
import { Lessons } from './lessons.svelte.js';
import { View } from './view.svelte.js';

/** @type {Map<string, string>} */
let kept;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  });
});

const visit = () => {
  const view = new View();
  const lessons = new Lessons(view);
  lessons.resume();
  return { view, lessons };
};

test('a first visit begins the first lesson, on a calm page', () => {
  const { view, lessons } = visit();
  expect(lessons.open).toEqual({ lesson: 'reading', card: 1 });
  expect([view.calm, view.shows('draw'), view.shows('learning')]).toEqual([true, true, false]);
});

test('a later visit goes on with the card that was open', () => {
  visit().lessons.show({ lesson: 'trust', card: 4 });
  expect(visit().lessons.open).toEqual({ lesson: 'trust', card: 4 });
});

test('Lessons remembers that the lab was chosen, and the card to return to', () => {
  const first = visit();
  first.lessons.show({ lesson: 'trust', card: 4 });
  first.lessons.leave();
  const { view, lessons } = visit();
  expect([lessons.open, view.calm, view.shows('learning')]).toEqual([null, false, true]);
  lessons.reopen();
  expect(lessons.open).toEqual({ lesson: 'trust', card: 4 });
});

test('leaving restores what was shown before', () => {
  const { view, lessons } = visit();
  lessons.leave();
  view.choices.tab = 'cost';
  lessons.show({ lesson: 'trust', card: 1 });
  Object.assign(view.choices, { tab: 'matrix', direction: 'backward' });
  lessons.show({ lesson: 'trust', card: 2 });
  lessons.leave();
  expect(view.choices).toEqual({ ...DEFAULT_CHOICES, tab: 'cost' });
});

test('leaving brings back the experiment that was open, and the list beside it', () => {
  const { view, lessons } = visit();
  lessons.leave();
  view.experimentsOpen = true;
  view.openExperiment('filters');
  lessons.show({ lesson: 'trust', card: 1 });
  // As the page does, which has no room for both.
  view.experimentsOpen = false;
  view.choices.experiment = '';
  lessons.leave();
  expect([view.experimentsOpen, view.choices.experiment]).toEqual([true, 'filters']);
});

test.each(['', 'null', '7', '{"open":5,"cards":[]}', '{"open":"x","cards":{"x":"y"}}', '{'])(
  'what was kept may be damaged: %s',
  (text) => {
    kept.set('convscope.lessons', text);
    const { lessons } = visit();
    lessons.reopen();
    expect(lessons.open?.card).toBe(1);
  },
);

test('without storage each visit is a first one', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(visit().lessons.open).toEqual({ lesson: 'reading', card: 1 });
});
