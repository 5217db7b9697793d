import { beforeEach, expect, test, vi } from 'vitest';
import { runShortcut } from './shortcuts.js';

/** What the focus is in, as far as it is asked for. */
class Target {
  /** @param {string} kind */
  constructor(kind) {
    this.kind = kind;
  }

  /** @param {string} selector */
  closest(selector) {
    return selector.split(', ').some((one) => one === this.kind) ? this : null;
  }
}
vi.stubGlobal('Element', Target);

const lab = {
  canTrain: true,
  phase: 'ready',
  progress: { step: 0 },
  toggle: vi.fn(),
  step: vi.fn(),
  restart: vi.fn(),
  restartWithNewSeed: vi.fn(async () => 7),
  notify: vi.fn(),
};
const panels = {
  settings: vi.fn(),
  experiments: vi.fn(),
  take: vi.fn(),
  ownImages: vi.fn(),
  help: vi.fn(),
  show: vi.fn(),
};

beforeEach(() => {
  vi.clearAllMocks();
  Object.assign(lab, { canTrain: true, phase: 'ready', progress: { step: 0 } });
});

/** @param {string} key @param {object} [more] @returns {boolean} whether the page took the key for itself */
function press(key, more = {}) {
  const preventDefault = vi.fn();
  const event = { key, target: null, repeat: false, defaultPrevented: false, preventDefault, ...more };
  runShortcut(/** @type {any} */ (event), /** @type {any} */ (lab), panels);
  return preventDefault.mock.calls.length > 0;
}

test('runShortcut: keys do what the list of keys says, in either case', () => {
  for (const key of [' ', 's', 'S', 'r', '2', 't', 'i', '?']) expect(press(key)).toBe(true);
  expect(press('x')).toBe(false);
  const called = [lab.toggle, lab.step, lab.restart, panels.take, panels.ownImages, panels.help];
  expect(called.map((does) => does.mock.calls.length)).toEqual([1, 2, 1, 1, 1, 1]);
  expect(panels.show).toHaveBeenCalledWith('health');
});

test('runShortcut leaves keys to a control, a dialog or the browser that uses them', () => {
  expect(press(' ', { target: new Target('button') })).toBe(false);
  expect(press('s', { target: new Target('button') })).toBe(true);
  expect(press('s', { target: new Target('textarea') })).toBe(false);
  expect(press('s', { target: new Target('dialog') })).toBe(false);
  for (const held of ['ctrlKey', 'metaKey', 'altKey', 'defaultPrevented'])
    expect(press('r', { [held]: true })).toBe(false);
  expect(lab.restart).not.toHaveBeenCalled();
});

test('runShortcut knows its keys on a keyboard of another alphabet', () => {
  expect(press('ы', { code: 'KeyS' })).toBe(true);
  expect(lab.step).toHaveBeenCalledOnce();
});

test('runShortcut repeats only a step while its key is held down, as soon as the one before has been made', () => {
  expect(press('r', { repeat: true })).toBe(true);
  press('.');
  press('.', { repeat: true });
  expect([lab.restart.mock.calls.length, lab.step.mock.calls.length]).toEqual([0, 1]);
  lab.progress = { step: 1 };
  press('.', { repeat: true });
  press('.', { repeat: true });
  expect(lab.step).toHaveBeenCalledTimes(2);
});

test('runShortcut pauses what cannot train, but neither steps nor starts it', () => {
  lab.canTrain = false;
  press(' ');
  press('.');
  expect([lab.toggle.mock.calls.length, lab.step.mock.calls.length]).toEqual([0, 0]);
  lab.phase = 'training';
  press(' ');
  expect(lab.toggle).toHaveBeenCalledOnce();
});

test('runShortcut says which seed N has chosen, for the key may have been pressed by accident', async () => {
  press('n');
  await Promise.resolve();
  await Promise.resolve();
  expect(lab.notify).toHaveBeenCalledWith('N started over with a new seed, 7.', expect.any(Number));
});
