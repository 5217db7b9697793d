import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { ForkDraft } from './fork-draft.svelte.js';
import { readSetting } from '../model/settings.js';

const SPEC = DEFAULT_PRESET.spec;
const draftOf = () => new ForkDraft(SPEC, { of: 'Run 3', step: 1050 });

test('ForkDraft offers only settings that need no restart, the learning rate first', () => {
  const draft = draftOf();
  expect(draft.setting.key).toBe('training.optimizer.learning_rate');
  const keys = draft.settings.map(({ key }) => key);
  expect(keys).toContain('training.batch_size');
  expect(keys).toContain('training.faults.wrong_sign');
  expect(keys).not.toContain('seed');
  expect(draft.settings.every(({ applies }) => applies(SPEC))).toBe(true);
});

test('choose resets the setting chosen before', () => {
  const draft = draftOf();
  expect(draft.differs).toBe(false);
  draft.change(draft.setting, 0.5);
  expect([draft.differs, draft.name]).toEqual([true, expect.stringMatching(/^Run 3 from step 1,050, .* → 0.5$/)]);
  draft.choose('training.batch_size');
  expect(draft.draft).toBe(SPEC);
  draft.change(draft.setting, 7);
  draft.change(draft.setting, Number(readSetting(SPEC, draft.setting)));
  expect(draft.differs).toBe(false);
  draft.choose('training.optimizer');
  draft.change(draft.setting, 'adamw');
  expect(draft.draft.training).toEqual({ ...SPEC.training, optimizer: expect.objectContaining({ type: 'adamw' }) });
});

test('ForkDraft forgets a refusal when something else is chosen', () => {
  const problem = /** @type {const} */ ({ code: 'out_of_range', message: 'No.', layer: null });
  const draft = draftOf();
  draft.refuse(problem);
  draft.change(draft.setting, 0.5);
  expect(draft.draftProblem).toBeNull();
  draft.refuse(problem);
  draft.choose('training.batch_size');
  expect(draft.draftProblem).toBeNull();
});
