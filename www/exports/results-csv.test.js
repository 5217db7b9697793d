import { describe, expect, it } from 'vitest';
import { evaluation } from '../model/testing/record.js';
import { classesCsv, confusionCsv } from './results-csv.js';

const results = {
  ...evaluation({ accuracy: 0.75, images: 8, classes: 2, confusion: new Uint32Array([3, 1, 1, 3]) }),
  perClass: [
    { precision: 0.75, recall: 0.75, f1: 0.75, support: 4 },
    { precision: null, recall: 0, f1: null, support: 4 },
  ],
  macro: { precision: 0.375, recall: 0.375, f1: 0.375 },
};

describe('confusionCsv', () => {
  it('has the actual class down and the predicted one across', () => {
    expect(confusionCsv(results, ['cat', 'dog'])).toBe(
      'actual \\ predicted (images),cat,dog\r\ncat,3,1\r\ndog,1,3\r\n',
    );
  });

  it('keeps hostile names in their cells, and counts classes without a name', () => {
    expect(confusionCsv(results, ['=a,"b"\n'])).toBe(
      'actual \\ predicted (images),"\'=a,""b""\n",1\r\n"\'=a,""b""\n",3,1\r\n1,1,3\r\n',
    );
  });
});

it('classesCsv leaves empty what would divide by zero, and ends with the averages', () => {
  expect(classesCsv(results, ['cat', 'dog'], 'class')).toBe(
    'class,precision (0 to 1),recall (0 to 1),F1 (0 to 1),support (images)\r\n' +
      'cat,0.75,0.75,0.75,4\r\ndog,,0,,4\r\nmacro average,0.375,0.375,0.375,8\r\n',
  );
});
