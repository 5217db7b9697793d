import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { FORMS } from '../model/forms.js';
import { TakeAway } from './take-away.svelte.js';

const { spec } = DEFAULT_PRESET;
const onnx = /** @type {import('../model/forms.js').Form} */ (FORMS.find(({ id }) => id === 'onnx'));
const proofs = [
  { index: 4, label: 1, pixels: Uint8Array.of(0, 255), logits: Float32Array.of(0.1, -2) },
  { index: 9, label: 0, pixels: Uint8Array.of(7, 8), logits: Float32Array.of(3, 4) },
];
const taken = { step: 30, spec, bytes: Uint8Array.of(1, 2, 3), proofs };

const save = vi.fn();
/** @type {any} */
let address;
/** @type {any} */
let formats;
/** @type {TakeAway} */
let taking;

beforeEach(() => {
  vi.clearAllMocks();
  const ask = vi.fn(async () => ({ answer: taken, problem: null }));
  const lab = { ask, phase: 'paused', progress: { step: 30 }, spec };
  address = { lab, link: () => 'https://host/#v=1', takeReceipt: async () => ({ text: 'Convscope receipt 1' }) };
  formats = { ask: vi.fn(async () => Uint8Array.of(5, 6)) };
  taking = new TakeAway(address, formats, save);
});

test('download hands over the file of the network that was taken, with all that is said about it', async () => {
  await taking.take();
  await taking.download(onnx);
  const [name, { said, ...ask }] = formats.ask.mock.calls[0];
  expect(name).toBe('export');
  expect(ask).toMatchObject({ form: 'onnx', checkpoint: taken.bytes, link: 'https://host/#v=1' });
  expect([ask.pixels, ask.logits]).toEqual([Uint8Array.of(0, 255, 7, 8), Float32Array.of(0.1, -2, 3, 4)]);
  const words = JSON.parse(said);
  expect(words).toMatchObject({ version: 1, spec, classes: [...'0123456789'], receipt: 'Convscope receipt 1' });
  // Numbers of 32 bits in their shortest form: 0.1 and not 0.10000000149011612.
  expect(words.proof[0]).toEqual({ pixels: [0, 255], logits: [0.1, -2] });
  expect(save).toHaveBeenCalledWith(expect.any(Blob), 'convscope-two-convolutions-step-30.onnx');
  expect(taking.standings.onnx).toEqual({ making: false, size: 2, refusal: '' });
});

test('a network that is taken while training, or of another step than the receipt, has no receipt', async () => {
  for (const state of [{ phase: 'training' }, { phase: 'paused', progress: { step: 31 } }]) {
    Object.assign(address.lab, state);
    await taking.take();
    await taking.download(onnx);
    expect(JSON.parse(formats.ask.mock.lastCall[1].said).receipt).toBe('');
  }
});

test('a refusal is one sentence in the row of its form, and the others stay as they are', async () => {
  await taking.take();
  formats.ask.mockRejectedValue(new Error('A page for drawing needs one channel.'));
  await taking.download(onnx);
  expect(taking.standings.onnx).toMatchObject({
    making: false,
    size: null,
    refusal: 'A page for drawing needs one channel.',
  });
  expect(taking.standings.npz.refusal).toBe('');
  expect(save).not.toHaveBeenCalled();
});

test('what was made of an older network says nothing about a newer one', async () => {
  await taking.take();
  /** @type {(bytes: Uint8Array) => void} */
  let written = () => {};
  formats.ask.mockReturnValue(new Promise((resolve) => (written = resolve)));
  const download = taking.download(onnx);
  address.lab.progress = { step: 40 };
  expect(taking.isOld).toBe(true);
  address.lab.ask.mockResolvedValue({ answer: { ...taken, step: 40 }, problem: null });
  await taking.take();
  expect(taking.isOld).toBe(false);
  written(Uint8Array.of(1));
  await download;
  expect(save).toHaveBeenCalledWith(expect.any(Blob), 'convscope-two-convolutions-step-30.onnx');
  expect(taking.standings.onnx.size).toBe(null);
});

test('take says why there is no network', async () => {
  address.lab.ask.mockResolvedValue({ answer: null, problem: { message: 'The test images have not arrived yet.' } });
  await taking.take();
  expect([taking.network, taking.problem]).toEqual([null, 'The test images have not arrived yet.']);
  await taking.download(onnx);
  expect(formats.ask).not.toHaveBeenCalled();
});
