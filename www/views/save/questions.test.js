import { expect, it } from 'vitest';
import { questionOf } from './questions.js';

/** @type {import('../../experiments/form.js').Experiment} */
const experiment = /** @type {any} */ ({
  ...{ title: 'Bad starts', question: 'What happens?', shows: ['It matters.'] },
  ...{ measures: ['testAccuracy'], chart: 'loss', runs: [{ group: 'He' }] },
  guess: { options: ['nothing', 'much'], right: 1 },
});
const claim = { says: 'He is better.', run: 'He', measure: /** @type {const} */ ('testAccuracy') };

it('questionOf has the guess before the runs have ended, and the answer only afterwards', () => {
  const asked = {
    title: 'Bad starts',
    question: 'What happens?',
    guess: 'nothing',
    answer: '',
    findings: [],
    shows: [],
    figures: [],
    curves: null,
  };
  expect(questionOf(experiment, { guess: 0, verdicts: null, values: {}, runs: [] })).toEqual(asked);
  const verdicts = [{ claim, run: 'He', value: 0.9, other: { run: 'zeros', value: 0.1 }, holds: true }];
  /** @type {any} */
  const runs = [{ name: 'He', steps: 3, losses: [2, 1, 0.5], values: {} }];
  const values = { He: { testAccuracy: 0.9 }, zeros: {} };
  expect(questionOf(experiment, { guess: null, verdicts, values, runs })).toEqual({
    ...{ title: 'Bad starts', question: 'What happens?', guess: '', answer: 'much', shows: ['It matters.'] },
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
