import { expect, test } from 'vitest';
import { isCorrect, lossOf, passOf, Tally } from './lives.js';

test('passOf: keeps a loss within a sixteenth, and whether the image was classified correctly', () => {
  for (let loss = 0.0005; loss < 15.9; loss *= 1.03) {
    for (const sign of [1, -1]) {
      const pass = passOf(sign * loss);
      expect(isCorrect(pass)).toBe(sign === 1);
      expect(Math.abs(lossOf(pass) / loss - 1)).toBeLessThan(1 / 16 + 1e-6);
    }
  }
});

test('passOf: losses beyond the scale are at its ends, and none is taken for no pass', () => {
  expect(passOf(-0)).toBe(1);
  expect(passOf(0)).toBe(128 + 1);
  expect(passOf(1e-9)).toBe(128 + 1);
  expect(passOf(-1e9)).toBe(127);
  expect(lossOf(passOf(-1e9))).toBeCloseTo(15.5);
  expect(passOf(-Infinity)).toBe(127);
});

test('passOf: a larger loss is never a lower level', () => {
  const passes = Array.from({ length: 500 }, (_, place) => passOf(-(1.03 ** (place - 300))));
  expect(passes).toEqual(passes.toSorted((a, b) => a - b));
});

/** By hand: three images in four epochs; `+` correct, `-` not, a blank for no pass. */
const [RIGHT, WRONG] = [passOf(0.1), passOf(-2)];
const PASS = { '+': RIGHT, '-': WRONG, ' ': 0 };

/** @param {string[]} epochs */
function tallyOf(epochs) {
  const tally = new Tally(Number(epochs[0]?.length));
  const passes = (/** @type {string} */ epoch) =>
    Uint8Array.from(epoch, (sign) => PASS[/** @type {keyof typeof PASS} */ (sign)]);
  epochs.forEach((epoch, index) => tally.add(passes(epoch), index + 1));
  return tally;
}

test('Tally: the epoch in which an image was learned, how often it was forgotten, and its last pass', () => {
  // The columns are images: forgotten twice; never learned; learned late; not passed in the last epoch; forgotten across a gap.
  const tally = tallyOf(['+--++', '---+ ', '+-++-', '--+ +']);
  expect([...tally.learned]).toEqual([1, 0, 3, 1, 1]);
  expect([...tally.forgotten]).toEqual([2, 0, 0, 0, 1]);
  expect([...tally.passes]).toEqual([4, 4, 4, 3, 3]);
  expect([...tally.last]).toEqual([WRONG, WRONG, RIGHT, RIGHT, RIGHT]);
});

test('Tally: the mean loss is of the passes of an image, but for the first where there are more', () => {
  const { meanLoss, epochLoss } = tallyOf(['+ ', '--', '+ ']);
  expect(epochLoss.map((loss) => loss.toFixed(3))).toEqual(
    [RIGHT, WRONG, RIGHT].map((pass) => lossOf(pass).toFixed(3)),
  );
  expect(meanLoss[0]).toBeCloseTo((lossOf(WRONG) + lossOf(RIGHT)) / 2);
  expect(meanLoss[1]).toBeCloseTo(lossOf(WRONG));
});
