import { expect, test } from 'vitest';
import { Projection } from './projection.js';

/** @param {Projection} projection */
function finished(projection) {
  while (!projection.improve());
  return projection.result();
}

/** Points spread by 5, 2 and 0.1 along three directions at right angles. @param {number} angle of the first two */
function cloud(angle) {
  const [across, up] = [Math.cos(angle), Math.sin(angle)];
  const points = Array.from({ length: 200 }, (_, at) => {
    const [a, b, c] = [5 * Math.sin(7 * at), 2 * Math.sin(11 * at + 1), 0.1 * Math.sin(13 * at + 2)];
    return [3 + a * across - b * up, a * up + b * across, c - 4];
  });
  return Float32Array.from(points.flat());
}

test('the first direction is the one of most difference, the second the next, and little is lost', () => {
  const projection = new Projection();
  projection.begin(cloud(0.4), 200);
  const { points, explained } = finished(projection);
  for (let at = 0; at < 200; at++) {
    expect(Math.abs(points[2 * at] ?? 0)).toBeCloseTo(Math.abs(5 * Math.sin(7 * at)), 0);
    expect(Math.abs(points[2 * at + 1] ?? 0)).toBeCloseTo(Math.abs(2 * Math.sin(11 * at + 1)), 0);
  }
  expect(explained).toBeGreaterThan(0.999);
});

test('when the points move a little, the picture moves a little and does not flip', () => {
  const projection = new Projection();
  projection.begin(cloud(0), 200);
  let before = finished(projection).points;
  for (let angle = 0.1; angle < 3.3; angle += 0.1) {
    projection.begin(cloud(angle), 200);
    const { points } = finished(projection);
    const moved = points.map((value, at) => Math.abs(value - (before[at] ?? 0)));
    expect(Math.max(...moved)).toBeLessThan(1);
    before = points;
  }
});

test('points that do not differ, differ in one direction only, or are NaN do no harm', () => {
  const projection = new Projection();
  projection.begin(new Float32Array(30).fill(2), 10);
  expect(finished(projection)).toEqual({ points: new Float32Array(20), explained: 0 });
  projection.begin(cloud(0.4), 200);
  expect(finished(projection).explained).toBeGreaterThan(0.999);
  projection.begin(new Float32Array(30).fill(NaN), 10);
  finished(projection);
  projection.begin(cloud(0.4), 200);
  expect(finished(projection).explained).toBeGreaterThan(0.999);
  projection.begin(
    Float32Array.from({ length: 10 }, (_, at) => at),
    10,
  );
  expect(finished(projection).explained).toBeCloseTo(1);
});
