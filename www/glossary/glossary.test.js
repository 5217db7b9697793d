import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KINDS } from '../model/layer-kinds.js';
import { ASK, DIGITS, HEALTH } from '../model/main-panel.js';
import { SETTINGS } from '../model/settings.js';
import { found, GROUPS, termOf, termOfSetting, TERMS } from './glossary.js';
import { PICTURES } from './pictures.js';
import { HEIGHT, WIDTH } from './shapes.js';

const VIEWS = readdirSync('www/views', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.svelte'))
  .map((file) => readFileSync(`www/views/${file}`, 'utf8'));

/** Terms that are written in the views. */
const MARKED = VIEWS.flatMap((text) => [...text.matchAll(/<Term\s+id="([^"]+)"/g)].map(([, id]) => String(id)));
/** Elements that can be pointed at; the charts of curves are named by what they measure. */
const SHOWN = VIEWS.flatMap((text) => [
  ...[...text.matchAll(/data-shows="([^"]+)"/g)].map(([, name]) => String(name)),
  ...(text.includes('data-shows={measure}') ? ['loss', 'accuracy'] : []),
]);

/** The view that has the tabs of the Learning panel. */
const TABS = /** @type {string} */ (VIEWS.find((text) => text.includes('firstTab(')));

/** @param {import('./term.js').Place} place */
function exists(place) {
  switch (place.view) {
    case 'layer':
      return place.kinds.every((kind) => kind in KINDS || kind === 'input' || kind === 'softmax');
    case 'health':
      return HEALTH.some((part) => part === place.part);
    case 'digits':
      return DIGITS.some((part) => part === place.part);
    case 'ask':
      return ASK.some((part) => part === place.part);
    case 'setting':
      return SETTINGS.some(({ key }) => key === place.key);
    case 'tab':
      return TABS.includes(`['${place.tab}', `);
    case 'element':
      return SHOWN.includes(place.name);
    default:
      return true;
  }
}

test('TERMS: every one has an id and a name of its own', () => {
  const ids = TERMS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]+$/);
  const groups = GROUPS.map(({ id }) => id);
  for (const { group } of TERMS) expect(groups).toContain(group);
});

test('TERMS: one word means one thing: no name of a term is another name of a second one', () => {
  const names = TERMS.flatMap(({ name, also = [] }) => [name, ...also]).map((name) => name.toLowerCase());
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('TERMS: each is explained in one or two short sentences that begin with a capital and end with a full stop', () => {
  for (const { id, says } of TERMS) {
    const sentences = says.split(/(?<=[.?]) (?=[A-Z])/);
    expect(sentences.length, id).toBeLessThanOrEqual(2);
    for (const sentence of sentences) {
      expect(sentence, id).toMatch(/^[A-Z].*[.?]$/);
      expect(sentence.split(' ').length, `${id}: ${sentence}`).toBeLessThanOrEqual(21);
    }
  }
});

test('TERMS: the place where each is shown exists', () => {
  expect(TERMS.filter(({ show }) => !exists(show)).map(({ id }) => id)).toEqual([]);
});

test('termOf: every term that a view names is in the glossary, and so is every kind of layer', () => {
  expect(MARKED.length).toBeGreaterThan(10);
  expect([...MARKED, ...Object.keys(KINDS)].filter((id) => !termOf(id))).toEqual([]);
  expect(termOf('nothing')).toBeNull();
});

test('termOfSetting: the settings with a name of the field are explained, and no setting is that does not exist', () => {
  expect(termOfSetting('training.optimizer')?.id).toBe('optimizer');
  expect(termOfSetting('training.epochs')?.id).toBe('epoch');
  expect(SETTINGS.filter(({ key }) => termOfSetting(key)).length).toBeGreaterThan(15);
  const keys = SETTINGS.map(({ key }) => key);
  expect(TERMS.flatMap(({ settings = [] }) => settings).filter((key) => !keys.includes(key))).toEqual([]);
});

test('PICTURES: each is used, and every picture that a term names exists', () => {
  const named = new Set(TERMS.flatMap(({ picture }) => picture ?? []));
  expect([...named].filter((name) => !PICTURES[name])).toEqual([]);
  expect(Object.keys(PICTURES).filter((name) => !named.has(name))).toEqual([]);
});

test('PICTURES: boxes and circles are within the picture', () => {
  for (const [name, shapes] of Object.entries(PICTURES)) {
    for (const shape of shapes) {
      if (shape.tag === 'path') continue;
      const { x, y } = shape;
      const { width, height } = shape.tag === 'rect' ? shape : { width: 0, height: 0 };
      expect(x, name).toBeGreaterThanOrEqual(0);
      expect(y, name).toBeGreaterThanOrEqual(0);
      expect(x + width, name).toBeLessThanOrEqual(WIDTH);
      expect(y + height, name).toBeLessThanOrEqual(HEIGHT);
    }
  }
});

test('found: names come before mere mentions, and other names are found too', () => {
  const ids = (/** @type {string} */ typed) => found(typed).map(({ id }) => id);
  expect(found('')).toEqual(TERMS);
  expect(ids('relu')[0]).toBe('relu');
  expect(ids('relu')).toContain('dead-unit');
  expect(ids(' Neuron ')).toEqual(['unit']);
  expect(ids('zzz')).toEqual([]);
});
