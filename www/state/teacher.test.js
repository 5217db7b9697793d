import { beforeEach, expect, test } from 'vitest';
import { SUMMARY } from '../runs/testing/summary.js';
import { Drawing } from '../lib/strokes.js';
import { digitFromStrokes } from '../lib/digit.js';
import { Lab } from './lab.svelte.js';
import { Teacher } from './teacher.svelte.js';
import { FakeClient } from './testing/fake-client.js';

/** @type {FakeClient} */
let client;
/** @type {Lab} */
let lab;
const drawing = new Drawing();
drawing.begin({ x: 0.2, y: 0.1 });
drawing.extend({ x: 0.6, y: 0.9 });
const pixels = /** @type {Uint8Array} */ (digitFromStrokes(drawing.strokes));

class FakeStorage {
  /** @type {Map<string, any>} */
  kept = new Map();
  async all() {
    return [...this.kept.values()];
  }
  /** @param {readonly any[]} examples */
  async put(examples) {
    for (const example of examples) this.kept.set(example.id, example);
  }
  /** @param {readonly string[]} ids */
  async remove(ids) {
    for (const id of ids) this.kept.delete(id);
  }
}

beforeEach(() => {
  client = new FakeClient();
  lab = new Lab({ client: /** @type {any} */ (client), storage: null });
  lab.open();
  client.says({ type: 'built', spec: lab.spec, summary: SUMMARY, step: 0, run: null });
  lab.draw(pixels);
  client.answers = { teach: () => ({ step: 0, before: 0, after: 1, of: 1 }) };
});

test('a drawing joins the examples, is taught with all of them, and is there again later', async () => {
  const storage = new FakeStorage();
  const teacher = new Teacher(lab, storage);
  await teacher.teachDrawing(drawing, 4);
  const [, ask] = client.asked.findLast(([name]) => name === 'teach') ?? [];
  expect(ask).toEqual({ pixels, labels: Uint8Array.of(4) });
  expect(teacher.result).toMatchObject({ before: 0, after: 1, of: 1 });
  expect(teacher.canUndo).toBe(true);
  const later = new Teacher(lab, storage);
  await later.open();
  expect(later.examples).toMatchObject([{ label: 4, strokes: drawing.strokes, set: 'mnist' }]);
  await later.remove(later.examples);
  expect([later.examples.length, storage.kept.size]).toEqual([0, 0]);
});

test('an image that is not the drawing as it is has no strokes', async () => {
  const teacher = new Teacher(lab, new FakeStorage());
  lab.draw(Uint8Array.from(pixels, (value) => 255 - value));
  await teacher.teachDrawing(drawing, 4);
  expect(teacher.examples[0]?.strokes).toEqual([]);
});

test('a refusal is shown, and the example stays', async () => {
  const problem = { code: 'not_ready', message: 'Wait for the images.', layer: null };
  client.answers = { teach: () => ({ answer: null, problem }) };
  const teacher = new Teacher(lab, new FakeStorage());
  await teacher.teachDrawing(drawing, 4);
  expect([teacher.problem, teacher.examples.length, teacher.canUndo]).toEqual(['Wait for the images.', 1, false]);
});

test('without a database the examples are there until the page is closed, and the visitor is told', async () => {
  const fail = () => Promise.reject(new Error('no database'));
  const teacher = new Teacher(lab, { all: fail, put: fail, remove: fail });
  await teacher.open();
  expect(teacher.problem).toContain('does not keep your examples');
  await teacher.teachDrawing(drawing, 4);
  expect(teacher.examples).toHaveLength(1);
});

test('undo asks for the weights from before', async () => {
  const teacher = new Teacher(lab, new FakeStorage());
  await teacher.teachDrawing(drawing, 4);
  await teacher.undo();
  expect(client.asked.at(-1)?.[0]).toBe('undoTeaching');
  expect(teacher.canUndo).toBe(false);
});
