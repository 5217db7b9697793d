/** Tables as CSV after RFC 4180: no comments, a comma whatever the language, and lines that end in CR LF. */

import { shortestDecimals } from '../lib/shortest-decimal.js';

/** An empty cell is a value that was not measured. @typedef {number | string | null | undefined} Cell */

/** A spreadsheet would compute a text that begins like this. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** @param {readonly (readonly Cell[])[]} rows the first has the names of the columns, with their units */
export const writeCsv = (rows) => rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

/** @param {Cell} cell */
function cellText(cell) {
  // The shortest decimals that mean the same 32 or 64 bits; a loss that is not a number is NaN.
  if (typeof cell === 'number') return String(shortestDecimals(cell));
  const text = cell ?? '';
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
