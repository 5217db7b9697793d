import { expect, it } from 'vitest';
import { evaluation } from '../../model/testing/record.js';
import { mostConfidentMistakes } from './mistakes.js';

const results = evaluation({
  predicted: new Uint8Array([1, 2, 3, 4, 5]),
  confidence: new Float32Array([0.5, 0.75, 0.25, 0.75, 1]),
});

it('mostConfidentMistakes leaves out what is right and what has no label', () => {
  expect(mostConfidentMistakes(results, [1, 0, 0, 0], 2)).toEqual([
    { index: 1, label: 0, predicted: 2, confidence: 0.75 },
    { index: 3, label: 0, predicted: 4, confidence: 0.75 },
  ]);
  expect(mostConfidentMistakes(results, [], 5)).toEqual([]);
});
