import { expect, test } from 'vitest';
import { Curves } from '../../model/curves.js';
import { evaluatedPoints } from './curve-points.js';

test('evaluatedPoints lists the latest first, and no more than can be read', () => {
  const curves = new Curves();
  for (let step = 1; step <= 150; step++) curves.validation.add(step, 0.5, 0.75);
  curves.test.add(150, 0.25, 1);
  const points = evaluatedPoints(curves);
  expect(points.slice(0, 2)).toEqual([
    { step: 150, split: 'test', loss: 0.25, accuracy: 1 },
    { step: 150, split: 'validation', loss: 0.5, accuracy: 0.75 },
  ]);
  for (let step = 151; step <= 300; step++) curves.validation.add(step, 0.5, 0.75);
  expect(evaluatedPoints(curves)).toHaveLength(200);
});
