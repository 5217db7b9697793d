/**
 * A column: its heading, and its text in a row.
 * @template Row
 * @typedef {[string, (row: Row) => string]} Column
 */

/**
 * Text in columns: the first flush left, the others right.
 * @template Row
 * @param {readonly Row[]} rows
 * @param {Column<Row>[]} columns
 */
export function table(rows, columns) {
  const cells = columns.map(([head, cell]) => [head, ...rows.map(cell)]);
  const padded = cells.map((column, index) => {
    const width = Math.max(...column.map(({ length }) => length));
    return column.map((cell) => (index === 0 ? cell.padEnd(width) : cell.padStart(width)));
  });
  const lines = Array.from({ length: rows.length + 1 }, (_, line) => padded.map((column) => column[line]).join('  '));
  return lines.join('\n');
}
