/** The layers of the draft while they are edited: which card is which, and what can be undone. */

import { EMPTY, endSeries, record, redo, undo } from '../lib/history.js';
import { same } from '../lib/same.js';
import { setOf } from '../model/data-sets.js';
import { LAYERS } from '../model/layer-kinds.js';
import * as change from '../model/layers.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {import('../model/layers.js').Axis} Axis */

let lastId = 0;

export class LayerEditing {
  #lab;
  /** @type {import('../lib/history.js').History<LayerSpec[]>} */
  #history = $state.raw(EMPTY);
  /** The layers as last seen: they can also change elsewhere. @type {LayerSpec[]} */
  #seen;
  /** A layer keeps its number through all its changes, also when they are undone. @type {WeakMap<LayerSpec, number>} */
  #ids = new WeakMap();

  /** @param {Lab} lab */
  constructor(lab) {
    this.#lab = lab;
    this.#seen = lab.draft.layers;
  }

  get layers() {
    return this.#lab.draft.layers;
  }

  get canUndo() {
    return this.#history.past.length > 0;
  }

  get canRedo() {
    return this.#history.future.length > 0;
  }

  get full() {
    return this.layers.length >= LAYERS;
  }

  /** Whether these layers differ from those of the network that runs. */
  get changed() {
    return !same(this.layers, this.#lab.spec.layers);
  }

  /** @param {LayerSpec} layer */
  idOf(layer) {
    const id = this.#ids.get(layer) ?? (lastId += 1);
    this.#ids.set(layer, id);
    return id;
  }

  /** Records layers that were changed elsewhere, by choosing a preset for example, as a change that can be undone. */
  follow() {
    const { layers } = this;
    if (layers === this.#seen) return;
    if (same(layers, this.#seen)) layers.forEach((layer, index) => this.#inherit(layer, this.#seen[index]));
    else if (this.canUndo || this.canRedo) this.#history = record(this.#history, this.#seen);
    this.#seen = layers;
  }

  /**
   * @param {number} index where the new layer will be
   * @param {import('../model/layer-kinds.js').LayerKind} kind
   * @returns {number} where it is: a dense layer may bring its flatten along
   */
  insert(index, kind) {
    const { layers, added } = change.insert(this.layers, index, kind);
    this.#take(layers);
    return layers.indexOf(added);
  }

  /** Appends the layers that output the answers. */
  addAnswer() {
    this.#take(change.withAnswer(this.layers, setOf(this.#lab.draft.data.set).long.length));
  }

  /** @param {number} index */
  remove(index) {
    this.#take(change.remove(this.layers, index));
  }

  /** @param {number} index */
  copy(index) {
    this.#take(change.copy(this.layers, index));
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  move(from, to) {
    this.#take(change.move(this.layers, from, to));
  }

  /**
   * @param {number} index
   * @param {import('../model/layer-kinds.js').Field} field
   * @param {Axis} axis
   * @param {number} value
   */
  write(index, field, axis, value) {
    this.#alter(index, (layer) => change.writeField(layer, field, axis, value), `${field.key} ${axis}`);
  }

  /**
   * @param {number} index
   * @param {import('../model/layer-kinds.js').LayerKind} kind
   */
  turnInto(index, kind) {
    this.#alter(index, (layer) => change.asKind(layer, kind));
  }

  /** @param {number} index */
  makeSquare(index) {
    this.#alter(index, change.squared);
  }

  /** Ends a series of changes that are undone as one: the field has lost the focus. */
  settle() {
    const { past } = this.#history;
    this.#history = endSeries(this.#history, past.length > 0 && same(past.at(-1), this.layers));
  }

  undo() {
    this.follow();
    this.#restore(undo(this.#history, this.layers));
  }

  redo() {
    this.follow();
    this.#restore(redo(this.#history, this.layers));
  }

  /** Restores the layers of the network that runs; other changes that wait for a restart stay. */
  discard() {
    this.#take(this.#lab.spec.layers);
  }

  /**
   * @param {number} index
   * @param {(layer: LayerSpec) => LayerSpec} altered
   * @param {string} [series]
   */
  #alter(index, altered, series) {
    const layer = this.layers[index];
    if (!layer) return;
    const next = altered(layer);
    this.#inherit(next, layer);
    this.#take(change.replace(this.layers, index, next), series && `${this.idOf(layer)} ${series}`);
  }

  /**
   * @param {LayerSpec[]} layers
   * @param {string} [series]
   */
  #take(layers, series) {
    this.follow();
    if (same(layers, this.layers)) return;
    this.#history = record(this.#history, this.layers, series ?? null);
    this.#show(layers);
  }

  /** @param {ReturnType<typeof undo<LayerSpec[]>>} restored */
  #restore({ history, value }) {
    this.#history = history;
    if (value !== this.layers) this.#show(value);
  }

  /** @param {LayerSpec[]} layers */
  #show(layers) {
    this.#seen = layers;
    this.#lab.editLayers(layers);
  }

  /**
   * @param {LayerSpec} layer
   * @param {LayerSpec | undefined} old
   */
  #inherit(layer, old) {
    if (old) this.#ids.set(layer, this.idOf(old));
  }
}
