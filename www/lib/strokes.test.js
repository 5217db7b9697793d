import { describe, expect, it } from 'vitest';
import { Drawing, MOST_POINTS } from './strokes.js';

describe('a drawing', () => {
  it('keeps the points of each stroke apart', () => {
    const drawing = new Drawing();
    drawing.begin({ x: 0, y: 0 });
    drawing.extend({ x: 1, y: 0 });
    drawing.end();
    drawing.begin({ x: 0, y: 1 });
    expect(drawing.strokes.map((stroke) => stroke.length)).toEqual([2, 1]);
  });

  it('ignores a pointer that did not move, and one that is not down', () => {
    const drawing = new Drawing();
    expect(drawing.extend({ x: 1, y: 1 })).toBe(false);
    drawing.begin({ x: 0.5, y: 0.5 });
    expect(drawing.extend({ x: 0.5, y: 0.5 })).toBe(false);
    drawing.end();
    expect(drawing.extend({ x: 0.6, y: 0.5 })).toBe(false);
    expect(drawing.strokes).toEqual([[{ x: 0.5, y: 0.5 }]]);
  });

  it('takes back one stroke at a time', () => {
    const drawing = new Drawing();
    drawing.begin({ x: 0, y: 0 });
    drawing.begin({ x: 1, y: 1 });
    drawing.undo();
    expect(drawing.strokes).toEqual([[{ x: 0, y: 0 }]]);
    drawing.undo();
    drawing.undo();
    expect(drawing.isEmpty).toBe(true);
  });

  it('does not grow without end', () => {
    const drawing = new Drawing();
    drawing.begin({ x: 0, y: 0 });
    for (let count = 0; count < MOST_POINTS + 10; count++) drawing.extend({ x: count, y: 1 });
    expect(drawing.strokes[0]?.length).toBe(MOST_POINTS);
  });
});
