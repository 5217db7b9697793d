import { beforeEach, expect, test, vi } from 'vitest';
import { isKnown, setOf } from '../model/data-sets.js';
import { withEnoughEpochs } from '../model/enough-epochs.js';
import { presetFor } from '../model/preset-for.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { aboutOwn, LETTERS, ownName, specOn, TINY } from '../model/testing/own-set.js';
import { OwnSets } from './own-sets.svelte.js';

/** @typedef {import('../own/storage.js').OwnRecord} OwnRecord */

const SPEC = DEFAULT_PRESET.spec;

/** @param {typeof LETTERS} own @returns {OwnRecord} */
function recordOf({ set, about }) {
  const file = new Blob(['images']);
  const files = { trainImages: file, trainLabels: file, testImages: file, testLabels: file };
  return { set, about, files, keptAt: 1, bytes: 24 };
}

/** A browser's database, as far as it is used. */
class FakeStorage {
  /** @type {Map<string, OwnRecord>} */
  records = new Map();
  async all() {
    return [...this.records.values()].map(({ files: _, ...listed }) => listed);
  }
  async get(/** @type {string} */ set) {
    return this.records.get(set) ?? null;
  }
  async put(/** @type {OwnRecord} */ record) {
    this.records.set(record.set, record);
  }
  async remove(/** @type {string} */ set) {
    this.records.delete(set);
  }
  async rename(/** @type {string} */ set, /** @type {string} */ title) {
    const record = this.records.get(set);
    if (record) this.records.set(set, { ...record, about: { ...record.about, title } });
  }
}

/** @type {FakeStorage} */
let storage;
/** @type {any[]} */
let sent;
/** What the engine refuses; empty: nothing. */
let refusal = '';
/** @type {any} */
let page;
/** @type {OwnSets} */
let sets;

beforeEach(() => {
  storage = new FakeStorage();
  sent = [];
  refusal = '';
  page = {
    ...{ draft: SPEC, absent: null, restartWith: vi.fn(), notify: vi.fn() },
    ask: async () => ({ answer: null, problem: refusal ? { code: 'impossible_shape', message: refusal } : null }),
  };
  sets = new OwnSets(page, (command) => sent.push(command), storage);
});

test('open lists what is kept, and makes it known', async () => {
  const own = { set: ownName('1'), about: aboutOwn([1, 20, 20], 3) };
  await storage.put(recordOf(own));
  expect(isKnown(own.set)).toBe(false);
  await sets.open();
  expect(sets.kept).toMatchObject([{ set: own.set, about: own.about, bytes: 24 }]);
  expect(setOf(own.set).name).toBe('Letters');
});

test('open has no sets where the browser keeps nothing', async () => {
  storage.all = () => Promise.reject(new Error('forbidden'));
  await sets.open();
  expect(sets.kept).toEqual([]);
});

test('use starts the draft, fitted to the set, and says what was changed', async () => {
  const { changed, problem } = await sets.use(recordOf(LETTERS));
  expect([changed, problem]).toEqual(['The input is now 3×32×32, and the last layer now has 26 units.', '']);
  expect(page.restartWith).toHaveBeenCalledWith(specOn(LETTERS));
  expect(sets.current?.set).toBe(LETTERS.set);
});

test('use changes nothing where the network cannot take the set, and takes one that can', async () => {
  refusal = 'Layer 4 does not fit.';
  const record = recordOf(TINY);
  expect(await sets.use(record)).toEqual({ changed: '', problem: refusal });
  expect(page.restartWith).not.toHaveBeenCalled();
  expect(sets.current).toBeNull();
  refusal = '';
  await sets.use(record, presetFor(TINY.set));
  expect(page.restartWith).toHaveBeenCalledWith(presetFor(TINY.set));
});

test('use starts what a link wanted to run on the set that was missing', async () => {
  const spec = { ...specOn(LETTERS), seed: 77 };
  page.absent = { code: 'no_data', message: 'Missing.', layer: null, missing: LETTERS.set, spec };
  await sets.use(recordOf(TINY));
  expect(page.restartWith).toHaveBeenLastCalledWith(specOn(TINY));
  expect((await sets.use(recordOf(LETTERS))).changed).toBe('');
  expect(page.restartWith).toHaveBeenLastCalledWith(spec);
});

test('offer hands over what is kept or used, and nothing else', async () => {
  await storage.put(recordOf(LETTERS));
  await sets.offer(LETTERS.set);
  await sets.use(recordOf(TINY));
  await sets.offer(TINY.set);
  await sets.offer(ownName('9'));
  expect(sent.map(({ type, set }) => [type, set])).toEqual([
    ['offerSet', LETTERS.set],
    ['offerSet', TINY.set],
  ]);
  expect(sent[0].files.trainImages).toBeInstanceOf(Blob);
});

test('keep, rename and forget change the list', async () => {
  await sets.keep(recordOf(LETTERS));
  await sets.keep(recordOf(TINY));
  expect(sets.kept.map(({ set }) => set)).toEqual([TINY.set, LETTERS.set]);
  expect('files' in (sets.kept[0] ?? {})).toBe(false);
  await sets.rename(LETTERS.set, 'Capitals');
  expect(sets.kept[1]?.about.title).toBe('Capitals');
  expect(setOf(LETTERS.set).name).toBe('Capitals');
  await sets.forget(recordOf(LETTERS));
  expect(sets.kept.map(({ set }) => set)).toEqual([TINY.set]);
  expect(await storage.get(LETTERS.set)).toBeNull();
  // Runs on it can be continued as long as the page is open.
  expect((await sets.find(LETTERS.set))?.set).toBe(LETTERS.set);
  expect((await sets.find(TINY.set))?.set).toBe(TINY.set);
  expect(sets.removed?.set).toBe(LETTERS.set);
  await sets.keep(/** @type {OwnRecord} */ (sets.removed));
  expect(sets.kept.map(({ set }) => set)).toEqual([LETTERS.set, TINY.set]);
  expect(sets.removed).toBeNull();
});

test('keep rejects where the browser has no room, and the list stays', async () => {
  storage.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  await expect(sets.keep(recordOf(LETTERS))).rejects.toThrow('full');
  expect(sets.kept).toEqual([]);
});

test('use continues the run whose set was missing, and starts no new one', async () => {
  const begin = vi.fn();
  page.absent = { code: 'no_data', message: '', layer: null, missing: LETTERS.set };
  sets.waiting = { set: LETTERS.set, begin };
  expect(await sets.use(recordOf(LETTERS))).toEqual({ changed: '', problem: '', resumed: true });
  expect(begin).toHaveBeenCalledOnce();
  expect(page.restartWith).not.toHaveBeenCalled();
  expect(sent.at(-1)).toMatchObject({ type: 'offerSet', set: LETTERS.set });
});

test('choose fits the network to the set, and takes another where it cannot be', async () => {
  specOn(TINY);
  await sets.choose(TINY.set);
  const longer = withEnoughEpochs(specOn(TINY));
  expect(page.restartWith).toHaveBeenLastCalledWith(longer.spec);
  const said = 'The input is now 1×8×12, and the last layer now has 2 units.';
  expect(page.notify.mock.lastCall[0]).toBe(`${said} ${longer.changed}`);
  refusal = 'Layer 4 does not fit.';
  await sets.choose(TINY.set);
  expect(page.restartWith).toHaveBeenLastCalledWith({ ...longer.spec, layers: presetFor(TINY.set).layers });
  expect(page.notify.mock.lastCall[0]).toMatch(/^Your network cannot take these images/);
});

test('choose goes back to MNIST, whose images the network must take again', async () => {
  page.draft = specOn(LETTERS);
  await sets.choose('mnist');
  expect(page.restartWith.mock.lastCall[0]).toMatchObject({
    ...{ input: [1, 28, 28], layers: SPEC.layers },
    data: { set: 'mnist', training_images: 55_000 },
  });
});

test('startPreset leaves the run as it is where the preset cannot take the images', async () => {
  const spec = specOn(LETTERS);
  expect(await sets.startPreset('LeNet-5', spec)).toBe(true);
  refusal = 'Layer 4 does not fit.';
  expect(await sets.startPreset('LeNet-5', spec)).toBe(false);
  expect(page.restartWith).toHaveBeenCalledTimes(1);
  expect(page.notify).toHaveBeenCalledWith('“LeNet-5” cannot take these images. Layer 4 does not fit.');
});

test('meet says of sets that are not here what the specs of their runs tell', async () => {
  const set = ownName('8');
  await sets.meet([{ ...specOn(LETTERS), data: { ...SPEC.data, set, training_images: 70 } }]);
  expect(setOf(set)).toMatchObject({
    ...{ name: 'Images 88888888', form: { channels: 3, rows: 32, columns: 32 }, sizes: { training: 70 } },
    long: { length: 26 },
  });
});
