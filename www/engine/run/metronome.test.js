import { expect, test } from 'vitest';
import { Metronome } from './metronome.js';

/** A metronome whose clock is set by hand. */
function set(stepsPerSecond = Infinity) {
  const clock = { now: 0, asked: /** @type {number[]} */ ([]) };
  const metronome = new Metronome(
    () => clock.now,
    (_, ms) => clock.asked.push(ms),
  );
  metronome.set(stepsPerSecond);
  return { clock, metronome };
}

test('at full speed a Metronome never waits', () => {
  const { clock, metronome } = set();
  for (let step = 0; step < 3; step += 1) {
    metronome.beat();
    expect(metronome.waits(() => {})).toBe(false);
  }
  expect(clock.asked).toEqual([]);
  expect(metronome.isSlow).toBe(false);
  expect(metronome.seconds(500)).toBe(0);
});

test('a slow Metronome keeps time however long a step takes', () => {
  const { clock, metronome } = set(10);
  metronome.beat();
  clock.now = 30;
  expect(metronome.waits(() => {})).toBe(true);
  expect(clock.asked).toEqual([70]);
  clock.now = 104;
  expect(metronome.waits(() => {})).toBe(false);
  metronome.beat();
  metronome.waits(() => {});
  expect(clock.asked).toEqual([70, 96]);
  expect(metronome.seconds(500)).toBe(50);
});

test('a Metronome does not catch up with beats that were missed', () => {
  const { clock, metronome } = set(10);
  metronome.beat();
  clock.now = 1_000;
  metronome.beat();
  metronome.waits(() => {});
  expect(clock.asked).toEqual([100]);
});

test('another pace applies at once', () => {
  const { metronome } = set(1);
  metronome.beat();
  expect(metronome.waits(() => {})).toBe(true);
  metronome.set(100);
  expect(metronome.waits(() => {})).toBe(false);
});
