import { expect, test } from 'vitest';
import { FlowInstrument } from './flow.js';

test('readings are told together a few times a second, and only if there are any', () => {
  let [step, now] = [0, 0];
  const [told, calls] = [/** @type {unknown[]} */ ([]), /** @type {boolean[]} */ ([])];
  const session = {
    position: () => ({ step }),
    watchFlow: (/** @type {boolean} */ on) => calls.push(on),
    takeFlow: () => (step === 0 ? [] : [{ step, layers: [] }]),
  };
  const parts = /** @type {any} */ ({
    session,
    emit: (/** @type {unknown} */ event) => told.push(event),
    now: () => now,
  });
  const instrument = new FlowInstrument(parts);
  expect(instrument.due(step, now)).toBe(true);
  instrument.slice();
  expect(told).toEqual([]);
  [step, now] = [7, 250];
  expect([instrument.due(7, 249), instrument.due(0, 250), instrument.due(7, 250)]).toEqual([false, false, true]);
  instrument.slice();
  expect(told).toEqual([{ type: 'flow', readings: [{ step: 7, layers: [] }] }]);
  instrument.end();
  expect(calls).toEqual([true, false]);
});
