import { expect, test } from 'vitest';
import { changeWords, decimalsFor, featureList, leadWords, signed, sumWords } from './words.js';

const names = { first: '9', second: '4' };

test('leadWords says who is ahead, and by how much more likely', () => {
  expect(leadWords({ difference: Math.log(49) }, names, { first: 7, second: 3.11 })).toBe(
    'The score of 9 is 7, that of 4 is 3.11. So 9 is 49 times as likely as 4.',
  );
  expect(leadWords({ difference: -1 }, names, { first: 1, second: 2 })).toContain('So 4 is 2.7 times as likely as 9.');
  expect(leadWords({ difference: 40 }, names, { first: 41, second: 1 })).toContain('over a million times');
  expect(leadWords({ difference: 0 }, names, { first: 1, second: 1 })).toContain('equally likely');
  expect(leadWords({ difference: NaN }, names, { first: NaN, second: 1 })).toContain('cannot be compared');
});

test('featureList counts from 1', () => {
  const shares = [2, 6, 11].map((channel) => ({ channel, amount: 1 }));
  expect(featureList(shares, 'map')).toBe('maps 3, 7 and 12');
  expect(featureList(shares.slice(0, 2), 'unit')).toBe('units 3 and 7');
  expect(featureList(shares.slice(0, 1), 'map')).toBe('map 3');
});

test('numbers of a sum have the decimals of the largest', () => {
  expect([12.3, 5, 0.5, 0.02, 1234, 0, NaN].map(decimalsFor)).toEqual([1, 2, 3, 4, 0, 2, 2]);
  expect([3.456, -3.456, 0.001, -0.001].map((value) => signed(value, 2))).toEqual(['+3.46', '−3.46', '0.00', '0.00']);
  expect(signed(NaN, 2)).toBe('–');
});

test('sumWords compares the sum with the scores of the network', () => {
  const scores = { first: 8.614, second: -6.831 };
  const account = { sum: 15.4451, difference: 15.4450001 };
  const words = 'Score of 9 − score of 4: 8.614 − (−6.831) = 15.45';
  expect(sumWords({ ...account, sum: 15.44501 }, names, scores, 2)).toBe(`${words}, the same as the sum of the bars.`);
  expect(sumWords({ ...account, sum: 15.6 }, names, scores, 2)).toBe(`${words}.`);
});

test('sumWords writes the scores with as many digits as their difference needs', () => {
  const scores = { first: 3.3251, second: 2.2338 };
  expect(sumWords({ sum: 1.0913, difference: 1.0913 }, names, scores, 2)).toContain('3.325 − 2.234 = 1.09,');
});

test('changeWords counts what is erased and what is added', () => {
  const image = Uint8Array.of(0, 255, 128, 0);
  const changed = (/** @type {number[]} */ pixels) => ({
    ...{ reached: true, pixels: Uint8Array.from(pixels), logits: new Float32Array() },
    changed: [...image.keys()].filter((index) => pixels[index] !== image[index]),
  });
  expect(changeWords(changed([0, 0, 0, 0]), image)).toBe('Erase 2 pixels');
  expect(changeWords(changed([255, 255, 128, 0]), image)).toBe('Add 1 pixel');
  expect(changeWords(changed([255, 0, 0, 0]), image)).toBe('Erase 2 pixels and add 1');
  expect(changeWords(changed([255, 0, 0, 0]), image, 3)).toBe('Make 2 pixels black and 1 pixel white');
});
