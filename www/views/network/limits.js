/**
 * The limits of the colour scales of a network's pictures, by the scope the viewer chose: a scale for
 * every map, for every layer, or one for the whole network. How limits move is described in charts/scale.js.
 */

import { largestSize, Scales } from '../../charts/scale.js';
import { INPUT } from '../backward/direction.js';

/** @typedef {import('../../model/reports.js').Backward} Backward */
/** @typedef {import('../../model/reports.js').ProbeReading} ProbeReading */
/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../../model/spec.js').Summary} Summary */
/** @typedef {'map' | 'layer' | 'network'} Scope */
/** @typedef {(layer: number, image: number) => number} Limit */

/**
 * Filters are weights, not activations, and have scales of their own. `faint`: nothing that is shown comes near the
 * limit of its scale.
 * @typedef {{ map: Limit, filter: Limit, faint: boolean }} Limits
 */

/** Less than this share of a scale can hardly be seen beside 0. */
export const FAINT = 1 / 50;

export class NetworkLimits {
  #scales;
  /** The largest share of a scale that is used. */
  #fullest = 0;

  /** @param {Scales} [scales] */
  constructor(scales = new Scales()) {
    this.#scales = scales;
  }

  /**
   * @param {Summary} summary whose limits; another network starts with scales of its own
   * @param {Snapshot} snapshot
   * @param {Scope} scope
   * @returns {Limits}
   */
  of(summary, { reading, filters }, scope) {
    const shapes = summary.layers.map(({ shape }) => shape);
    this.#begin(summary);
    const map = this.#limits('map', shapes, reading?.activations ?? [], scope);
    return this.#with(map, this.#filters(shapes, filters, scope === 'map' ? 'layer' : scope));
  }

  /**
   * The same for gradients, which reach back to the input: it is layer −1. Other limits than those of `of` are
   * wanted for them, so they need an instance of their own.
   * @param {Summary} summary
   * @param {Backward} backward
   * @param {ProbeReading | null} reading of the image whose gradients they are
   * @param {Scope} scope
   * @returns {Limits}
   */
  ofGradients(summary, { input, activations, filters }, reading, scope) {
    const shapes = summary.layers.map(({ shape }) => shape);
    this.#begin(summary);
    const maps = this.#limits('map', [summary.input, ...shapes], [input, ...activations], scope);
    // Each gradient of a dense weight is a product of an input and a gradient.
    const dense = summary.layers.map(({ type }, layer) =>
      type === 'dense' ? largestSize(activations[layer] ?? []) * largestSize(reading?.activations[layer - 1] ?? []) : 0,
    );
    const filter = this.#filters(shapes, filters, scope, Math.max(0, ...dense));
    return this.#with((layer, image) => maps(layer - INPUT, image), filter);
  }

  /** From now on the scales are those of what is shown next. */
  fit() {
    this.#scales.reset();
  }

  /** @param {Summary} summary */
  #begin(summary) {
    this.#scales.begin(summary);
    this.#fullest = 0;
  }

  /** @param {Limit} map @param {Limit} filter @returns {Limits} */
  #with(map, filter) {
    return { map, filter, faint: this.#fullest < FAINT };
  }

  /**
   * @param {string} kind
   * @param {readonly (readonly number[])[]} shapes
   * @param {readonly Float32Array[]} layers
   * @param {Scope} scope
   * @param {number} [others] the largest of other numbers on the scale of the whole network
   * @returns {Limit}
   */
  #limits(kind, shapes, layers, scope, others = 0) {
    if (scope === 'map') {
      const limits = layers.map((values, layer) => this.#eachMap(`${kind} ${layer}`, shapes[layer] ?? [], values));
      return (layer, image) => limits[layer]?.[image] ?? 1;
    }
    const sizes = layers.map((values) => largestSize(values));
    if (scope === 'network') {
      const limit = this.#limit(`${kind}s`, Math.max(others, ...sizes));
      return () => limit;
    }
    const limits = sizes.map((size, layer) => this.#limit(`${kind}s of ${layer}`, size));
    return (layer) => limits[layer] ?? 1;
  }

  /**
   * Units are one map: a scale of its own for a single number would show nothing.
   * @param {string} name
   * @param {readonly number[]} shape
   * @param {Float32Array} values
   */
  #eachMap(name, shape, values) {
    const maps = shape.length === 3 ? Number(shape[0]) : 1;
    const size = values.length / maps;
    const limits = Array.from({ length: maps }, (_, map) =>
      this.#limit(`${name}/${map}`, largestSize(values, map * size, (map + 1) * size)),
    );
    return maps > 1 ? limits : Array.from(values, () => limits[0] ?? 1);
  }

  /**
   * @param {readonly (readonly number[])[]} shapes
   * @param {Snapshot['filters']} filters
   * @param {Scope} scope
   * @param {number} [others]
   * @returns {Limit}
   */
  #filters(shapes, filters, scope, others) {
    const places = filters.map(({ layer }) => layer);
    const limits = this.#limits(
      'filter',
      places.map((layer) => shapes[layer] ?? []),
      filters.map(({ weights }) => weights),
      scope,
      others,
    );
    return (layer, image) => limits(places.indexOf(layer), image);
  }

  /** @param {string} name @param {number} largest */
  #limit(name, largest) {
    const limit = this.#scales.limit(name, largest);
    this.#fullest = Math.max(this.#fullest, largest / limit);
    return limit;
  }
}
