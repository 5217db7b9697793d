import { expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { questionOf } from './questions.js';

/** @type {import('../../experiments/form.js').Experiment} */
const experiment = /** @type {any} */ ({
  ...{ id: 'bad-starts', title: 'Bad starts', question: 'What happens?', shows: ['It matters.'] },
  ...{
    measures: ['testAccuracy'],
    chart: 'loss',
    runs: [{ name: 'He', group: 'He', spec: DEFAULT_PRESET.spec, steps: 1200 }],
  },
  guess: { options: ['nothing', 'much'], right: 1 },
});
const BASE = 'https://example.org/';
const claim = { says: 'He is better.', run: 'He', measure: /** @type {const} */ ('testAccuracy') };

it('questionOf has the guess before the runs have ended, and the answer only afterwards', () => {
  const made = {
    settings: [{ run: 'He', settings: expect.arrayContaining([{ label: 'Steps', value: '1200' }]) }],
    link: `${BASE}#v=1&experiment=bad-starts`,
  };
  const asked = {
    title: 'Bad starts',
    question: 'What happens?',
    guess: 'nothing',
    answer: '',
    findings: [],
    shows: [],
    figures: [],
    curves: null,
    isRight: null,
    ...made,
  };
  expect(questionOf(experiment, { guess: 0, verdicts: null, values: {}, runs: [] }, BASE)).toEqual(asked);
  const verdicts = [{ claim, run: 'He', value: 0.9, other: { run: 'zeros', value: 0.1 }, holds: true }];
  /** @type {any} */
  const runs = [{ name: 'He', steps: 3, losses: [2, 1, 0.5], values: {} }];
  const values = { He: { testAccuracy: 0.9 }, zeros: {} };
  expect(questionOf(experiment, { guess: null, verdicts, values, runs }, BASE)).toEqual({
    ...{ title: 'Bad starts', question: 'What happens?', guess: '', answer: 'much', shows: ['It matters.'] },
    ...{ isRight: null, ...made },
    curves: expect.objectContaining({ text: expect.stringMatching(/>He<[^]*>Training loss /) }),
    findings: [{ says: 'He is better.', found: 'test accuracy: 90.0\u00a0% (He), 10.0\u00a0% (zeros)', holds: true }],
    figures: [
      {
        name: 'test accuracy',
        values: [
          { run: 'He', value: '90.0\u00a0%' },
          { run: 'zeros', value: '–' },
        ],
      },
    ],
  });
});

it('questionOf says whether the guess was right, once the answer is known', () => {
  const isRight = (/** @type {number} */ guess) =>
    questionOf(experiment, { guess, verdicts: [], values: {}, runs: [] }, BASE).isRight;
  expect([isRight(0), isRight(1)]).toEqual([false, true]);
});
