import { expect, test } from 'vitest';
import { count, epochWords, onLayer, shapeWords } from './words.js';

test('onLayer separates the sentence from the advice, and does not name the layer again', () => {
  expect(
    onLayer('Layer 3 (conv2d): a window of 9×9 does not fit into maps of 4×4 (padding included). Pool less.'),
  ).toEqual({ sentence: 'A window of 9×9 does not fit into maps of 4×4 (padding included).', advice: 'Pool less.' });
  expect(onLayer('Layer 12 (dense) expects a row of numbers; got 8 maps of 4×4.').sentence).toBe(
    'Expects a row of numbers; got 8 maps of 4×4.',
  );
  expect(onLayer('Layer 1 (dropout): rate must be from 0 to 0.99; got 1.5.')).toEqual({
    sentence: 'Rate must be from 0 to 0.99; got 1.5.',
    advice: '',
  });
  expect(onLayer('Up to layer 3 the network has 9 weights.').sentence).toBe('Up to here the network has 9 weights.');
  expect(onLayer('The last layer must give one number.').sentence).toBe('The last layer must give one number.');
});

test('shapeWords marks sizes that are not known as such', () => {
  expect(shapeWords([16, null, null])).toBe('16×?×?');
  expect(count(null)).toBe('–');
  expect(count(12345)).toBe('12,345');
});

test('epochWords: an epoch of the draft beside one of the running network', () => {
  expect(epochWords(null, true)).toBe('not known yet');
  expect(epochWords({ now: 5.04, then: 5.04 }, false)).toBe('about 5 s');
  expect(epochWords({ now: 5.04, then: 9.12 }, true)).toBe('about 9.1 s, now 5 s');
  expect(epochWords({ now: 5, then: 75 }, true)).toBe('about 1 min 15 s, now 5 s');
  expect(epochWords({ now: 5, then: null }, true)).toBe('now 5 s');
});
