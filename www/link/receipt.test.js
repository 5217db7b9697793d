import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESETS } from '../model/presets.js';
import { compare, engineOf } from './outcome.js';
import { writeLink } from './link.js';
import { readReceipt, writeReceipt } from './receipt.js';
import { damaged, generator, randomSpec } from './testing/random.js';
import { Unreadable } from './unreadable.js';

const SPEC = /** @type {import('../model/presets.js').Preset} */ (PRESETS.find(({ id }) => id === 'codelab')).spec;
/** @type {import('./outcome.js').Outcome} */
const OUTCOME = {
  ...{ steps: 1719, weights: '0123456789abcdef', engine: '0.1.0', accuracy: 0.9781 },
  data: { algorithm: 'sha256', hex: 'ab'.repeat(32) },
};
const receipt = { spec: SPEC, outcome: OUTCOME };
const text = writeReceipt(receipt);

test('readReceipt reads a receipt from its text and from a link; its text is short', () => {
  expect(readReceipt(text)).toEqual(receipt);
  expect(text.length).toBeLessThan(300);
  expect(readReceipt(`look: https://host/page/#${writeLink({ ...receipt, digit: 4 })}`)).toEqual(receipt);
  const insecure = {
    ...OUTCOME,
    accuracy: null,
    data: { algorithm: /** @type {const} */ ('fnv1a64'), hex: '0'.repeat(16) },
  };
  expect(readReceipt(writeReceipt({ spec: SPEC, outcome: insecure })).outcome).toEqual(insecure);
  const hopeless = { ...OUTCOME, accuracy: 0 };
  expect(readReceipt(writeReceipt({ spec: SPEC, outcome: hopeless })).outcome).toEqual(hopeless);
});

test('readReceipt ignores indentation and text around a receipt', () => {
  const quotedText = text
    .split('\n')
    .map((line) => `> ${line} \r`)
    .join('\n');
  expect(readReceipt(`Here it is:\n\n${quotedText}\n>\nBye!`)).toEqual(receipt);
});

test('readReceipt reads the receipts that the native program is tested with', () => {
  const file = readFileSync(new URL('./testing/receipts.txt', import.meta.url), 'utf8');
  const receipts = file.trim().split(/\n\n+/);
  expect(receipts.length).toBeGreaterThan(2);
  for (const native of receipts) expect(writeReceipt(readReceipt(native))).toBe(native);
});

test.each([
  ['hello', 'It does not begin with “Convscope receipt”.'],
  [text.replace('receipt 1', 'receipt 3'), 'It has version “3”; this page reads version 1.'],
  [`${text}\nsteps: 1719`, 'Its line “steps: 1719” does not belong in a receipt.'],
  [`${text}\nexperiment: net=f,d10`, 'Its line “experiment: net=f,d10” does not belong in a receipt.'],
  [text.replace('engine: 0.1.0', 'engine: x.1.0'), 'Its “engine” is malformed.'],
  [text.replace('weights:', 'wights:'), 'Its line “wights: 0123456789abcdef” does not belong in a receipt.'],
  [text.replace(/\nweights.*/, ''), 'Its “weights” is missing.'],
  [text.replace('89abcdef', ''), 'Its “weights” is malformed.'],
  [text.replace('steps: 1719', 'steps: -1'), 'Its “steps” is malformed.'],
  [text.replace('0.9781', '97.81'), 'Its accuracy is not from 0 to 1.'],
  [text.replace(/net=/, 'evil=1&net='), 'It has an unknown field, “evil”.'],
  [
    `https://host/#${writeLink({ spec: SPEC })}`,
    'It has no fingerprint of weights: it is a link to an experiment, not a receipt.',
  ],
  ['x'.repeat(40_000), 'It is too long.'],
])('readReceipt refuses %.30s … with one sentence', (damagedText, sentence) => {
  expect(() => readReceipt(damagedText)).toThrow(new Unreadable(sentence));
});

test('readReceipt refuses randomly damaged text or returns a receipt', () => {
  const random = generator(11);
  for (let i = 0; i < 2_000; i += 1) {
    const broken = damaged(random, writeReceipt({ spec: randomSpec(random), outcome: OUTCOME }));
    try {
      const { spec, outcome } = readReceipt(broken);
      expect(readReceipt(writeReceipt({ spec, outcome }))).toEqual({ spec, outcome });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
}, 20_000);

test('compare confirms the same weights, and says what else differs or was not compared', () => {
  const confirmed = 'Confirmed: the weights are the same, bit for bit.';
  expect(compare({ ...OUTCOME, accuracy: null }, OUTCOME)).toEqual({ same: true, sentences: [confirmed] });
  const notCompared = 'The test accuracy in the receipt was not compared.';
  expect(compare(OUTCOME, OUTCOME)).toEqual({ same: true, sentences: [confirmed, notCompared] });
  const { same, sentences } = compare(OUTCOME, { ...OUTCOME, engine: '0.2.0' });
  expect([same, sentences[1]]).toEqual([true, 'The version differs: 0.2.0 here, 0.1.0 in the receipt.']);
});

test('compare does not confirm other weights, and says what differs', () => {
  const other = { ...OUTCOME, weights: 'f'.repeat(16) };
  expect(compare(OUTCOME, other).sentences).toEqual([
    'Not confirmed: the weights are ffffffffffffffff here and 0123456789abcdef in the receipt.',
    'Data and version are the same, so the receipt is from another run or was changed.',
  ]);
  const data = { algorithm: /** @type {const} */ ('sha256'), hex: '0'.repeat(64) };
  expect(compare(OUTCOME, { ...other, data }).sentences[1]).toBe('The data differ.');
  const fnv = { algorithm: /** @type {const} */ ('fnv1a64'), hex: '0'.repeat(16) };
  expect(compare(OUTCOME, { ...other, data: fnv }).sentences[1]).toMatch('cannot tell');
  expect(compare(OUTCOME, { ...other, steps: 5 }).sentences[0]).toMatch('has 5 steps');
  expect(compare(OUTCOME, { ...OUTCOME, steps: 5 }).same).toBe(false);
});

test('engineOf returns the version number alone', () => {
  expect(engineOf('0.1.0 simd128')).toBe('0.1.0');
});
