import { expect, test, vi } from 'vitest';
import { Run } from './run.js';
import { DiskStorage, MemoryStorage, SafeStorage } from './storage.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from './testing/summary.js';

const stored = (/** @type {string} */ id) => new Run({ id, spec: DEFAULT_PRESET.spec, summary: SUMMARY }).stored();
const checkpoint = (/** @type {number} */ step) => ({ step, elapsed: 1, bytes: Uint8Array.of(step) });

test('MemoryStorage returns what was saved, but not dropped steps and removed runs', async () => {
  const storage = new SafeStorage(new MemoryStorage(), () => {});
  await storage.save(stored('a'), [checkpoint(0), checkpoint(10)]);
  await storage.save(stored('b'), [checkpoint(5)]);
  await storage.drop('a', [0]);
  expect(await storage.checkpoint('a', 0)).toBeNull();
  expect(await storage.checkpoint('a', 10)).toMatchObject({ step: 10 });
  await storage.remove('b');
  expect((await storage.all()).map(({ id }) => id)).toEqual(['a']);
  expect(await storage.checkpoint('b', 5)).toBeNull();
});

test('SafeStorage reports a full disk once; what is on it can be read and dropped, and later runs are kept in memory', async () => {
  const disk = new MemoryStorage();
  /** @type {unknown[]} */
  const failures = [];
  const storage = new SafeStorage(disk, (error) => failures.push(error));
  await storage.save(stored('a'), [checkpoint(0)]);
  disk.save = () => Promise.reject(new Error('full'));
  await storage.save(stored('a'), [checkpoint(10)]);
  await storage.save(stored('b'), [checkpoint(20)]);
  expect(failures).toHaveLength(1);
  expect(storage.lasting).toBe(false);
  for (const step of [0, 10]) expect(await storage.checkpoint('a', step)).toMatchObject({ step });
  expect((await storage.all()).map(({ id }) => id)).toEqual(['a', 'b']);
  await storage.drop('a', [0]);
  expect(await disk.checkpoint('a', 0)).toBeNull();
});

test('SafeStorage waits a while for a database that never opens, then keeps everything in memory', async () => {
  let giveUp = () => {};
  const wait = () => /** @type {Promise<void>} */ (new Promise((resolve) => (giveUp = resolve)));
  const failed = vi.fn();
  const storage = new SafeStorage(new DiskStorage({ open: () => new Promise(() => {}), wait }), failed);
  const found = storage.all();
  const saved = storage.save(stored('a'), [checkpoint(3)]);
  expect(failed).not.toHaveBeenCalled();
  giveUp();
  expect(await found).toEqual([]);
  await saved;
  expect(failed).toHaveBeenCalledTimes(1);
  expect(storage.lasting).toBe(false);
  expect(await storage.checkpoint('a', 3)).toMatchObject({ step: 3 });
});

test('SafeStorage without a disk keeps, drops and removes everything in memory', async () => {
  const storage = new SafeStorage(null, () => {});
  expect(storage.lasting).toBe(false);
  await storage.save(stored('a'), [checkpoint(3), checkpoint(4)]);
  await storage.drop('a', [4]);
  expect(await storage.checkpoint('a', 3)).toMatchObject({ step: 3 });
  expect(await storage.checkpoint('a', 4)).toBeNull();
  await storage.remove('a');
  expect(await storage.all()).toEqual([]);
});

test.each([
  ['on a slow disk', new MemoryStorage()],
  ['in memory', null],
])('what is dropped or removed right after it was saved is gone: %s', async (_, disk) => {
  if (disk) {
    disk.save = async (...what) => {
      await new Promise((resolve) => setImmediate(resolve));
      return MemoryStorage.prototype.save.apply(disk, what);
    };
  }
  const storage = new SafeStorage(disk, () => {});
  storage.save(stored('a'), [checkpoint(0), checkpoint(10)]);
  storage.drop('a', [0]);
  storage.save(stored('b'), []);
  await storage.remove('b');
  expect(await storage.checkpoint('a', 0)).toBeNull();
  expect((await storage.all()).map(({ id }) => id)).toEqual(['a']);
});
