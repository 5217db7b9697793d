import { expect, test } from 'vitest';
import { aboutIn, manifestOf } from './manifest.js';

const MANIFEST = `convscope set 1
images 3 32 24
splits 800 100 120
normalization 0.4914 0.2470
class red fox
class 7 
`;

test('aboutIn reads the form, sizes, normalization and classes of a manifest', () => {
  expect(aboutIn(MANIFEST, 'Animals')).toEqual({
    title: 'Animals',
    classes: ['red fox', '7 '],
    form: { channels: 3, rows: 32, columns: 24 },
    sizes: { training: 800, validation: 100, test: 120 },
    normalization: { mean: 0.4914, deviation: 0.247 },
  });
});

test('manifestOf writes the same text again, byte for byte', () => {
  expect(manifestOf(aboutIn(MANIFEST, 'Animals'))).toBe(MANIFEST);
});

test('aboutIn refuses any other text', () => {
  for (const text of ['', 'convscope set 2\n', MANIFEST.slice(0, -1), MANIFEST.replace('0.4914', '.4914')]) {
    expect(() => aboutIn(text, '')).toThrow('manifest');
  }
});
