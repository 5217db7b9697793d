import { expect, test } from 'vitest';
import { GradientNormsInstrument } from './gradient-norms.js';

test('gradient norms are reported together a few times a second, and only if there are any', () => {
  let [step, now] = [0, 0];
  const [reported, calls] = [/** @type {unknown[]} */ ([]), /** @type {boolean[]} */ ([])];
  const session = {
    position: () => ({ step }),
    watchGradientNorms: (/** @type {boolean} */ on) => calls.push(on),
    takeGradientNorms: () => (step === 0 ? [] : [{ step, layers: [] }]),
  };
  const parts = /** @type {any} */ ({
    session,
    emit: (/** @type {unknown} */ event) => reported.push(event),
    now: () => now,
  });
  const instrument = new GradientNormsInstrument(parts);
  expect(instrument.due(step, now)).toBe(true);
  instrument.slice();
  expect(reported).toEqual([]);
  [step, now] = [7, 250];
  expect([instrument.due(7, 249), instrument.due(0, 250), instrument.due(7, 250)]).toEqual([false, false, true]);
  instrument.slice();
  expect(reported).toEqual([{ type: 'gradientNorms', readings: [{ step: 7, layers: [] }] }]);
  instrument.end();
  expect(calls).toEqual([true, false]);
});
