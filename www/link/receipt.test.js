import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESETS } from '../model/presets.js';
import { engineOf, judge } from './claim.js';
import { writeLink } from './link.js';
import { readReceipt, writeReceipt } from './receipt.js';
import { damaged, generator, randomSpec } from './testing/random.js';
import { Unreadable } from './unreadable.js';

const SPEC = /** @type {import('../model/presets.js').Preset} */ (PRESETS.find(({ id }) => id === 'codelab')).spec;
/** @type {import('./claim.js').Claim} */
const CLAIM = {
  ...{ steps: 1719, weights: '0123456789abcdef', engine: '0.1.0', accuracy: 0.9781 },
  data: { algorithm: 'sha256', hex: 'ab'.repeat(32) },
};
const receipt = { spec: SPEC, claim: CLAIM };
const text = writeReceipt(receipt);

test('a receipt comes back from its text and from a link, and is short', () => {
  expect(readReceipt(text)).toEqual(receipt);
  expect(text.length).toBeLessThan(300);
  expect(readReceipt(`look: https://host/page/#${writeLink({ ...receipt, digit: 4 })}`)).toEqual(receipt);
  const insecure = {
    ...CLAIM,
    accuracy: null,
    data: { algorithm: /** @type {const} */ ('fnv1a64'), hex: '0'.repeat(16) },
  };
  expect(readReceipt(writeReceipt({ spec: SPEC, claim: insecure })).claim).toEqual(insecure);
  const hopeless = { ...CLAIM, accuracy: 0 };
  expect(readReceipt(writeReceipt({ spec: SPEC, claim: hopeless })).claim).toEqual(hopeless);
});

test('mails and chats may indent it and write around it', () => {
  const quotedText = text
    .split('\n')
    .map((line) => `> ${line} \r`)
    .join('\n');
  expect(readReceipt(`Here it is:\n\n${quotedText}\n>\nBye!`)).toEqual(receipt);
});

test('the receipts that the native example is tested with are read', () => {
  const file = readFileSync(new URL('./testing/receipts.txt', import.meta.url), 'utf8');
  const receipts = file.trim().split(/\n\n+/);
  expect(receipts.length).toBeGreaterThan(2);
  for (const native of receipts) expect(writeReceipt(readReceipt(native))).toBe(native);
});

test.each([
  ['hello', 'It does not begin with “Convscope receipt”.'],
  [text.replace('receipt 1', 'receipt 3'), 'It is of version “3”, and this page reads version 1.'],
  [`${text}\nsteps: 1719`, 'Its line “steps: 1719” is not of a receipt.'],
  [`${text}\nexperiment: net=f,d10`, 'Its line “experiment: net=f,d10” is not of a receipt.'],
  [text.replace('engine: 0.1.0', 'engine: x.1.0'), 'Its “engine” is not of the form it should have.'],
  [text.replace('weights:', 'wights:'), 'Its line “wights: 0123456789abcdef” is not of a receipt.'],
  [text.replace(/\nweights.*/, ''), 'Its “weights” is missing.'],
  [text.replace('89abcdef', ''), 'Its “weights” is not of the form it should have.'],
  [text.replace('steps: 1719', 'steps: -1'), 'Its “steps” is not of the form it should have.'],
  [text.replace('0.9781', '97.81'), 'Its accuracy is not from 0 to 1.'],
  [text.replace(/net=/, 'evil=1&net='), 'It has a field “evil”, which is not known.'],
  [
    `https://host/#${writeLink({ spec: SPEC })}`,
    'It has no fingerprint of weights: it is a link to an experiment, not a receipt.',
  ],
  ['x'.repeat(40_000), 'It is too long.'],
])('%.30s … is refused with one sentence', (damagedText, sentence) => {
  expect(() => readReceipt(damagedText)).toThrow(new Unreadable(sentence));
});

test('random damage is refused or gives a receipt', () => {
  const random = generator(11);
  for (let i = 0; i < 2_000; i += 1) {
    const broken = damaged(random, writeReceipt({ spec: randomSpec(random), claim: CLAIM }));
    try {
      const { spec, claim } = readReceipt(broken);
      expect(readReceipt(writeReceipt({ spec, claim }))).toEqual({ spec, claim });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
}, 20_000);

test('the same weights are a confirmation, whatever else differs is said', () => {
  expect(judge(CLAIM, CLAIM)).toEqual({ same: true, sentences: ['Confirmed: the weights are the same, bit for bit.'] });
  const { same, sentences } = judge(CLAIM, { ...CLAIM, engine: '0.2.0' });
  expect([same, sentences[1]]).toEqual([true, 'The version differs: 0.2.0 here, 0.1.0 in the receipt.']);
});

test('other weights are told, with what differs', () => {
  const other = { ...CLAIM, weights: 'f'.repeat(16) };
  expect(judge(CLAIM, other).sentences).toEqual([
    'Not confirmed: the weights are ffffffffffffffff here and 0123456789abcdef in the receipt.',
    'Data and version are the same, so the receipt is of another run, or was changed.',
  ]);
  const data = { algorithm: /** @type {const} */ ('sha256'), hex: '0'.repeat(64) };
  expect(judge(CLAIM, { ...other, data }).sentences[1]).toBe('The data differ.');
  const fnv = { algorithm: /** @type {const} */ ('fnv1a64'), hex: '0'.repeat(16) };
  expect(judge(CLAIM, { ...other, data: fnv }).sentences[1]).toMatch('is unknown');
  expect(judge(CLAIM, { ...other, steps: 5 }).sentences[0]).toMatch('ends after 5 steps');
  expect(judge(CLAIM, { ...CLAIM, steps: 5 }).same).toBe(false);
});

test('of the version only the number counts', () => {
  expect(engineOf('0.1.0 simd128')).toBe('0.1.0');
});
