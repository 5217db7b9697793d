import { expect, test } from 'vitest';
import { Estimate } from './estimate.js';
import { FakeSession } from '../testing/fake-session.js';

test('Estimate does not count slow first passes, before the browser has made its code fast', () => {
  const session = new FakeSession();
  const estimate = new Estimate(/** @type {any} */ (session), () => session.time, 16);
  estimate.begin(1600);
  for (let pass = 0; !estimate.done; pass += 1) {
    session.rehearsalTakes = pass < 20 ? 9 : 2;
    estimate.pass();
  }
  expect(estimate.epoch(1)).toBeCloseTo(0.2);
});

test('Estimate has more workers shorten an epoch, though not by all of their number', () => {
  const session = new FakeSession();
  session.rehearsalTakes = 10;
  const estimate = new Estimate(/** @type {any} */ (session), () => session.time, 16);
  estimate.begin(1600);
  while (!estimate.done) estimate.pass();
  expect(estimate.epoch(1)).toBeCloseTo(1);
  expect(estimate.epoch(2)).toBeGreaterThan(0.5);
  expect(estimate.epoch(2)).toBeLessThan(0.6);
});
