/** Small pictures of what a network is made of. */

import { arrow, bars, box, cells, curve, dot, frame, line, word } from './shapes.js';

/** @typedef {import('./shapes.js').Shape} Shape */

/** A stroke of a digit, as ink on paper. */
const IMAGE = ['......', '.sts..', '...t..', '..ts..', '.t....', '.ttts.'];

/** Every unit of one row with every unit of the next. @param {number[]} from @param {number[]} to */
const wires = (from, to) => from.flatMap((y) => to.map((end) => line(`M30 ${y}L102 ${end}`)));

/** @param {number} x @param {number[]} ys @param {import('./shapes.js').Colour} colour */
const column = (x, ys, colour) => ys.map((y) => dot(x, y, 5, colour));

/** Three maps behind one another. @param {number} x */
const sheets = (x) =>
  [12, 6, 0].flatMap((by) => [box(x + by, 4 + by, 40, 40, 'faint'), frame(x + by, 4 + by, 40, 40, 'soft')]);

/** @type {Record<string, Shape[]>} */
export const NETWORK_PICTURES = {
  layers: [
    ...[6, 38, 70].flatMap((x, index) => [
      box(x, 8 + 5 * index, 22, 50 - 10 * index, index === 1 ? 'accent' : 'faint'),
    ]),
    ...column(110, [20, 33, 46], 'soft'),
    arrow(29, 33, 36, 33),
    arrow(61, 33, 68, 33),
    arrow(93, 33, 102, 33),
  ],
  convolution: [
    ...cells(4, 3, 10, IMAGE),
    frame(13, 12, 30, 30),
    line('M43 12L92 32M43 42L92 42', 'accent'),
    ...cells(82, 12, 10, ['----', '-a--', '----', '----']),
  ],
  filter: [...cells(34, 3, 20, ['bw.', 'bw.', 'b.w']), frame(33, 2, 61, 61, 'text')],
  kernel: [...cells(36, 3, 10, IMAGE), frame(45, 12, 30, 30), word(60, 60, '3 × 3', 'text')],
  stride: [
    ...cells(26, 6, 10, ['--------', '--------', '--------']),
    frame(26, 6, 29, 29),
    frame(46, 6, 29, 29, 'warm'),
    arrow(30, 48, 50, 48, 'text'),
    word(84, 52, 'stride 2', 'text'),
  ],
  padding: [...cells(34, 1, 10, ['......', '.----.', '.----.', '.----.', '.----.', '......']), frame(34, 1, 29, 29)],
  map: [...cells(8, 3, 10, IMAGE), arrow(70, 33, 78, 33), ...cells(82, 12, 10, ['-ss-', '--a-', '-a--', 'aaas'])],
  channels: sheets(34),
  field: [
    ...cells(6, 3, 10, IMAGE),
    frame(15, 12, 40, 40),
    line('M55 12L112 29M55 52L112 37', 'accent'),
    box(112, 29, 9, 9, 'accent'),
  ],
  curves: [line('M66 4V62M10 40H122'), curve('M12 40H66L102 6'), curve('M12 56C60 56 60 24 120 24', 'warm')],
  relu: [line('M66 4V62M10 46H122'), curve('M12 46H66L106 6')],
  pool: [
    ...cells(10, 9, 24, ['--', '-a']),
    ...[1, 0, 2, 8].map((value, at) =>
      word(21 + 24 * (at % 2), 25 + 24 * Math.floor(at / 2), String(value), at === 3 ? 'paper' : 'text'),
    ),
    arrow(66, 33, 82, 33),
    ...cells(92, 21, 24, ['a']),
    word(103, 37, '8', 'paper'),
  ],
  mean: [
    ...cells(10, 9, 24, ['--', '--']),
    ...[1, 0, 3, 8].map((value, at) => word(21 + 24 * (at % 2), 25 + 24 * Math.floor(at / 2), String(value), 'text')),
    arrow(66, 33, 82, 33),
    ...cells(92, 21, 24, ['a']),
    word(103, 37, '3', 'paper'),
  ],
  flatten: [...cells(2, 18, 10, ['abw', 'abw', 'abw']), arrow(36, 32, 44, 32), ...cells(48, 28, 9, ['abwabwabw'])],
  dense: [
    ...wires([9, 25, 41, 57], [17, 33, 49]),
    ...column(30, [9, 25, 41, 57], 'soft'),
    ...column(102, [17, 33, 49], 'accent'),
  ],
  unit: [
    ...[9, 25, 41, 57].map((y) => line(`M30 ${y}L92 33`, 'accent')),
    ...column(30, [9, 25, 41, 57], 'soft'),
    dot(96, 33, 12, 'accent'),
    word(96, 37, 'Σ', 'paper'),
  ],
  dropout: [
    ...wires([9, 57], [17, 33, 49]),
    ...column(30, [9, 57], 'soft'),
    ...column(102, [17, 33, 49], 'accent'),
    ...[25, 41].map((y) => curve(`M26 ${y - 4}L34 ${y + 4}M34 ${y - 4}L26 ${y + 4}`, 'warm')),
  ],
  logits: [
    line('M10 40H122', 'soft'),
    ...bars(18, 40, 12, [10, 4, 30, 2, 16], 'accent'),
    ...bars(88, 60, 12, [20, 20], 'warm'),
  ],
  softmax: [
    ...[12, 4, 36, 8].map((width, at) => box(10, 6 + 14 * at, width, 10, 'soft')),
    arrow(56, 33, 66, 33),
    ...[4, 2, 38, 3].map((width, at) => box(74, 6 + 14 * at, width, 10, 'accent')),
  ],
};
