import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { BringIn, MOST_BYTES } from './bring-in.svelte.js';

const { spec } = DEFAULT_PRESET;
const own = { ...spec, seed: 12 };
const proof = [{ pixels: [1, 2], logits: [4, 2] }];
const CHECKPOINTS = { [spec.seed]: Uint8Array.of(1), 12: Uint8Array.of(12) };
const matches = [{ parameter: '0.weight', tensor: 'a', dims: [2, 3] }];

/** @type {Record<string, any>} */
let answers;
/** @type {any} */
let lab;
/** @type {any} */
let formats;
/** @type {BringIn} */
let bringing;

beforeEach(() => {
  answers = {
    emptyCheckpoint: (/** @type {any} */ ask) => CHECKPOINTS[ask.spec.seed],
    readCheckpoint: () => ({ spec: own, step: 0 }),
    facts: () => ({ rows: 28, columns: 28, labels: 10 }),
    validate: () => ({ classes: 10 }),
    tryImage: () => ({ logits: Float32Array.of(4, 2) }),
  };
  const ask = vi.fn(async (/** @type {string} */ name, /** @type {any} */ about) => {
    const answer = answers[name](about);
    return answer.problem ? { answer: null, problem: answer.problem } : { answer, problem: null };
  });
  lab = { ask, spec, notify: vi.fn(), runs: { adopt: vi.fn(async () => ({ id: 'new' })), goTo: vi.fn() } };
  const said = JSON.stringify({ version: 1, spec: own, proof });
  const made = { said: async () => said, import: async () => ({ checkpoint: Uint8Array.of(9), matches }) };
  formats = { ask: vi.fn((/** @type {'said' | 'import'} */ name) => made[name]()), made };
  bringing = new BringIn(lab, formats);
});

/** @param {string} text */
const file = (text = '\u0008bytes') => new File([text], 'theirs.onnx');

test('read finds the network of a file of ours by what the file says, and shows what became of each tensor', async () => {
  await bringing.read(file());
  expect(formats.ask).toHaveBeenLastCalledWith('import', {
    bytes: new TextEncoder().encode('\u0008bytes'),
    own: CHECKPOINTS[12],
    onScreen: CHECKPOINTS[spec.seed],
  });
  expect(bringing.found).toMatchObject({ name: 'theirs.onnx', spec: own, matches, isOwn: true });
});

test('read takes a file of others for what is on the screen', async () => {
  formats.made.said = async () => null;
  await bringing.read(file());
  expect(formats.ask.mock.lastCall[1].own).toBe(null);
  expect(bringing.found).toMatchObject({ isOwn: false, proofs: [] });
});

test('read ignores what an ONNX file says amiss, and refuses a file of tensors that does', async () => {
  for (const said of ['no JSON', 'null', JSON.stringify({ spec: { ...own, seed: 13 } })]) {
    formats.made.said = async () => said;
    answers.emptyCheckpoint = (/** @type {any} */ { spec }) =>
      spec.seed === 13 ? { problem: { message: 'Layer 1 is malformed.' } } : Uint8Array.of(1);
    await bringing.read(file());
    expect(bringing.found?.isOwn).toBe(false);
    await bringing.read(file('........{'));
    expect(bringing.found).toBe(null);
    expect(bringing.refusal).toMatch(
      /^theirs.onnx: What this file says about itself cannot be used: (it is not JSON|Layer 1 is malformed)\.$/,
    );
  }
});

test('read names a file of another kind, and does not hand it to the reader', async () => {
  await bringing.read(new File(['PK\u0003\u0004'], 'mine.npz'));
  expect(bringing.refusal).toMatch(/^mine\.npz: It is an NPZ archive\. NPZ cannot be brought in\./);
  expect(formats.ask).not.toHaveBeenCalled();
});

test('read refuses a file that is too large before it reads it', async () => {
  const arrayBuffer = vi.fn();
  await bringing.read(/** @type {any} */ ({ name: 'large.onnx', size: MOST_BYTES + 1, arrayBuffer }));
  expect(bringing.refusal).toBe('large.onnx: This file is too large: it has 65 MiB, and 64 MiB is the limit.');
  expect(arrayBuffer).not.toHaveBeenCalled();
});

test('read refuses a network for other images or classes', async () => {
  answers.readCheckpoint = () => ({ spec: { ...own, input: [3, 32, 32] }, step: 0 });
  answers.validate = () => ({ classes: 5 });
  await bringing.read(file());
  expect(bringing.refusal).toBe(
    'theirs.onnx: This network takes images of 3×32×32 and tells 5 classes apart. For MNIST it must take 1×28×28 and tell 10 apart.',
  );
});

test('only the file that was chosen last is shown', async () => {
  const [slow, fast] = [file(), file()];
  /** @type {(buffer: ArrayBuffer) => void} */
  let arrive = () => {};
  slow.arrayBuffer = () => new Promise((resolve) => (arrive = resolve));
  const first = bringing.read(slow);
  await bringing.read(fast);
  const { found } = bringing;
  arrive(new ArrayBuffer(4));
  await first;
  expect([bringing.found, bringing.reading]).toEqual([found, false]);
});

test('use makes it a run that has no receipt, and says whether its images have the same scores', async () => {
  await bringing.read(file());
  expect(await bringing.use()).toBe(true);
  const [run, [checkpoint]] = lab.runs.adopt.mock.lastCall;
  expect(run).toMatchObject({ name: 'theirs.onnx', spec: own });
  expect(checkpoint).toEqual({ step: 0, elapsed: 0, bytes: Uint8Array.of(9), touched: ['file'] });
  expect(lab.runs.goTo).toHaveBeenCalledWith({ id: 'new' });
  expect(lab.notify.mock.lastCall).toEqual([expect.stringMatching(/^For the one image in its file/), 12_000]);
  answers.tryImage = () => ({ logits: Float32Array.of(4, 2.001) });
  await bringing.read(file());
  await bringing.use();
  expect(lab.notify.mock.lastCall).toEqual([expect.stringMatching(/^Careful: for 1 of the one image /), Infinity]);
});

test('use makes one run of a network, however often it is asked while that is under way', async () => {
  await bringing.read(file());
  const both = Promise.all([bringing.use(), bringing.use()]);
  expect(bringing.using).toBe(true);
  expect(await both).toEqual([true, false]);
  expect(lab.runs.adopt).toHaveBeenCalledOnce();
  expect(bringing.using).toBe(false);
});
