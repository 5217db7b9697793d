import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { Run } from '../runs/run.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { beginningOf } from './built.js';

const { spec } = DEFAULT_PRESET;
const current = new Run({ id: 'current', spec, summary: SUMMARY, lastStep: 30 });
const other = new Run({ id: 'other', spec, summary: SUMMARY, lastStep: 20 });
other.curves.train.add(10, 0.5, 0.25);

/** @param {number} step @param {string | null} run @param {number | null} [at] */
const beginning = (step, run, at = null) =>
  beginningOf({ type: 'built', spec, summary: SUMMARY, step, run }, { list: [other, current], current, at });

test('beginningOf a network at step 0, or of a run that is no longer kept, is a new run', () => {
  expect(beginning(0, null).type).toBe('begun');
  expect(beginning(20, 'deleted').type).toBe('begun');
});

test('beginningOf a restored network enters its run, another or the current one', () => {
  expect(beginning(20, 'other')).toMatchObject({
    ...{ type: 'entered', id: 'other', another: true, trained: { loss: 0.5, accuracy: 0.25 } },
  });
  expect(beginning(0, 'current')).toMatchObject({ type: 'entered', another: false, trained: null });
});

test('beginningOf a network after its worker died continues the current run, whole where it went back', () => {
  expect(beginning(20, null)).toMatchObject({ type: 'recovered', step: 20 });
  expect(beginning(20, null, 20)).toMatchObject({ type: 'entered', id: 'current', another: false });
  expect(beginning(10, null, 20)).toMatchObject({ type: 'recovered', step: 10 });
});
