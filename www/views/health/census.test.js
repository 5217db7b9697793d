import { describe, expect, it } from 'vitest';
import { deathKey } from '../../state/instruments.svelte.js';
import { populations, summaryOf, unitSentence, unitWord } from './census.js';

/** @type {any[]} */
const layers = [{ type: 'conv2d' }, { type: 'relu' }, { type: 'dropout' }, { type: 'dense' }, { type: 'relu' }];
/** @param {number[][]} fired */
const census = (...fired) => ({
  step: 30,
  images: 100,
  whole: true,
  layers: fired.map((counts, layer) => ({ layer, fired: Uint32Array.from(counts) })),
});
/** @param {number[]} fired @param {any} type */
const population = (fired, type = 'relu', whole = true) => {
  const dead = fired.filter((count) => count === 0).length;
  return { layer: 1, name: 'ReLU', type, fired: Uint32Array.from(fired), images: 100, whole, dead };
};

describe('the census', () => {
  it('is of activation layers only, and takes a network of fewer layers', () => {
    const found = populations(layers, census([1], [0, 50, 0], [1], [1], [7]));
    expect(found.map(({ name, dead }) => [name, dead])).toEqual([
      ['ReLU 1', 2],
      ['ReLU 2', 0],
    ]);
    expect(populations(layers.slice(0, 1), census([1], [0, 50, 0]))).toEqual([]);
  });

  it('sums a layer up in a sentence', () => {
    expect(summaryOf(population([50, 100]), 'channel')).toBe(
      '2 channels, none dead; on average, each fires on 75\u00a0% of the images.',
    );
    expect(summaryOf(population([0, 100, 100]), 'unit')).toBe(
      '1 of 3 units dead: 0 on every image. No gradient gets through, so it stays dead.',
    );
    expect(summaryOf(population([0, 0, 100]), 'unit')).toContain('gets through, so they stay dead');
    expect(summaryOf(population([0, 0]), 'unit')).toContain('All 2 units dead: 0 on every image. Nothing before');
    expect(summaryOf(population([0, 100], 'relu', false), 'unit')).toBe(
      '1 of 2 units dead: 0 on all 100 images checked so far.',
    );
    expect(summaryOf(population([0, 3], 'leaky_relu'), 'unit')).toContain('still passes');
    expect(summaryOf(population([100], 'sigmoid'), 'unit')).toContain('always above 0');
  });

  it('describes how often a unit fires, or when it died', () => {
    const deaths = new Map([[deathKey(1, 2), { alive: 10, dead: 20, images: 64 }]]);
    const made = population([50, 0, 0]);
    expect(unitSentence(made, 0, deaths, 'unit')).toBe('unit 1 fires on 50 of 100 images, 50.0\u00a0%');
    expect(unitSentence(made, 1, deaths, 'unit')).toContain('never fired');
    expect(unitSentence(made, 2, deaths, 'unit')).toBe(
      'unit 3 died between step 10 and step 20: 0 on all 64 images checked then, and ever since',
    );
  });

  it('calls what has a place a channel', () => {
    expect([unitWord([8, 12, 12]), unitWord([32]), unitWord(undefined)]).toEqual(['channel', 'unit', 'unit']);
  });
});
