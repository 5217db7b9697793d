import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from '../model/presets.js';
import { KINDS, LAYERS } from '../model/layer-kinds.js';
import { LayerEditing } from './layer-editing.svelte.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../model/spec.js').Spec} Spec */

const SPEC = DEFAULT_PRESET.spec;
const FILTERS = /** @type {import('../model/layer-kinds.js').Field} */ (KINDS.conv2d.fields[0]);

/** @type {{ spec: Spec, draft: Spec, editLayers: (layers: LayerSpec[]) => void }} */
let lab;
/** @type {LayerEditing} */
let editing;

beforeEach(() => {
  lab = {
    spec: SPEC,
    draft: SPEC,
    editLayers: (layers) => (lab.draft = { ...lab.draft, layers }),
  };
  editing = new LayerEditing(/** @type {any} */ (lab));
});

const filters = () => /** @type {any} */ (lab.draft.layers[0]).filters;
const ids = () => lab.draft.layers.map((layer) => editing.idOf(layer));

test('a card stays the same card while its layer is changed, moved and changed back', () => {
  const before = ids();
  editing.write(0, FILTERS, 'both', 12);
  expect(ids()).toEqual(before);
  editing.move(0, 2);
  expect(ids()[2]).toBe(before[0]);
  editing.undo();
  editing.undo();
  expect(ids()).toEqual(before);
  editing.copy(0);
  expect(new Set(ids()).size).toBe(before.length + 1);
});

test('a number being typed is taken back as a whole, and two numbers one by one', () => {
  editing.write(0, FILTERS, 'both', 1);
  editing.write(0, FILTERS, 'both', 12);
  editing.settle();
  editing.write(0, FILTERS, 'both', 16);
  editing.undo();
  expect(filters()).toBe(12);
  editing.undo();
  expect(filters()).toBe(8);
  expect(editing.canUndo).toBe(false);
  editing.redo();
  expect(filters()).toBe(12);
});

test('a number typed and put back is nothing that could be taken back', () => {
  editing.copy(1);
  editing.write(0, FILTERS, 'both', 12);
  editing.write(0, FILTERS, 'both', 8);
  editing.settle();
  editing.settle();
  editing.undo();
  expect(editing.changed).toBe(false);
});

test('what cannot be done is nothing that could be taken back', () => {
  editing.move(0, -1);
  editing.write(0, FILTERS, 'both', 8);
  editing.discard();
  expect(editing.canUndo).toBe(false);
});

test('taking back layers leaves other settings as they have become', () => {
  const before = ids();
  editing.write(0, FILTERS, 'both', 12);
  lab.draft = { ...structuredClone(lab.draft), seed: 77 };
  editing.follow();
  expect(ids()).toEqual(before);
  editing.undo();
  expect(filters()).toBe(8);
  expect(lab.draft.seed).toBe(77);
  editing.redo();
  editing.discard();
  expect(lab.draft.layers).toEqual(SPEC.layers);
  expect(lab.draft.seed).toBe(77);
});

test('a preset chosen in between can be taken back like any change', () => {
  editing.write(0, FILTERS, 'both', 12);
  const other = /** @type {import('../model/presets.js').Preset} */ (PRESETS.find(({ spec }) => spec !== SPEC));
  lab.draft = other.spec;
  editing.undo();
  expect(filters()).toBe(12);
  editing.redo();
  expect(lab.draft.layers).toEqual(other.spec.layers);
});

test('a preset chosen in between and changed at once is two things that can be taken back', () => {
  editing.write(0, FILTERS, 'both', 12);
  const other = /** @type {import('../model/presets.js').Preset} */ (PRESETS.find(({ spec }) => spec !== SPEC));
  lab.draft = other.spec;
  editing.remove(0);
  editing.undo();
  expect(lab.draft.layers).toEqual(other.spec.layers);
  editing.undo();
  expect(filters()).toBe(12);
});

test('the same number of two layers is taken back one by one', () => {
  editing.copy(0);
  editing.write(0, FILTERS, 'both', 12);
  editing.write(1, FILTERS, 'both', 12);
  editing.undo();
  expect(lab.draft.layers.slice(0, 2)).toMatchObject([{ filters: 12 }, { filters: 8 }]);
});

test('there is room for as many layers as the engine takes', () => {
  const layers = (/** @type {number} */ length) =>
    Array.from({ length }, () => /** @type {const} */ ({ type: 'relu' }));
  lab.draft = { ...SPEC, layers: layers(LAYERS - 1) };
  expect(editing.full).toBe(false);
  lab.draft = { ...SPEC, layers: layers(LAYERS) };
  expect(editing.full).toBe(true);
});

test('what others did before the first change is nothing that could be taken back', () => {
  lab.draft = structuredClone({ ...SPEC, layers: SPEC.layers.slice(1) });
  editing.follow();
  expect(editing.canUndo).toBe(false);
});

test('a dense layer that brings its flatten along is found behind it', () => {
  const at = editing.insert(3, 'dense');
  expect(lab.draft.layers[at]).toEqual({ type: 'dense', units: 64 });
  expect(at).toBe(4);
  editing.undo();
  expect(editing.changed).toBe(false);
});
