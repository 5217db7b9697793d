import { expect, test } from 'vitest';
import { slopeAgreement, verdictOf } from './gradient-verdict.js';

const NUDGES = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001];
const ROUNDING = 1e-6;

/**
 * As the engine measures, each loss rounded.
 * @param {(by: number) => number} loss of what is added to the weight
 * @param {number} analytic
 * @param {number} [rounding]
 */
function check(loss, analytic, rounding = ROUNDING) {
  const rounded = (/** @type {number} */ by) => Math.round(loss(by) / rounding) * rounding;
  const measured = NUDGES.map((nudge) => {
    const [up, down] = [rounded(nudge), rounded(-nudge)];
    return { nudge, up, down, slope: (up - down) / (2 * nudge) };
  });
  return verdictOf({ analytic, measured, rounding, loss: loss(0) });
}

test('a right gradient is called right, with the number of digits that agree', () => {
  expect(check((by) => 2 + Math.exp(by), 1)).toEqual({
    is: 'right',
    sentence: 'Right: the measured slope agrees to 4 digits at the best nudge, ±0.01.',
    nudge: 0.01,
  });
  expect(check((by) => 2 + 0.005 * Math.exp(by), 0.005).is).toBe('right');
});

test('the verdict counts the digits that its row of the table shows', () => {
  const analytic = 0.00123;
  const measured = NUDGES.map((nudge) => ({
    nudge,
    up: 0,
    down: 0,
    slope: analytic * (1 + nudge ** 2) + 1e-8 / nudge,
  }));
  const verdict = verdictOf({ analytic, measured, rounding: 1e-7, loss: 2 });
  const row = measured.find(({ nudge }) => nudge === verdict.nudge);
  expect(row && slopeAgreement(row, analytic, 1e-7).digits).toBe(Number(/to (\d) digits/.exec(verdict.sentence)?.[1]));
});

test('one digit is too little to say that a gradient is right', () => {
  const verdict = check((by) => 2 + 0.3 * by, 0.3 * 1.06);
  expect(verdict).toMatchObject({
    is: 'right',
    sentence: expect.stringMatching(/^They agree to one digit, which proves little/),
  });
});

test('a wrong sign, a missing slope and a slope from nowhere are called wrong', () => {
  expect(check((by) => 2 + 0.3 * by, -0.3)).toEqual({
    is: 'wrong',
    sentence: 'They differ: measured 0.3, computed −0.3. The computed slope is wrong.',
  });
  expect(check((by) => 2 + 0.3 * by, 0).is).toBe('wrong');
  expect(check(() => 2, 0.3).is).toBe('wrong');
  expect(check((by) => 2 + 0.3 * by, Number.NaN).is).toBe('wrong');
});

test('where nothing depends on the weight, or too little to be measured, the check says so', () => {
  expect(check(() => 2, 0)).toMatchObject({ is: 'zero', sentence: expect.stringContaining('says little') });
  expect(check((by) => 2 + 1e-7 * by, 1e-7)).toMatchObject({
    is: 'tiny',
    sentence: expect.stringContaining('rounding hides a slope of 1e−7'),
  });
  expect(check((by) => 2 + 1e-7 * by, -1e-7).is).toBe('tiny');
});

test('at a corner of the loss neither slope is wrong', () => {
  expect(check((by) => 2 + 0.3 * Math.max(0, by + 0.0002), 0.3).is).not.toBe('wrong');
  expect(check((by) => 2 + 0.3 * Math.abs(by - 0.0005) ** 1.5, 0).is).not.toBe('right');
});

test('a slope that is not a number proves nothing', () => {
  const measured = NUDGES.map((nudge) => ({ nudge, up: NaN, down: NaN, slope: NaN }));
  expect(verdictOf({ analytic: 0.3, measured, rounding: ROUNDING, loss: 2 }).is).toBe('tiny');
});

test('where the network is so sure that rounding hides the slope, a right gradient is not called wrong', () => {
  const sure = (/** @type {number} */ by) => 6.6e-8 * Math.exp(-2.5 * by);
  expect(check(sure, 3.5e-8, 1e-14)).toMatchObject({
    is: 'tiny',
    sentence: expect.stringMatching(/^Too sure to tell/),
    isSure: true,
  });
  expect(check(sure, -1.65e-7, 1e-14).is).toBe('right');
  expect(check((by) => 1e-3 * Math.exp(-2.5 * by), 5e-4, 1e-10).is).toBe('wrong');
});
