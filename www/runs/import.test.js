/** Run files against the engine itself. */

import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { initSync, Session, validate } from '../../pkg/convscope.js';
import { PRESETS } from '../model/presets.js';
import { importedRun } from './import.js';
import { writeRun } from './file.js';
import { Run } from './run.js';

/** @typedef {import('../model/spec.js').Spec} Spec */

beforeAll(() => void initSync({ module: readFileSync('pkg/convscope_bg.wasm') }));

/** Answers as the worker does. */
const engine = {
  /** @param {Spec} spec */
  async validate(spec) {
    try {
      return { answer: validate(spec), problem: null };
    } catch (error) {
      return { answer: null, problem: /** @type {any} */ (error) };
    }
  },
  /** @param {Uint8Array} bytes */
  async readCheckpoint(bytes) {
    try {
      return { answer: new Session().readCheckpoint(bytes), problem: null };
    } catch (error) {
      return { answer: null, problem: /** @type {any} */ (error) };
    }
  },
};

/** @param {Spec} spec */
function checkpointOf(spec) {
  const session = new Session();
  session.start(spec);
  return session.checkpoint();
}

/** @param {Spec} spec @param {Uint8Array} bytes @param {Partial<import('./run.js').StoredRun>} [more] @param {number[]} steps */
function file(spec, bytes, more = {}, ...steps) {
  const run = new Run({ id: 'a', spec, summary: validate(spec), lastStep: 5, ...more });
  const checkpoints = (steps.length > 0 ? steps : [0]).map((step) => ({ step, elapsed: 0, bytes }));
  return new Blob(writeRun(run.stored(), 'A run', checkpoints));
}

const [first, second] = /** @type {[Spec, Spec]} */ (PRESETS.map(({ spec }) => spec));

test('importedRun takes a run of any preset, whatever was changed in the middle of it', async () => {
  for (const { spec } of PRESETS) {
    const lastSpec = { ...spec, training: { ...spec.training, batch_size: 7 } };
    const { run, checkpoints } = await importedRun(file(spec, checkpointOf(lastSpec), { lastSpec }), engine);
    expect(run).toMatchObject({ spec, lastSpec, summary: validate(spec) });
    expect(checkpoints).toHaveLength(1);
  }
});

test('importedRun refuses checkpoints of another network, seed or step, and bytes that are no checkpoint', async () => {
  const good = checkpointOf(first);
  const other = /^This is not a Convscope run: its checkpoint of step 0 belongs to another network\.$/;
  await expect(importedRun(file(first, checkpointOf(second)), engine)).rejects.toThrow(other);
  await expect(importedRun(file(first, checkpointOf({ ...first, seed: 2 })), engine)).rejects.toThrow(other);
  await expect(importedRun(file(first, good, {}, 0, 3), engine)).rejects.toThrow('of step 3 is from step 0');
  await expect(importedRun(file(first, good.slice(1)), engine)).rejects.toThrow('of step 0 cannot be read');
  const notFinite = good.slice();
  notFinite.set([0, 0, 0xc0, 0x7f], good.length - 4);
  await expect(importedRun(file(first, notFinite), engine)).rejects.toThrow('of step 0 cannot be read');
});

test('importedRun checks what a spec leaves out against what the engine fills in', async () => {
  const layers = first.layers.map((layer) => (layer.type === 'conv2d' ? { ...layer, filters: 3 } : layer));
  const sparse = /** @type {any} */ ({ ...first, layers: layers.map(({ ...layer }) => layer) });
  for (const layer of sparse.layers) if (layer.type === 'conv2d') delete layer.stride;
  const strided = {
    ...first,
    layers: layers.map((layer) => (layer.type === 'conv2d' ? { ...layer, stride: [2, 2] } : layer)),
  };
  await expect(importedRun(file(sparse, checkpointOf(sparse)), engine)).resolves.toBeTruthy();
  await expect(importedRun(file(sparse, checkpointOf(/** @type {any} */ (strided))), engine)).rejects.toThrow(
    'another network',
  );
});

test('importedRun refuses specs and evaluations of different networks, and networks that cannot be built', async () => {
  const bytes = checkpointOf(first);
  await expect(importedRun(file(first, bytes, { lastSpec: second }), engine)).rejects.toThrow('different networks');
  const fork = { of: 'Run 1', step: 0, spec: { ...first, seed: 9 } };
  await expect(importedRun(file(first, bytes, { fork }), engine)).rejects.toThrow('different networks');
  const impossible = { ...first, seed: -1 };
  const cannotBeBuilt = /^The network in this file cannot be built\. \S.*\.$/;
  await expect(importedRun(file(first, bytes, { lastSpec: impossible }), engine)).rejects.toThrow(cannotBeBuilt);
  const stretches = [
    { after: 0, training: { ...first.training, batch_size: 0 } },
    { after: 3, training: first.training },
  ];
  await expect(importedRun(file(first, bytes, { stretches }), engine)).rejects.toThrow(cannotBeBuilt);
});

test('importedRun takes a spec that only begins like the run’s, or states what it leaves out, for another network', async () => {
  const short = /** @type {Spec} */ ({ ...first, layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] });
  const long = /** @type {Spec} */ ({ ...short, layers: [...short.layers, { type: 'relu' }] });
  const open = /** @type {any} */ (structuredClone(first));
  for (const layer of open.layers) if (layer.type === 'conv2d') delete layer.stride;
  for (const [spec, lastSpec] of [
    [long, short],
    [open, first],
  ]) {
    const read = importedRun(file(spec, checkpointOf(spec), { lastSpec }), engine);
    await expect(read).rejects.toThrow('different networks');
  }
});

test('importedRun refuses evaluations with another number of classes than the network', async () => {
  const metrics = { precision: 1, recall: 1, f1: 1, support: 1 };
  const evaluation = /** @type {any} */ ({
    ...{ split: 'test', step: 0, epoch: 0, images: 1, loss: 1, accuracy: 1, classes: 2 },
    ...{ perClass: [metrics, metrics], macro: metrics, confusion: Uint32Array.of(1, 0, 0, 0) },
    ...{ predicted: new Uint8Array(), confidence: new Float32Array() },
  });
  const read = importedRun(file(first, checkpointOf(first), { evaluations: [evaluation] }), engine);
  await expect(read).rejects.toThrow('its evaluations belong to another network');
});
