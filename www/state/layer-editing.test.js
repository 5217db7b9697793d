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

test('LayerEditing keeps the id of a layer while it is changed, moved and changed back', () => {
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

test('undo reverts a number being typed as a whole, and two numbers one by one', () => {
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

test('undo has nothing to revert after a number was typed and put back', () => {
  editing.copy(1);
  editing.write(0, FILTERS, 'both', 12);
  editing.write(0, FILTERS, 'both', 8);
  editing.settle();
  editing.settle();
  editing.undo();
  expect(editing.changed).toBe(false);
});

test('undo has nothing to revert after a change that could not be made', () => {
  editing.move(0, -1);
  editing.write(0, FILTERS, 'both', 8);
  editing.discard();
  expect(editing.canUndo).toBe(false);
});

test('undo leaves other settings as they are now', () => {
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

test('undo reverts a preset chosen in between like any change', () => {
  editing.write(0, FILTERS, 'both', 12);
  const other = /** @type {import('../model/presets.js').Preset} */ (PRESETS.find(({ spec }) => spec !== SPEC));
  lab.draft = other.spec;
  editing.undo();
  expect(filters()).toBe(12);
  editing.redo();
  expect(lab.draft.layers).toEqual(other.spec.layers);
});

test('undo reverts a preset chosen in between and its change one by one', () => {
  editing.write(0, FILTERS, 'both', 12);
  const other = /** @type {import('../model/presets.js').Preset} */ (PRESETS.find(({ spec }) => spec !== SPEC));
  lab.draft = other.spec;
  editing.remove(0);
  editing.undo();
  expect(lab.draft.layers).toEqual(other.spec.layers);
  editing.undo();
  expect(filters()).toBe(12);
});

test('undo reverts the same number of two layers one by one', () => {
  editing.copy(0);
  editing.write(0, FILTERS, 'both', 12);
  editing.write(1, FILTERS, 'both', 12);
  editing.undo();
  expect(lab.draft.layers.slice(0, 2)).toMatchObject([{ filters: 12 }, { filters: 8 }]);
});

test('LayerEditing is full at as many layers as the engine takes', () => {
  const layers = (/** @type {number} */ length) =>
    Array.from({ length }, () => /** @type {const} */ ({ type: 'relu' }));
  lab.draft = { ...SPEC, layers: layers(LAYERS - 1) };
  expect(editing.full).toBe(false);
  lab.draft = { ...SPEC, layers: layers(LAYERS) };
  expect(editing.full).toBe(true);
});

test('undo has nothing to revert after changes made elsewhere before the first one here', () => {
  lab.draft = structuredClone({ ...SPEC, layers: SPEC.layers.slice(1) });
  editing.follow();
  expect(editing.canUndo).toBe(false);
});

test('insert returns the place of a dense layer after the flatten it adds', () => {
  const at = editing.insert(3, 'dense');
  expect(lab.draft.layers[at]).toEqual({ type: 'dense', units: 64 });
  expect(at).toBe(4);
  editing.undo();
  expect(editing.changed).toBe(false);
});
