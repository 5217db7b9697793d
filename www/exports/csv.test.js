import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv.js';

describe('writeCsv', () => {
  it('ends every line in CR LF and separates cells by commas', () => {
    expect(
      writeCsv([
        ['step', 'loss (nats)'],
        [1, 2.5],
      ]),
    ).toBe('step,loss (nats)\r\n1,2.5\r\n');
  });

  it('writes the shortest decimals that mean the same number, without separators of thousands', () => {
    const [third, tiny] = new Float32Array([1 / 3, 1e-30]);
    expect(writeCsv([[third, tiny, 1234567, 0.1 + 0.2, -0.5]])).toBe(
      '0.33333334,1e-30,1234567,0.30000000000000004,-0.5\r\n',
    );
  });

  it('tells what was not measured from what is not a number', () => {
    expect(writeCsv([[null, undefined, NaN, Infinity, -Infinity, 0]])).toBe(',,NaN,Infinity,-Infinity,0\r\n');
  });

  it('quotes what would break a line or a cell', () => {
    expect(writeCsv([['a,b', 'say "no"', 'two\r\nlines', 'plain']])).toBe(
      '"a,b","say ""no""","two\r\nlines",plain\r\n',
    );
  });

  it('keeps a spreadsheet from computing a name', () => {
    expect(writeCsv([['=1+1', '+1', '-1', '@sum', '\tx', '="a"']])).toBe(`'=1+1,'+1,'-1,'@sum,'\tx,"'=""a"""\r\n`);
  });
});
