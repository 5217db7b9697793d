import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from './presets.js';
import { SETTINGS, describeChanges, readSetting, refusal, writeSetting } from './settings.js';

const SPEC = writeSetting(DEFAULT_PRESET.spec, find('training.optimizer.learning_rate'), 0.05);

/** @param {string} key */
function find(key) {
  const setting = SETTINGS.find((candidate) => candidate.key === key);
  if (!setting) throw new Error(`there is no setting ${key}`);
  return setting;
}

/** @param {unknown} value @param {string} path @returns {string[]} the paths of everything that is not an object */
function leaves(value, path = '') {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** The spec with every kind of optimizer, schedule and start chosen once. */
const everyKind = SETTINGS.flatMap((setting) =>
  setting.kind === 'choice' ? setting.options.map(({ value }) => writeSetting(SPEC, setting, value)) : [],
);

test('SETTINGS has a control for every hyperparameter of a spec, whatever kinds are chosen', () => {
  for (const spec of everyKind) {
    const { layers, input, ...rest } = writeSetting(spec, find('training.augmentation'), true);
    expect([layers, input]).toBeDefined();
    const shown = SETTINGS.filter(({ applies }) => applies({ layers, input, ...rest })).map(({ key }) => key);
    // The data set is chosen where the presets are.
    const paths = leaves(rest).filter((path) => path !== 'data.set');
    for (const path of paths) expect(shown).toContain(path.replace(/\.type$/, ''));
  }
});

test('SETTINGS has no control for what a spec does not have', () => {
  for (const spec of everyKind) {
    for (const setting of SETTINGS.filter(({ applies }) => applies(spec))) {
      expect(readSetting(spec, setting), setting.key).toBeDefined();
    }
  }
});

test('readSetting reads what writeSetting wrote, and the original spec stays', () => {
  const before = structuredClone(SPEC);
  const other = { number: 0.5, toggle: true };
  for (const setting of SETTINGS.filter(({ applies }) => applies(SPEC))) {
    const value = setting.kind === 'choice' ? String(setting.options.at(-1)?.value) : other[setting.kind];
    expect(readSetting(writeSetting(SPEC, setting, value), setting)).toBe(value);
  }
  expect(SPEC).toEqual(before);
});

test('writeSetting starts a chosen kind from its defaults, which are not shared', () => {
  const adam = writeSetting(SPEC, find('training.optimizer'), 'adam');
  const changed = writeSetting(adam, find('training.optimizer.betas.0'), 0.5);
  expect(changed.training.optimizer).toMatchObject({ type: 'adam', betas: [0.5, 0.999], learning_rate: 0.001 });
  expect(writeSetting(SPEC, find('training.optimizer'), 'adam')).toEqual(adam);
});

test('SETTINGS: presets are within the ranges of the controls', () => {
  for (const setting of SETTINGS) {
    if (setting.kind !== 'number' || !setting.applies(SPEC)) continue;
    const value = readSetting(SPEC, setting);
    expect(value).toBeGreaterThanOrEqual(setting.min);
    expect(value).toBeLessThanOrEqual(setting.max);
  }
});

test('refusal names the range and the kept value for every number outside it, and accepts its ends', () => {
  for (const setting of SETTINGS) {
    if (setting.kind !== 'number') continue;
    for (const end of [setting.min, setting.max]) expect(refusal(setting, end, 1), setting.key).toBeNull();
    for (const beyond of [setting.min - 1, setting.max + setting.step, NaN, Infinity]) {
      expect(refusal(setting, beyond, 1), setting.key).toContain(`from ${setting.min} to ${setting.max}; 1 is kept.`);
    }
  }
});

test('refusal rejects fractions of what is counted, but not of what is measured', () => {
  for (const setting of SETTINGS) {
    if (setting.kind !== 'number') continue;
    const counted = [
      'training.epochs',
      'training.batch_size',
      'training.schedule.epochs',
      'seed',
      'data.training_images',
    ];
    const sentence = refusal(setting, setting.min + 0.5 * Math.min(1, setting.max - setting.min), 1);
    if (counted.includes(setting.key)) expect(sentence, setting.key).toContain('whole number');
    else expect(sentence, setting.key).toBeNull();
  }
});

test('SETTINGS: only training settings can change in the middle of a run', () => {
  expect(SETTINGS.filter(({ midRun }) => !midRun).map(({ key }) => key)).toEqual([
    'seed',
    'initialization',
    'initialization.deviation',
    'initialization.limit',
    'initialization.value',
    'normalization.mean',
    'normalization.deviation',
    'data.training_images',
    'data.wrong_labels',
  ]);
});

test('describeChanges describes changes as a person would', () => {
  const slower = writeSetting(SPEC, find('training.optimizer.learning_rate'), 0.01);
  expect(describeChanges(SPEC, slower)).toBe('Learning rate 0.05 → 0.01');
  expect(describeChanges(SPEC, writeSetting(slower, find('training.augmentation'), true))).toBe(
    'Learning rate 0.05 → 0.01, Augmentation off → on',
  );
  expect(describeChanges(SPEC, SPEC)).toBe('');
});

test('describeChanges lists another kind as one change, with what both kinds have', () => {
  const adam = writeSetting(SPEC, find('training.optimizer'), 'adam');
  expect(describeChanges(SPEC, adam)).toBe('Optimizer SGD → Adam, Learning rate 0.05 → 0.001');
});
