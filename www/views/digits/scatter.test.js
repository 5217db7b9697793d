import { describe, expect, it } from 'vitest';
import { between, classesOf, nearest, neighbour, placed } from './scatter.js';

describe('points on a canvas', () => {
  const room = { width: 200, height: 120, limit: 5, margin: 10 };
  const places = placed(Float32Array.of(0, 0, 5, 0, 0, 5), room);

  it('have one scale on both axes, with y upwards', () => {
    expect([...places]).toEqual([100, 60, 150, 60, 100, 10]);
  });

  it('are found by pointing near them', () => {
    expect(nearest(places, 148, 62, 8)).toBe(1);
    expect(nearest(places, 130, 40, 8)).toBeNull();
    expect(nearest(new Float32Array(), 0, 0, 8)).toBeNull();
  });

  it('are walked by direction', () => {
    expect(neighbour(places, 0, { x: 1, y: 0 })).toBe(1);
    expect(neighbour(places, 0, { x: 0, y: -1 })).toBe(2);
    expect(neighbour(places, 0, { x: -1, y: 0 })).toBe(0);
    expect(neighbour(places, 1, { x: -1, y: 0 })).toBe(0);
  });

  it('are not walked to where they lie beside the direction, or in the same place', () => {
    expect(neighbour(Float32Array.of(0, 0, 2, 3), 0, { x: 1, y: 0 })).toBe(0);
    expect(neighbour(Float32Array.of(0, 0, 0, 0, 5, 0), 0, { x: 1, y: 0 })).toBe(2);
  });

  it('are not mirrored where there is hardly any room', () => {
    expect([...placed(Float32Array.of(5, 0), { width: 10, height: 10, limit: 5, margin: 10 })]).toEqual([6, 5]);
  });

  it('glide from one map to the next, unless there are others', () => {
    expect([...between(Float32Array.of(0, 10), Float32Array.of(10, 10), 0.25)]).toEqual([2.5, 10]);
    expect([...between(Float32Array.of(0), Float32Array.of(10, 10), 0.25)]).toEqual([10, 10]);
    expect([...between(Float32Array.of(0, 10), Float32Array.of(10, 10), 1.5)]).toEqual([10, 10]);
  });
});

it('tells in numbers where the classes lie', () => {
  const map = {
    ...{ step: 1, layer: 3, explained: 0.5, images: Uint32Array.of(0, 1, 2, 3) },
    labels: Uint8Array.of(4, 4, 9, 1),
    predicted: Uint8Array.of(4, 9, 9, 1),
    points: Float32Array.of(0, 0, 2, 0, 1, 3, -20, 0),
  };
  expect(classesOf(map)).toEqual([
    { label: 1, count: 1, misclassified: 0, x: -20, y: 0, spread: 0, nearest: 4, apart: 21 },
    { label: 4, count: 2, misclassified: 1, x: 1, y: 0, spread: 1, nearest: 9, apart: 3 },
    { label: 9, count: 1, misclassified: 0, x: 1, y: 3, spread: 0, nearest: 4, apart: 3 },
  ]);
  expect(classesOf({ ...map, labels: Uint8Array.of(4, 4, 4, 4) })).toMatchObject([{ nearest: null, apart: NaN }]);
});
