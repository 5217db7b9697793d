import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from './testing/summary.js';
import { readRun, writeRun } from './file.js';
import { Run } from './run.js';

function example() {
  const run = new Run({ id: 'a', spec: DEFAULT_PRESET.spec, summary: SUMMARY });
  for (let step = 1; step <= 20; step += 1) run.curves.train.add(step, 1 / step, 0.5);
  run.curves.mark(5, 'Learning rate 0.1 → 0.2');
  run.keep({ step: 0, elapsed: 0, size: 3 });
  run.keep({ step: 20, elapsed: 1.5, size: 2 });
  const perClass = Array.from({ length: 2 }, () => ({ precision: null, recall: 0.5, f1: 0.5, support: 1 }));
  run.addEvaluation({
    ...{ split: 'test', step: 20, epoch: 1, images: 2, loss: NaN, accuracy: 0.5, classes: 2, perClass },
    ...{ confusion: Uint32Array.of(1, 0, 1, 0), macro: { precision: 1, recall: 1, f1: 1 } },
    ...{ predicted: Uint8Array.of(0, 0), confidence: Float32Array.of(0.5, 0.75) },
  });
  const checkpoints = [
    { step: 0, elapsed: 0, bytes: Uint8Array.of(1, 2, 3) },
    { step: 20, elapsed: 1.5, bytes: Uint8Array.of(4, 5), madeWith: DEFAULT_PRESET.spec.training },
  ];
  return { run, checkpoints, parts: writeRun(run.stored(), 'A run', checkpoints) };
}

const bytes = async () => new Uint8Array(await new Blob(example().parts).arrayBuffer());

test('readRun reads what writeRun has written', async () => {
  const { run, parts } = example();
  const { run: read, checkpoints } = await readRun(new Blob(parts));
  const { curves, evaluations, kept, spec, lastStep } = run.stored();
  expect(read).toMatchObject({ givenName: 'A run', curves, kept, spec, lastStep, evaluations });
  expect(checkpoints.map((checkpoint) => [...checkpoint.bytes])).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(checkpoints.map(({ madeWith }) => madeWith)).toEqual([undefined, DEFAULT_PRESET.spec.training]);
});

test('readRun reads the file that the command line writes', async () => {
  const file = readFileSync(new URL('./testing/native.cvsr', import.meta.url));
  const { run, checkpoints } = await readRun(new Blob([file]));
  expect(run).toMatchObject({ givenName: 'native', firstStep: 0, lastStep: 6, elapsed: 1.5, changes: [], fork: null });
  expect(run.spec.training).toMatchObject({ batch_size: 10, epochs: 2 });
  expect([...run.curves.train.step]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...run.curves.validation.step]).toEqual([3, 6]);
  expect(run.evaluations.map(({ split, step, predicted }) => [split, step, predicted.length])).toEqual([
    ['validation', 3, 0],
    ['validation', 6, 10],
    ['test', 6, 40],
  ]);
  expect(checkpoints.map(({ step, bytes }) => [step, String.fromCharCode(...bytes.slice(0, 4))])).toEqual([
    [0, 'CVSC'],
    [6, 'CVSC'],
  ]);
});

/** The file, as if of another version. @param {number} version @param {Uint8Array<ArrayBuffer>[]} parts */
const asOf = (version, [, header, ...rest]) =>
  new Blob([
    Uint32Array.of(0x52535643, version, Number(header?.length)),
    .../** @type {BlobPart[]} */ ([header]),
    ...rest,
  ]);

test('a run that is read from a file says of each step what it was made with', async () => {
  const { run } = example();
  const { spec } = DEFAULT_PRESET;
  const sized = (/** @type {number} */ batch_size) => ({ ...spec, training: { ...spec.training, batch_size } });
  run.goOnWith(sized(16), 5);
  run.goOnWith(sized(64), 10);
  const file = (/** @type {import('./run.js').StoredRun} */ stored) => writeRun(stored, 'A run', []);
  const batches = async (/** @type {Blob} */ blob) => {
    const { run: read } = await readRun(blob);
    const again = new Run({ id: 'b', summary: SUMMARY, ...read });
    return [5, 6, 10, 11, 20].map((step) => again.specAt(step).training.batch_size);
  };
  expect(await batches(new Blob(file(run.stored())))).toEqual([32, 16, 16, 64, 64]);
  // The first version of the form has only its ends.
  expect(await batches(asOf(1, file(run.stored())))).toEqual([32, 32, 32, 64, 64]);
  await expect(readRun(asOf(3, file(run.stored())))).rejects.toThrow('its version is not supported');
});

test('readRun refuses a file that is truncated or not a run, with a sentence', async () => {
  const whole = await bytes();
  for (const length of [0, 5, 12, 40, whole.length - 1]) {
    await expect(readRun(new Blob([whole.slice(0, length)]))).rejects.toThrow(/^This is not a Convscope run: /);
  }
  await expect(readRun(new Blob([whole, Uint8Array.of(0)]))).rejects.toThrow('shorter or longer than its header says');
});

test('readRun reads or refuses a file with any bytes of its header changed, and never throws anything else', async () => {
  const whole = await bytes();
  for (let at = 0; at < whole.length; at += 3) {
    const mutated = whole.slice();
    mutated[at] = 57;
    const error = await readRun(new Blob([mutated])).then(
      () => null,
      (reason) => reason,
    );
    if (error) expect(error.message).toMatch(/^This is not a Convscope run: /);
  }
});

test('readRun refuses counts beyond the limits before it allocates anything', async () => {
  const words = new TextDecoder().decode((await bytes()).slice(12));
  const header = words.slice(0, words.lastIndexOf('}]}') + 3);
  for (const [from, to] of [
    ['"length":20', '"length":2e9'],
    ['"readings":2', '"readings":-1'],
    ['"size":3', '"size":1e12'],
    ['"classes":2', '"classes":"2"'],
    ['"step":0', '"step":30'],
  ]) {
    expect(header).toContain(from);
    const changed = new TextEncoder().encode(header.replace(String(from), String(to)));
    const prefix = Uint32Array.of(0x52535643, 1, changed.length);
    await expect(readRun(new Blob([prefix, changed]))).rejects.toThrow(/^This is not a Convscope run/);
  }
});

test('readRun refuses numbers that do not fit together, each with its reason', async () => {
  const deep = JSON.parse('{"a":'.repeat(1_000) + '1' + '}'.repeat(1_000));
  const other = { ...DEFAULT_PRESET.spec.training, batch_size: 7 };
  /** @type {[(run: any) => void, string][]} */
  const damages = [
    [(run) => run.evaluations[0].perClass.pop(), 'one entry for each class'],
    [(run) => (run.evaluations[0].predicted = Uint8Array.of(0, 2)), 'not one of the classes'],
    [(run) => (run.evaluations[0].predicted = Uint8Array.of(0)), 'a prediction for each of its images'],
    [(run) => (run.evaluations[0].confusion = Uint32Array.of(1, 0, 2, 0)), 'as many images as its evaluation'],
    [(run) => (run.evaluations[0].confidence = Float32Array.of(0.5, 1.5)), 'not between 0 and 1'],
    [(run) => (run.spec = deep), 'a spec in it is too large'],
    [(run) => delete run.spec.data, 'a spec in it is incomplete'],
    [(run) => delete run.lastSpec.training.augmentation.shear, 'a spec in it is incomplete'],
    [(run) => (run.spec.normalization = null), 'a spec in it is incomplete'],
    [(run) => (run.lastSpec = { layers: Array(10_000).fill(1) }), 'a spec in it is too large'],
    [(run) => (run.stretches = []), 'settings of its steps do not fit together'],
    [(run) => (run.stretches = [...run.stretches, ...run.stretches]), 'settings of its steps do not fit together'],
    [(run) => (run.stretches = [{ after: 0, training: other }]), 'settings of its steps do not fit together'],
    [(run) => (run.stretches = [{ after: 0, training: {} }]), 'a spec in it is incomplete'],
    [(run) => (run.fork = { of: 'Run 1', step: 0, spec: deep }), 'a spec in it is too large'],
  ];
  for (const [damage, reason] of damages) {
    const stored = structuredClone(example().run.stored());
    damage(stored);
    const file = new Blob(writeRun(stored, 'A run', example().checkpoints));
    await expect(readRun(file), reason).rejects.toThrow(reason);
  }
});
