/**
 * What a core can do at most, as WebAssembly text: the innermost part of a product of matrices, written by
 * hand. A tile of C stays in registers, A and B in the first cache, and a multiply-add is `mul` and `add`,
 * as the engine's must be for its results to be the same everywhere.
 */

/**
 * Rows and vectors of four columns of each tile. Which one is fastest depends on how many registers the
 * browser's compiler keeps free.
 */
export const TILES = [
  { name: '4x8', rows: 4, vectors: 2 },
  { name: '5x8', rows: 5, vectors: 2 },
  { name: '3x12', rows: 3, vectors: 3 },
];

/** Where the matrices are. */
const B = 65_536;
const C = 131_072;

export const WAT = `(module
  (memory (export "memory") 3)
  ${TILES.map(product).join('\n')})`;

/**
 * C += A · B, `turns` times. A is laid out as [k][row], B as [k][column], and k is even: a turn of the inner loop
 * takes two.
 * @param {{ name: string, rows: number, vectors: number }} tile
 */
function product({ name, rows, vectors }) {
  const tile = numbers(rows).flatMap((row) => numbers(vectors).map((vector) => `$c${row}_${vector}`));
  const addresses = tile.map((local, index) => ({ local, offset: 16 * index }));
  return `(func (export "${name}") (param $turns i32) (param $k i32)
    (local $at_a i32) (local $at_b i32) (local $left i32) (local $a v128)
    ${lines(numbers(vectors), (vector) => `(local $b${vector} v128)`)}
    ${lines(tile, (local) => `(local ${local} v128)`)}
    (loop $turn
      (local.set $at_a (i32.const 0))
      (local.set $at_b (i32.const ${B}))
      (local.set $left (local.get $k))
      ${lines(addresses, ({ local, offset }) => `(local.set ${local} (v128.load offset=${offset} (i32.const ${C})))`)}
      (loop $inner
        ${lines([0, 1], (step) => multiplyAdds(rows, vectors, step))}
        (local.set $at_a (i32.add (local.get $at_a) (i32.const ${2 * 4 * rows})))
        (local.set $at_b (i32.add (local.get $at_b) (i32.const ${2 * 16 * vectors})))
        (br_if $inner (local.tee $left (i32.sub (local.get $left) (i32.const 2)))))
      ${lines(addresses, ({ local, offset }) => `(v128.store offset=${offset} (i32.const ${C}) (local.get ${local}))`)}
      (br_if $turn (local.tee $turns (i32.sub (local.get $turns) (i32.const 1))))))`;
}

/**
 * A column of A times a row of B.
 * @param {number} rows
 * @param {number} vectors
 * @param {number} step which of the two columns of this turn
 */
function multiplyAdds(rows, vectors, step) {
  const loadB = (/** @type {number} */ vector) =>
    `(local.set $b${vector} (v128.load offset=${16 * (step * vectors + vector)} (local.get $at_b)))`;
  const multiplyAdd = (/** @type {string} */ c, /** @type {number} */ vector) =>
    `(local.set ${c} (f32x4.add (local.get ${c}) (f32x4.mul (local.get $a) (local.get $b${vector}))))`;
  const row = (/** @type {number} */ row) => `
    (local.set $a (v128.load32_splat offset=${4 * (step * rows + row)} (local.get $at_a)))
    ${lines(numbers(vectors), (vector) => multiplyAdd(`$c${row}_${vector}`, vector))}`;
  return lines(numbers(vectors), loadB) + lines(numbers(rows), row);
}

/** @param {number} count @returns {number[]} from 0 */
function numbers(count) {
  return Array.from({ length: count }, (_, index) => index);
}

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} line
 */
function lines(items, line) {
  return items.map(line).join('\n');
}
