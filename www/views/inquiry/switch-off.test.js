import { expect, test } from 'vitest';
import { follow } from '../../model/shapes.js';
import { DEFAULT_PRESET, PRESETS } from '../../model/presets.js';
import {
  ALL_ON,
  asAsked,
  classChanges,
  costRows,
  firstOffered,
  isOff,
  offeredLayers,
  toggled,
  within,
} from './switch-off.js';
import { SwitchingOff } from './switching-off.svelte.js';

/** @typedef {import('../../model/spec.js').Spec} Spec */

/** What the engine says of a spec, as far as it matters here. @param {Spec} spec */
const summaryOf = (spec) =>
  /** @type {import('../../model/spec.js').Summary} */ (
    /** @type {unknown} */ ({
      input: spec.input,
      layers: follow(spec.input, spec.layers).map(({ shape }, at) => ({ type: spec.layers[at]?.type, shape })),
    })
  );

const { spec } = DEFAULT_PRESET;
const offered = offeredLayers(spec, summaryOf(spec));

test('offeredLayers: all layers but those that only pass numbers on, with the size of their maps', () => {
  expect(offered.map(({ name }) => name)).toEqual([
    'conv 1',
    'ReLU 1',
    'pool 1',
    'conv 2',
    'ReLU 2',
    'pool 2',
    'dense',
  ]);
  expect(offered[1]).toMatchObject({ layer: 1, word: 'map', count: 8, rows: 24, columns: 24 });
  expect(offered.at(-1)).toMatchObject({ word: 'unit', count: 10, rows: 1, columns: 1 });
});

test('firstOffered: the function after the last convolution; without one, that after the last hidden layer', () => {
  expect(firstOffered(offered, spec)?.name).toBe('ReLU 2');
  const plain = /** @type {Spec} */ (PRESETS.find(({ id }) => id === 'no-convolution')?.spec);
  const first = firstOffered(offeredLayers(plain, summaryOf(plain)), plain);
  expect([first?.name, first?.word]).toEqual(['ReLU', 'unit']);
  expect(firstOffered(offered.slice(0, 1), spec)?.name).toBe('conv 1');
});

test('toggled: off and on again; several in the order of the network; what was before is not changed', () => {
  const one = toggled(ALL_ON, 4, 3);
  const two = toggled(one, 1, 7);
  expect(two.channels).toEqual([
    { layer: 1, channel: 7 },
    { layer: 4, channel: 3 },
  ]);
  expect(one.channels).toHaveLength(1);
  expect(isOff(two, 4, 3)).toBe(true);
  expect(isOff(two, 1, 3)).toBe(false);
  expect(toggled(two, 4, 3).channels).toEqual([{ layer: 1, channel: 7 }]);
  expect(asAsked({ ...two, to: 'mean' })[1]).toEqual({ layer: 4, channel: 3, to: 'mean' });
});

test('within: what another network does not have is dropped; what fits is the same object', () => {
  const off = toggled(toggled(ALL_ON, 1, 7), 4, 15);
  expect(within(off, offered)).toBe(off);
  const fewer = offered.map((one) => ({ ...one, count: 8 }));
  expect(within(off, fewer).channels).toEqual([{ layer: 1, channel: 7 }]);
});

test('costRows: the costliest first, in shares of the largest; a loss that helps is negative', () => {
  const costs = { correct: 90, correctWithout: Uint32Array.of(90, 50, 92), images: 100 };
  expect(costRows(costs, 'cost').map(({ channel, lost }) => [channel, lost])).toEqual([
    [1, 40],
    [0, 0],
    [2, -2],
  ]);
  expect(costRows(costs, 'channel').map(({ share }) => share)).toEqual([0, 1, -0.05]);
  expect(costRows({ correct: 3, correctWithout: [3], images: 4 }, 'cost')[0]?.share).toBe(0);
  expect(costRows({ correct: 3, correctWithout: [], images: 4 }, 'cost')).toEqual([]);
});

test('classChanges: the largest change first, gain or loss; a class without images is left out', () => {
  const imagesPerClass = [10, 0, 20, 10];
  const before = { correctPerClass: [9, 0, 10, 5], imagesPerClass };
  const changes = classChanges(before, { correctPerClass: [8, 0, 2, 8], imagesPerClass });
  expect(changes.map(({ label }) => label)).toEqual([2, 3, 0]);
  expect(changes[0]).toEqual({ label: 2, images: 20, before: 0.5, after: 0.1 });
});

test('SwitchingOff: undone and redone step by step, also all at once and what a channel outputs instead', () => {
  const switching = new SwitchingOff();
  expect(switching.canUndo).toBe(false);
  switching.toggle(4, 3);
  switching.toggle(4, 5);
  switching.output('mean');
  switching.output('mean');
  switching.allOn();
  switching.allOn();
  expect(switching.off).toEqual({ channels: [], to: 'mean' });
  switching.undo();
  expect(switching.off.channels).toHaveLength(2);
  switching.undo();
  expect(switching.off.to).toBe('zero');
  switching.undo();
  switching.undo();
  switching.undo();
  expect(switching.off).toEqual(ALL_ON);
  expect(switching.canUndo).toBe(false);
  switching.redo();
  expect(switching.off.channels).toEqual([{ layer: 4, channel: 3 }]);
});

test('SwitchingOff: with another network, only what it has stays off or is undone to', () => {
  const switching = new SwitchingOff();
  switching.toggle(4, 15);
  switching.toggle(1, 2);
  switching.keepWithin(offered);
  expect(switching.canUndo).toBe(true);
  switching.keepWithin(offered.slice(0, 3));
  expect(switching.off.channels).toEqual([{ layer: 1, channel: 2 }]);
  expect(switching.canUndo).toBe(false);
});
