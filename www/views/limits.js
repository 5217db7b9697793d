/**
 * The limits of the colour scales of a network's pictures, by the scope the viewer chose: a scale for
 * every map, for every layer, or one for the whole network. How limits move is told in charts/scale.js.
 */

import { largestSize, Scales } from '../charts/scale.js';
import { INPUT } from './backward/direction.js';

/** @typedef {import('../protocol.js').Backward} Backward */
/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../spec.js').Summary} Summary */
/** @typedef {'map' | 'layer' | 'network'} Scope */

/**
 * Filters are weights, not activations, and have scales of their own.
 * @typedef {{ map: (layer: number, image: number) => number, filter: (layer: number) => number }} Limits
 */

export class NetworkLimits {
  #scales = new Scales();
  /** @type {Summary | null} */
  #summary = null;

  /**
   * @param {Summary} summary whose limits; another network starts with scales of its own
   * @param {Snapshot} snapshot
   * @param {Scope} scope
   * @returns {Limits}
   */
  of(summary, snapshot, scope) {
    if (summary !== this.#summary) this.#scales.reset();
    this.#summary = summary;
    const shapes = summary.layers.map(({ shape }) => shape);
    const activations = snapshot.reading?.activations ?? [];
    return { map: this.#maps(shapes, activations, scope), filter: this.#filters(snapshot.filters, scope) };
  }

  /**
   * The same for gradients, which reach back to the input: it is layer −1. Other limits than those of `of` are
   * wanted for them, so they need an instance of their own.
   * @param {Summary} summary
   * @param {Backward} backward
   * @param {Scope} scope
   * @returns {Limits}
   */
  ofGradients(summary, { input, activations, filters }, scope) {
    if (summary !== this.#summary) this.#scales.reset();
    this.#summary = summary;
    const shapes = [summary.input, ...summary.layers.map(({ shape }) => shape)];
    const maps = this.#maps(shapes, [input, ...activations], scope);
    return { map: (layer, image) => maps(layer - INPUT, image), filter: this.#filters(filters, scope) };
  }

  /**
   * @param {readonly (readonly number[])[]} shapes
   * @param {readonly Float32Array[]} activations
   * @param {Scope} scope
   * @returns {Limits['map']}
   */
  #maps(shapes, activations, scope) {
    if (scope === 'map') {
      const limits = activations.map((values, layer) => this.#eachMap(shapes[layer] ?? [], values, layer));
      return (layer, image) => limits[layer]?.[image] ?? 1;
    }
    const sizes = activations.map((values) => largestSize(values));
    if (scope === 'network') {
      const limit = this.#scales.limit('network', Math.max(0, ...sizes));
      return () => limit;
    }
    const limits = sizes.map((size, layer) => this.#scales.limit(`layer ${layer}`, size));
    return (layer) => limits[layer] ?? 1;
  }

  /**
   * Units are one map: a scale of its own for a single number would show nothing.
   * @param {readonly number[]} shape
   * @param {Float32Array} values
   * @param {number} layer
   */
  #eachMap(shape, values, layer) {
    const maps = shape.length === 3 ? Number(shape[0]) : 1;
    const size = values.length / maps;
    const limits = Array.from({ length: maps }, (_, map) =>
      this.#scales.limit(`layer ${layer} map ${map}`, largestSize(values, map * size, (map + 1) * size)),
    );
    return maps > 1 ? limits : Array.from(values, () => limits[0] ?? 1);
  }

  /**
   * @param {Snapshot['filters']} filters
   * @param {Scope} scope
   * @returns {Limits['filter']}
   */
  #filters(filters, scope) {
    const sizes = filters.map(({ weights }) => largestSize(weights));
    const all = Math.max(0, ...sizes);
    const limits = new Map(
      filters.map(({ layer }, index) => [
        layer,
        scope === 'network'
          ? this.#scales.limit('filters', all)
          : this.#scales.limit(`filters ${layer}`, Number(sizes[index])),
      ]),
    );
    return (layer) => limits.get(layer) ?? 1;
  }
}
