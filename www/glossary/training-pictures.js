/** Small pictures of how a network learns, how good it is, and what can go wrong. */

import { arrow, axes, bars, box, cells, curve, dot, frame, line, word } from './shapes.js';

/** @typedef {import('./shapes.js').Shape} Shape */

/** A valley, and steps into it. */
const VALLEY = line('M10 6C30 76 102 76 122 6', 'soft');

/** Boxes in a row, for layers. @param {number} y */
const layersAt = (y) => [8, 42, 76].map((x) => box(x, y, 22, 22, 'faint'));

/** The confusion matrix of a few classes. */
const MATRIX = ['b--w', '-b--', 'w-b-', '---b'];

/** Two curves, the second of which turns back. */
const TURNING = [
  axes(10, 58, 114, 52),
  curve('M12 8C30 46 60 52 122 54', 'soft'),
  curve('M12 10C34 44 56 42 70 38S104 26 122 16'),
];

/** @type {Record<string, Shape[]>} */
export const TRAINING_PICTURES = {
  falling: [axes(10, 58, 114, 52), curve('M12 8C28 46 50 50 122 54')],
  entropy: [axes(10, 58, 114, 52), curve('M16 4C22 36 50 50 120 57'), word(112, 50, 'p')],
  gradient: [VALLEY, line('M14 14L52 70', 'warm'), dot(33, 42, 4, 'warm'), arrow(33, 42, 44, 58, 'accent')],
  backward: [
    ...layersAt(22),
    dot(120, 33, 6, 'warm'),
    arrow(112, 33, 101, 33, 'warm'),
    arrow(74, 33, 66, 33, 'warm'),
    arrow(40, 33, 32, 33, 'warm'),
  ],
  chain: [
    ...[14, 66, 118].map((x, at) => word(x, 38, 'abc'.charAt(at), 'text')),
    arrow(22, 34, 56, 34),
    arrow(74, 34, 108, 34),
    word(39, 26, '× 2', 'accent'),
    word(91, 26, '× 3', 'accent'),
    word(66, 60, '× 6', 'warm'),
  ],
  check: [
    line('M10 52C60 52 90 30 122 8', 'soft'),
    line('M42 54L100 18', 'warm'),
    dot(50, 49, 4, 'accent'),
    dot(92, 23, 4, 'accent'),
    arrow(71, 60, 52, 60),
    arrow(71, 60, 90, 60),
  ],
  step: [VALLEY, dot(24, 32, 4, 'soft'), arrow(28, 34, 46, 50), dot(50, 53, 4, 'accent')],
  batch: [...cells(8, 14, 14, ['sss', 'sss', 'sss']), arrow(56, 33, 84, 33, 'accent'), word(106, 37, '1 step', 'text')],
  epoch: [
    ...[0, 1, 2, 3].map((at) => box(10 + 28 * at, 24, 24, 18, at < 3 ? 'accent' : 'faint')),
    arrow(10, 54, 118, 54),
    word(66, 16, 'all batches', 'text'),
  ],
  rate: [
    VALLEY,
    curve('M14 18L18 29L23 38L29 45', 'blue'),
    ...[
      [14, 18],
      [18, 29],
      [23, 38],
      [29, 45],
    ].map(([x = 0, y = 0]) => dot(x, y, 2.5, 'blue')),
    curve('M20 33L108 36L30 46L116 20', 'warm'),
  ],
  schedule: [axes(10, 58, 114, 52), curve('M12 12C60 12 70 54 122 55')],
  descent: [VALLEY, curve('M16 22L26 36L30 48L44 52L56 60L66 59'), dot(66, 59, 4, 'accent')],
  momentum: [
    line('M8 14L24 50L36 12L52 48L64 18L80 44', 'soft'),
    curve('M8 14C40 40 80 34 118 32'),
    dot(118, 32, 5, 'accent'),
  ],
  decay: [
    line('M66 8V58', 'soft'),
    word(66, 64, '0'),
    arrow(14, 24, 40, 24, 'accent'),
    arrow(118, 24, 92, 24, 'accent'),
  ],
  augmentation: [
    curve('M10 16H32L18 50', 'text'),
    curve('M52 20L73 14L67 50', 'accent'),
    curve('M92 22H116L112 54', 'accent'),
  ],
  bell: [line('M10 56H122', 'soft'), curve('M12 55C46 55 48 8 66 8S86 55 120 55')],
  flat: [line('M10 56H122', 'soft'), curve('M14 56H36V22H96V56H118')],
  norm: [line('M20 56H104M104 56V12', 'soft'), arrow(20, 56, 104, 12, 'accent')],
  split: [
    box(8, 22, 90, 20, 'soft'),
    box(99, 22, 8, 20, 'accent'),
    box(108, 22, 16, 20, 'text'),
    word(48, 56, '55,000'),
    word(103, 16, '5,000', 'accent'),
    word(109, 56, '10,000'),
  ],
};

/** @type {Record<string, Shape[]>} */
export const RESULT_PICTURES = {
  accuracy: Array.from({ length: 10 }, (_, at) =>
    dot(18 + 24 * (at % 5), at < 5 ? 21 : 45, 8, at === 7 ? 'warm' : 'blue'),
  ),
  calibration: [axes(30, 60, 74, 56), ...bars(34, 60, 14, [10, 24, 36, 50], 'accent'), line('M30 60L100 6', 'warm')],
  confusion: cells(36, 3, 15, MATRIX),
  precision: [...cells(36, 3, 15, MATRIX), frame(65.5, 1.5, 15, 61, 'text')],
  recall: [...cells(36, 3, 15, MATRIX), frame(34.5, 32.5, 61, 15, 'text')],
  histogram: [line('M10 60H122', 'soft'), ...bars(20, 60, 8, [4, 12, 28, 48, 52, 34, 18, 8, 3], 'accent')],
  scatter: [
    ...[
      [20, 18],
      [28, 26],
      [34, 14],
      [24, 34],
      [40, 24],
    ].map(([x = 0, y = 0]) => dot(x, y, 4, 'accent')),
    ...[
      [86, 44],
      [96, 52],
      [104, 40],
      [90, 30],
      [112, 50],
    ].map(([x = 0, y = 0]) => dot(x, y, 4, 'warm')),
  ],
  overfitting: TURNING,
  plateau: [axes(10, 58, 114, 52), curve('M12 8C22 26 26 28 40 28H84C98 28 100 50 122 54')],
  divergence: [axes(10, 58, 114, 52), curve('M12 40L30 44L44 36L58 46L72 28L84 44L100 4', 'warm')],
  vanishing: [...bars(18, 58, 20, [4, 10, 24, 48], 'accent'), arrow(118, 8, 18, 8)],
  exploding: [...bars(18, 58, 20, [46, 22, 10, 4], 'warm'), arrow(118, 8, 18, 8)],
  dead: [
    line('M66 4V62M10 46H122'),
    curve('M12 46H66L106 6', 'soft'),
    ...[18, 30, 40, 52].map((x) => dot(x, 46, 4, 'warm')),
  ],
  adversarial: [
    ...cells(4, 12, 7, ['.....', '.ttt.', '...t.', '..t..', '..t..', '.....']),
    word(44, 37, '+', 'text'),
    ...cells(49, 12, 7, ['-w--b', 'w-bw-', '-b--w', 'bw-b-', '--w-b', 'w-b--']),
    word(89, 37, '=', 'text'),
    ...cells(94, 12, 7, ['-...-', '.ttt.', '-..t-', '..t..', '.-t.-', '-....']),
  ],
  symmetry: [
    ...cells(12, 12, 14, ['bw.', 'bw.', 'b.w']),
    word(66, 37, '=', 'text'),
    ...cells(79, 12, 14, ['bw.', 'bw.', 'b.w']),
  ],
  fork: [curve('M10 44H118', 'soft'), curve('M50 44C66 44 60 18 80 18H118'), dot(50, 44, 4, 'accent')],
};
