import { expect, test } from 'vitest';
import { bytesInWords } from './size.js';

test('bytesInWords writes what people compare', () => {
  expect([1, 1_499, 86_400, 999_999, 1_000_000, 4_240_000, 5_368_709_120].map(bytesInWords)).toEqual([
    '1 KB',
    '1 KB',
    '86 KB',
    '1000 KB',
    '1.0 MB',
    '4.2 MB',
    '5.4 GB',
  ]);
});
