import { expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { follow, problemOfEnd, totals } from './shapes.js';

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */

const { input, layers } = DEFAULT_PRESET.spec;

test('follow returns the shapes that the engine returns', () => {
  const outcomes = follow(input, layers);
  expect(outcomes.map(({ shape }) => shape.join('×'))).toEqual([
    '8×24×24',
    '8×24×24',
    '8×12×12',
    '16×8×8',
    '16×8×8',
    '16×4×4',
    '256',
    '10',
  ]);
  expect(outcomes.map(({ parameters }) => parameters)).toEqual([208, 0, 0, 3216, 0, 0, 0, 2570]);
  expect(totals(outcomes)).toEqual({ parameters: 5994, multiplyAdds: 322_560 });
});

test('follow: after a window that does not fit, what is known is kept', () => {
  const broken = layers.map((layer, index) =>
    index === 3 ? /** @type {LayerSpec} */ ({ ...layer, kernel_size: [20, 2] }) : layer,
  );
  const outcomes = follow(input, broken);
  expect(outcomes[2]?.shape).toEqual([8, 12, 12]);
  expect(outcomes[3]).toEqual({ shape: [16, null, null], parameters: 16 * (8 * 40 + 1), multiplyAdds: null });
  expect(outcomes[5]?.shape).toEqual([16, null, null]);
  expect(outcomes[6]?.shape).toEqual([null]);
  expect(outcomes[7]).toEqual({ shape: [10], parameters: null, multiplyAdds: null });
  expect(totals(outcomes)).toEqual({ parameters: null, multiplyAdds: null });
});

test('follow has no sizes for layers that cannot use their input', () => {
  const conv = /** @type {LayerSpec} */ (layers[0]);
  const dense = /** @type {LayerSpec} */ ({ type: 'dense', units: 5 });
  expect(follow(input, [dense])[0]).toEqual({ shape: [5], parameters: null, multiplyAdds: null });
  expect(follow(input, [dense, conv])[1]).toEqual({
    shape: [8, null, null],
    parameters: null,
    multiplyAdds: null,
  });
});

test('follow rounds strides down, counts padding on both sides, and treats height and width separately', () => {
  /** @type {LayerSpec} */
  const odd = { type: 'max_pool2d', kernel_size: [3, 7], stride: [2, 3], padding: [1, 2] };
  expect(follow(input, [odd])[0]?.shape).toEqual([1, 14, 9]);
});

const digits = { kind: 'digit', long: Array.from({ length: 10 }, (_, digit) => String(digit)) };

test('problemOfEnd: a network ends in a number for each class', () => {
  for (const { spec } of PRESETS) expect(problemOfEnd(follow(spec.input, spec.layers), digits)).toBeNull();
  expect(problemOfEnd([], digits)).toContain('10 outputs');
  expect(problemOfEnd(follow(input, layers.slice(0, 3)), digits)).toContain('got feature maps');
  expect(problemOfEnd(follow(input, layers.slice(0, 7)), digits)).toContain('got 256');
  const two = { kind: 'class', long: ['cat', 'dog'] };
  expect(problemOfEnd(follow(input, [{ type: 'flatten' }, { type: 'dense', units: 2 }]), two)).toBeNull();
  expect(problemOfEnd(follow(input, layers), two)).toBe('Expected 2 numbers, one for each class; got 10.');
});
