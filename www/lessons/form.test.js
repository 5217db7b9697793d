import { describe, expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { Malformed } from '../lib/json-reader.js';
import { MAIN_PANELS } from '../model/main-panel.js';
import { termOf } from '../glossary/glossary.js';
import { filled } from './facts.js';
import { readLesson } from './form.js';
import { LESSON_FILES, lessons } from './lessons.js';

const CARD = {
  ...{ id: 'one', title: 'One', text: ['It is right for {accuracy}.'], callout: { at: 'canvas', label: 'Here' } },
  action: { kind: 'train', label: 'Train', to: 200, pace: 20 },
};
const SOUND = { id: 'a', title: 'A', summary: 'What.', layers: ['conv2d'], cards: [CARD] };

/** @param {object} change to the first card */
const changed = (change) => readLesson({ ...SOUND, cards: [{ ...CARD, ...change }] });

test('there are at least three lessons, none is malformed, and each file has the name of its lesson', () => {
  expect(lessons().length).toBeGreaterThanOrEqual(3);
  for (const entry of lessons()) expect(entry).toMatchObject({ lesson: { id: entry.id } });
});

test('the ids of the cards of each lesson differ', () => {
  for (const { json } of LESSON_FILES) {
    const ids = readLesson(json).cards.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('the glossary has every term that a card names', () => {
  const terms = LESSON_FILES.flatMap(({ json }) => readLesson(json).cards.flatMap((card) => card.terms));
  expect(terms.filter((id) => !termOf(id))).toEqual([]);
});

test('readLesson fills in what a card leaves out', () => {
  const [card] = readLesson({ ...SOUND, cards: [{ id: 'one', title: 'One', text: ['Read.'] }] }).cards;
  expect(card).toMatchObject({
    ...{ after: [], terms: [], callout: null, image: null, needs: { atLeast: 0, atMost: Infinity } },
    ...{ action: { kind: 'read' }, view: { panels: ['draw', 'network'], tools: false, open: null, beside: null } },
  });
});

test('a card can open each main panel and each tab of the page', () => {
  for (const mainPanel of MAIN_PANELS)
    expect(changed({ view: { mainPanel } }).cards[0]?.view).toMatchObject({ mainPanel });
  const { cards } = changed({ view: { tab: 'log' } });
  expect(cards[0]?.view.tab).toBe('log');
});

describe('readLesson refuses with a sentence that says where', () => {
  test.each([
    ['no object', () => readLesson([1]), /In a lesson, the file must be an object; got a list of 1/],
    ['no cards', () => readLesson({ ...SOUND, cards: [] }), /"cards" of the file must be a list of 1 to 20/],
    ['a misspelled field', () => changed({ calout: {} }), /entry 1 of "cards" has no field "calout", only id, title/],
    ['an id that no link can carry', () => changed({ id: 'One!' }), /"id" of entry 1 of "cards" must be small letters/],
    ['a call-out at nothing', () => changed({ callout: { at: 'moon', label: 'x' } }), /"at" of "callout" .*got "moon"/],
    ['an unknown fact', () => changed({ text: ['{weather}'] }), /"text" of .* only known facts .*got "weather"/],
    ['an unknown action', () => changed({ action: { kind: 'wait', label: 'x' } }), /"kind" of "action" .*got "wait"/],
    ['a step without end', () => changed({ action: { kind: 'train', label: 'x', to: 1e9 } }), /"to" of "action"/],
    ['an unknown panel', () => changed({ view: { panels: ['attic'] } }), /"panels" of "view" .*got "attic"/],
    ['an unknown layer', () => changed({ view: { open: 'magic' } }), /"open" of "view" .*got "magic"/],
    ['an image that does not exist', () => changed({ image: { index: 10_000 } }), /"index" of "image"/],
    [
      'a press on nothing',
      () => changed({ action: { kind: 'press', label: 'x' }, callout: undefined }),
      /"callout" of entry 1 of "cards" must be/,
    ],
  ])('%s', (_, read, sentence) => {
    expect(read).toThrow(Malformed);
    expect(read).toThrow(sentence);
  });
});

describe('filled', () => {
  const confusion = new Uint32Array(100);
  confusion[99] = 80;
  confusion[94] = 20;
  confusion[49] = 5;
  const perClass = Array.from({ length: 10 }, () => ({ precision: 0.9, recall: 0.8, f1: 0.847, support: 100 }));
  const evaluation = /** @type {any} */ ({ images: 1000, accuracy: 0.975, classes: 10, confusion, perClass });
  const reading = /** @type {any} */ ({ label: 0, probabilities: new Float32Array([0.25, 0.75]), logits: [1, 2.5] });
  const known = { names: ['zero', 'one'], step: 1200, spec: DEFAULT_PRESET.spec, reading, evaluation, training: 0.99 };

  test('names what the network says, and how wrong that is', () => {
    expect(filled('{guess} {share} {score} {label} {labelShare} {loss}', known)).toBe(
      'one 75.0\u00a0% 2.5 zero 25.0\u00a0% 1.39',
    );
  });

  test('counts the cells of the confusion matrix', () => {
    expect(filled('{hits} of {columnTotal}, {hits} of {rowTotal}', known)).toBe('80 of 85, 80 of 100');
    expect(filled('{mistakes} of {images}, {gap}', known)).toBe('25 of 1,000, 1.5 points');
  });

  test('names sizes of the network that trains, not of another', () => {
    const layers = DEFAULT_PRESET.spec.layers.map((layer) =>
      layer.type === 'conv2d' || layer.type === 'max_pool2d' ? { ...layer, kernel_size: [3, 4] } : layer,
    );
    const spec = /** @type {import('../model/spec.js').Spec} */ ({ ...DEFAULT_PRESET.spec, layers });
    expect(filled('{kernel} {pool} {batch} {trainingImages}', known)).toBe('5 × 5 2 × 2 32 55,000');
    expect(filled('{kernel} {pool}', { ...known, spec })).toBe('3 × 4 3 × 4');
    expect(filled('{kernel}', { ...known, spec: { ...spec, layers: [] } })).toBe('…');
  });

  test('has dots for what is not known yet', () => {
    const nothing = { ...known, reading: null, evaluation: null };
    expect(filled('{guess} {loss} {accuracy} {hits} {gap}', nothing)).toBe('… … … … …');
  });
});
