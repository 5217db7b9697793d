/**
 * The limits of the colour scales of a network's pictures, by the scope the viewer chose: a scale for
 * every map, for every layer, or one for the whole network. Layers without weights share the scale of the layer that feeds
 * them, so that what ReLU and pooling pass on unchanged looks unchanged. How limits move is described in charts/scale.js.
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
    const map = this.#limits('map', shapes, reading?.activations ?? [], scope, { first: firstOfGroups(summary) });
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
    const first = [0, ...firstOfGroups(summary).map((layer) => layer - INPUT)];
    const maps = this.#limits('map', [summary.input, ...shapes], [input, ...activations], scope, { first });
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
   * @param {object} [more]
   * @param {number} [more.others] the largest of other numbers on the scale of the whole network
   * @param {readonly number[]} [more.first] of each layer, the first of those that share its scale; itself if left out
   * @returns {Limit}
   */
  #limits(kind, shapes, layers, scope, { others = 0, first = layers.map((_, layer) => layer) } = {}) {
    if (scope === 'map') return this.#ofMaps(kind, shapes, layers, first);
    const sizes = layers.map((values) => largestSize(values));
    if (scope === 'network') {
      const limit = this.#limit(`${kind}s`, Math.max(others, ...sizes));
      return () => limit;
    }
    const limits = new Map(
      [...largestOf(sizes, first)].map(([at, size]) => [at, this.#limit(`${kind}s of ${at}`, size)]),
    );
    return (layer) => limits.get(first[layer] ?? layer) ?? 1;
  }

  /**
   * A scale for each map. Units are one map: a scale of its own for a single number would show nothing.
   * @param {string} kind
   * @param {readonly (readonly number[])[]} shapes
   * @param {readonly Float32Array[]} layers
   * @param {readonly number[]} first
   * @returns {Limit}
   */
  #ofMaps(kind, shapes, layers, first) {
    const counts = shapes.map((shape) => (shape.length === 3 ? Number(shape[0]) : 1));
    // Flattened maps are one long row, which cannot share the scales of several maps.
    const firstAlike = first.map((at, layer) => (counts[at] === counts[layer] ? at : layer));
    const most = Math.max(0, ...counts);
    const ofMap = Array.from({ length: most }, (_, map) => {
      const sizes = layers.map((values, layer) => sizeOfMap(values, counts[layer] ?? 1, map));
      const largest = [...largestOf(sizes, firstAlike)].filter(([at]) => map < Number(counts[at]));
      return new Map(largest.map(([at, size]) => [at, this.#limit(`${kind} ${at}/${map}`, size)]));
    });
    return (layer, image) => ofMap[Number(counts[layer]) > 1 ? image : 0]?.get(firstAlike[layer] ?? layer) ?? 1;
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
      { others },
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

/**
 * Of each layer, the first of the layers whose scale it shares: the last one with weights up to it.
 * @param {Summary} summary
 */
function firstOfGroups({ layers }) {
  let first = 0;
  return layers.map(({ parameters }, layer) => (parameters === 0 ? first : (first = layer)));
}

/**
 * @param {readonly number[]} sizes of the layers
 * @param {readonly number[]} first as in `#limits`
 * @returns {Map<number, number>} of each group, by its first layer, the largest size
 */
function largestOf(sizes, first) {
  /** @type {Map<number, number>} */
  const largest = new Map();
  sizes.forEach((size, layer) => {
    const at = first[layer] ?? layer;
    largest.set(at, Math.max(size, largest.get(at) ?? 0));
  });
  return largest;
}

/** @param {Float32Array} values of `maps` maps @param {number} maps @param {number} map */
function sizeOfMap(values, maps, map) {
  const size = values.length / maps;
  return map < maps ? largestSize(values, map * size, (map + 1) * size) : 0;
}
