import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { SUMMARY } from '../../runs/testing/summary.js';
import { Inquiry } from '../../state/inquiry.svelte.js';
import { Lab } from '../../state/lab.svelte.js';
import { FakeClient } from '../../state/testing/fake-client.js';
import { FakeInquiryClient } from '../../state/testing/fake-inquiry-client.js';
import { FIRST_LEVELS } from './fool.js';
import { Fooling, REST_MS } from './fooling.svelte.js';

/** @type {FakeClient} */
let engine;
/** @type {FakeInquiryClient} */
let client;
/** @type {Lab} */
let lab;
/** @type {Inquiry} */
let inquiry;
/** @type {Fooling} */
let fooling;

/** The fake says that the class of an image is the sum of its bytes. @param {number} digit */
const imageOf = (digit) => Uint8Array.from({ length: 784 }, (_, index) => (index === 0 ? digit : 0));

/** @param {number} index @param {number | null} label @param {Uint8Array} pixels */
function view(index, label, pixels) {
  const probe = label === null ? { kind: 'drawing', pixels } : { kind: 'test', index };
  const reading = /** @type {any} */ ({ probe, label, pixels, probabilities: new Float32Array(10) });
  engine.says({ type: 'snapshot', snapshot: { step: 0, reading, filters: [], parameters: [], backward: null } });
}

/** What the effects of the view do, until everything is answered. */
async function settle() {
  for (const effect of [() => fooling.read(), () => fooling.change(), () => fooling.compare()]) {
    effect();
    await vi.advanceTimersByTimeAsync(0);
  }
}

beforeEach(async () => {
  vi.useFakeTimers();
  engine = new FakeClient();
  engine.answers = { checkpoint: () => ({ step: 0, bytes: Uint8Array.of(0) }) };
  lab = new Lab({ client: /** @type {any} */ (engine) });
  lab.open();
  client = new FakeInquiryClient();
  inquiry = new Inquiry(lab, { client, now: () => Date.now() });
  engine.says({ type: 'built', spec: DEFAULT_PRESET.spec, summary: SUMMARY, step: 0, run: null });
  engine.says({ type: 'phase', phase: 'ready' });
  fooling = new Fooling(inquiry);
  view(0, 7, imageOf(7));
  await settle();
});

afterEach(() => {
  inquiry.dispose();
  lab.dispose();
  vi.useRealTimers();
});

test('Fooling: an image that is classified correctly is changed, and compared once that has rested', async () => {
  expect([fooling.answer, fooling.label]).toEqual([7, 7]);
  expect(client.of('fool')).toMatchObject([{ label: 7, method: 'sign', strength: FIRST_LEVELS }]);
  expect(fooling.after.seen?.of.image.index).toBe(0);
  expect(client.of('compare')).toEqual([]);
  expect(fooling.shown).toMatchObject({ label: 7, before: { pixels: imageOf(7) }, after: { strength: FIRST_LEVELS } });
  await vi.advanceTimersByTimeAsync(REST_MS);
  expect(client.of('compare')).toHaveLength(1);
  expect(client.of('compare')[0].attacked).toBe(fooling.after.seen?.answer.pixels);
});

test('Fooling: an image that is classified wrongly is not changed', async () => {
  view(1, 7, imageOf(3));
  await settle();
  expect([fooling.answer, fooling.label, fooling.question]).toEqual([3, 7, null]);
  expect(fooling.after.seen).toBeNull();
  expect(client.of('fool')).toHaveLength(1);
  expect(fooling.shown).toMatchObject({ question: null, label: 7, after: { strength: 0, pixels: imageOf(3) } });
});

test('Fooling: a drawing is what the network says', async () => {
  view(-1, null, imageOf(4));
  await settle();
  expect(fooling.question).toMatchObject({ label: 4 });
});

test('Fooling: the smallest change becomes the strength, and belongs to one image and method', async () => {
  fooling.strength = 60;
  await fooling.findSmallest();
  expect(client.of('fool').filter(({ strength }) => strength === null)).toHaveLength(1);
  expect([fooling.strength, fooling.least?.strength]).toEqual([14, 14]);
  fooling.method = 'iterated';
  expect(fooling.least).toBeNull();
  fooling.method = 'sign';
  expect(fooling.least).not.toBeNull();
  view(2, 5, imageOf(5));
  await settle();
  expect(fooling.least).toBeNull();
});

test('Fooling: a target is never the answer itself', async () => {
  fooling.chosen = 7;
  expect(fooling.target).not.toBe(7);
  fooling.chosen = 2;
  expect(fooling.target).toBe(2);
});

test('Fooling: at strength 0 nothing is asked, and nothing changes', async () => {
  const asked = client.of('fool').length;
  fooling.strength = 0;
  await settle();
  expect(client.of('fool')).toHaveLength(asked);
  expect(fooling.after.seen?.answer.pixels).toEqual(imageOf(7));
  expect(fooling.rivals.seen).toBeNull();
});

test('Fooling: a refusal is said, and does not stay', async () => {
  client.refuses = { code: 'out_of_range', message: 'No.', layer: null };
  fooling.strength = 20;
  await settle();
  expect(fooling.after.problem).toBe('No.');
  client.refuses = null;
  fooling.strength = 21;
  await settle();
  expect(fooling.after.problem).toBe('');
});
