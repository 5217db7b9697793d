import { describe, expect, test } from 'vitest';
import { number } from '../lib/format.js';
import { updateOf } from './optimizer.js';

/** The weight after updates with the gradients 0.5, −0.25 and 0.5, from 1. @param {import('../model/spec.js').Optimizer} optimizer */
function afterThreeUpdates(optimizer) {
  let before = { value: 1, first: 0, second: 0 };
  [0.5, -0.25, 0.5].forEach((gradient, index) => {
    before = updateOf(optimizer, { gradient, learningRate: 0.1, updates: index + 1, before }).after;
  });
  return before.value;
}

/** @param {number} momentum @param {boolean} nesterov @param {number} weight_decay */
const sgd = (momentum, nesterov, weight_decay) =>
  /** @type {const} */ ({ type: 'sgd', learning_rate: 0.1, momentum, nesterov, weight_decay });

/** @param {'adam' | 'adamw'} type @param {number} weight_decay */
const adam = (type, weight_decay) =>
  /** @type {import('../model/spec.js').Optimizer} */ ({
    ...{ type, learning_rate: 0.1, betas: [0.8, 0.9], epsilon: 1e-8, weight_decay },
  });

/** @param {number} coupled @param {number} decoupled */
function adamByHand(coupled, decoupled) {
  let [w, m, v] = [1, 0, 0];
  [0.5, -0.25, 0.5].forEach((gradient, index) => {
    w *= 1 - 0.1 * decoupled;
    const d = gradient + coupled * w;
    m = 0.8 * m + 0.2 * d;
    v = 0.9 * v + 0.1 * d * d;
    w -= (0.1 * (m / (1 - 0.8 ** (index + 1)))) / (Math.sqrt(v / (1 - 0.9 ** (index + 1))) + 1e-8);
  });
  return w;
}

describe('the rule of each optimizer', () => {
  test('SGD: plain, with momentum, Nesterov and weight decay', () => {
    expect(afterThreeUpdates(sgd(0, false, 0))).toBeCloseTo(1 - 0.1 * 0.75, 6);
    expect(afterThreeUpdates(sgd(0.9, false, 0))).toBeCloseTo(1 - 0.1 * (0.5 + 0.2 + 0.68), 6);
    expect(afterThreeUpdates(sgd(0.9, true, 0))).toBeCloseTo(1 - 0.1 * (0.95 - 0.07 + 1.112), 6);
    const decayed = [0.5, -0.25, 0.5].reduce((w, d) => w - 0.1 * (d + 0.1 * w), 1);
    expect(afterThreeUpdates(sgd(0, false, 0.1))).toBeCloseTo(decayed, 6);
  });

  test('Adam adds weight decay to the gradient, AdamW shrinks the weight', () => {
    expect(afterThreeUpdates(adam('adam', 0))).toBeCloseTo(adamByHand(0, 0), 6);
    expect(afterThreeUpdates(adam('adam', 0.3))).toBeCloseTo(adamByHand(0.3, 0), 6);
    expect(afterThreeUpdates(adam('adamw', 0.3))).toBeCloseTo(adamByHand(0, 0.3), 6);
  });
});

const given = { gradient: 0.5, learningRate: 0.1, updates: 2, before: { value: 1, first: -0.25, second: 0.01 } };

test('updateOf lists only the lines that do something', () => {
  const reported = (/** @type {import('../model/spec.js').Optimizer} */ rule) =>
    updateOf(rule, given).lines.map((line) => line.rule);
  expect(reported(sgd(0, false, 0))).toEqual(['step = −η · gradient', 'w = w + step']);
  expect(reported(sgd(0, false, 0.1))).toEqual(['d = gradient + λ · w', 'step = −η · d', 'w = w + step']);
  expect(reported(sgd(0.9, false, 0))).toEqual(['m = μ · m + d', 'step = −η · m', 'w = w + step']);
  expect(reported(sgd(0.9, true, 0.1))).toHaveLength(5);
  expect(reported(adam('adam', 0))).toHaveLength(6);
  expect(reported(adam('adam', 0.1))[0]).toBe('d = gradient + λ · w');
  expect(reported(adam('adamw', 0.1))[0]).toBe('w = w · (1 − η · λ)');
});

test.each(
  /** @type {[string, import('../model/spec.js').Optimizer, [rule: string, numbers: string, value: number][]][]} */ ([
    [
      'SGD',
      sgd(0.9, true, 0.1),
      [
        ['d = gradient + λ · w', '0.5 + 0.1 · 1', 0.6],
        ['m = μ · m + d', '0.9 · (−0.25) + 0.6', 0.375],
        ['s = d + μ · m', '0.6 + 0.9 · 0.375', 0.9375],
        ['step = −η · s', '−0.1 · 0.9375', -0.09375],
        ['w = w + step', '1 − 0.09375', 0.90625],
      ],
    ],
    [
      'AdamW',
      adam('adamw', 0.1),
      [
        ['w = w · (1 − η · λ)', '1 · (1 − 0.1 · 0.1)', 0.99],
        ['m = β₁ · m + (1 − β₁) · d', '0.8 · (−0.25) + 0.2 · 0.5', -0.1],
        ['v = β₂ · v + (1 − β₂) · d²', '0.9 · 0.01 + 0.1 · 0.5²', 0.034],
        ['m̂ = m / (1 − β₁ᵗ)', '(−0.1) / (1 − 0.8^2)', -0.277778],
        ['v̂ = v / (1 − β₂ᵗ)', '0.034 / (1 − 0.9^2)', 0.178947],
        ['step = −η · m̂ / (√v̂ + ε)', '−0.1 · (−0.277778) / (0.423022 + 1e−8)', 0.065665],
        ['w = w + step', '0.99 + 0.065665', 1.055665],
      ],
    ],
  ]),
)('each line of %s holds the numbers its rule names', (_, rule, lines) => {
  const reported = updateOf(rule, given).lines.map(({ rule, numbers, value }) => [rule, numbers, value]);
  expect(reported).toEqual(lines.map(([rule, numbers, value]) => [rule, numbers, expect.closeTo(value, 5)]));
});

/** The result of computing with the printed numbers. @param {string} numbers */
function computed(numbers) {
  const written = numbers
    .replaceAll('−', '-')
    .replaceAll('·', '*')
    .replaceAll('^', '**')
    .replaceAll(/(\([^()]*\)|[\d.e-]+)²/g, '($1)**2');
  return /** @type {number} */ (new Function(`return ${written}`)());
}

test('updateOf: computing with the printed numbers yields the printed result', () => {
  const size = (/** @type {number} */ seed) => Math.sin(seed * 12.9898) * 10 ** (3 * Math.cos(seed * 78.233) - 3);
  let full = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const rules = [sgd(0, false, 0), sgd(0.9, seed % 2 === 0, 1e-4), adam('adam', 0), adam('adamw', 0.01)];
    const rule = { ...rules[seed % 4], ...(seed % 8 > 5 ? { betas: [0.9, 0.999], epsilon: 1e-8 } : {}) };
    const before = { value: 100 * size(seed), first: size(seed + 0.1), second: size(seed + 0.2) ** 2 };
    const given = { gradient: size(seed + 0.3), learningRate: 0.02, updates: 1 + (seed % 5), before };
    const { lines } = updateOf(/** @type {import('../model/spec.js').Optimizer} */ (rule), given);
    for (const { rule, numbers, result, value } of lines) {
      const digits = [1, 2, 3, 4, 5, 6, 7].find((digits) => number(value, digits) === result) ?? 0;
      expect([seed, rule, numbers, number(computed(numbers), digits)]).toEqual([seed, rule, numbers, result]);
      if (digits >= 4) full += 1 / lines.length;
    }
    const [step, weight] = lines.slice(-2);
    expect(weight?.numbers.split(' ').at(-1)).toBe(step?.result.replace(/^−/, ''));
  }
  expect(full).toBeGreaterThan(0.9 * 400);
});

test('updateOf prints the step alike in both places, and 1 − 0.999 as 0.001', () => {
  // 1.5 + 0.00027829 lies between two numbers of 32 bits: what was added in the end is 0.00027823.
  const sgdLines = updateOf(sgd(0, false, 0), {
    ...{ gradient: -0.0139145, learningRate: 0.02, updates: 1 },
    before: { value: 1.5, first: 0, second: 0 },
  }).lines;
  expect(sgdLines.map(({ numbers, result }) => `${numbers} = ${result}`)).toEqual([
    '−0.02 · (−0.0139145) = 2.7829e−4',
    '1.5 + 2.7829e−4 = 1.500278',
  ]);
  const usual = { ...adam('adam', 0), betas: [0.9, 0.999] };
  const square = updateOf(/** @type {import('../model/spec.js').Optimizer} */ (usual), given).lines[1];
  expect(square?.numbers).toBe('0.999 · 0.01 + 0.001 · 0.5²');
});

test('updateOf counts updates in words', () => {
  const meaning = (/** @type {number} */ updates) => updateOf(adam('adam', 0), { ...given, updates }).lines[2]?.meaning;
  expect([1, 2].map(meaning)).toEqual([
    'corrected for its start at 0, after 1 update',
    'corrected for its start at 0, after 2 updates',
  ]);
});
