import { describe, expect, test } from 'vitest';
import { readExperiment } from './form.js';
import { readResults, writeResults } from './results.js';

const EXPERIMENT = readExperiment({
  ...{ id: 'one', title: 'One', question: 'What?', guess: { options: ['a', 'b'], right: 1 } },
  base: { preset: 'codelab' },
  runs: ['a', 'b'].map((name) => ({ name, steps: 240 })),
  ...{ watch: { view: 'curves', text: 'Watch.' }, shows: ['This.'], maths: 'That.' },
  claims: [{ says: 'It is so.', run: 'a', measure: 'testAccuracy', above: 0.5 }],
});

/** @param {string} name */
const runOf = (name) => ({
  ...{ name, steps: 240, problem: null },
  losses: Array.from({ length: 240 }, (_, step) => (step < 200 ? 2 : NaN)),
  accuracies: Array.from({ length: 240 }, (_, step) => (step % 2) / 2),
  validations: [{ step: 120, loss: Infinity, accuracy: 0.75 }],
  sizes: { activations: [1, 2], gradients: [3, NaN], firstWeights: 4 },
  filters: [{ step: 10, weights: [0.25, -1.5] }],
  values: { testAccuracy: 0.9, loss: NaN },
  dreams: [0, 128, 255],
});
const results = { guess: 0, runs: [runOf('a'), { ...runOf('b'), losses: [1, 3], accuracies: [0, 1], values: null }] };
const stored = () => JSON.parse(writeResults(results));

test('readResults reads what writeResults wrote, long curves as means of as many steps as a point stands for', () => {
  const read = readResults(writeResults(results), EXPERIMENT);
  const [first, second] = read?.runs ?? [];
  expect(read?.guess).toBe(0);
  expect(first).toMatchObject({ ...runOf('a'), accuracies: Array(240).fill(0.25), validations: [{ loss: NaN }] });
  expect(second).toMatchObject({ name: 'b', losses: [1, 3], accuracies: [0, 1], values: null });
});

test('what is stored of a run is small', () => {
  const losses = Array.from({ length: 20_000 }, (_, step) => 1 / (step + 3));
  const long = { ...runOf('a'), steps: 20_000, losses, accuracies: losses };
  expect(writeResults({ guess: 0, runs: [long] }).length).toBeLessThan(5_000);
});

describe('readResults returns null for results that are damaged or of another version of the experiment', () => {
  /** @type {[string, (stored: any) => unknown][]} */
  const damages = [
    ['another guess', (all) => (all.guess = 2)],
    ['a guess that is a name', (all) => (all.guess = 'constructor')],
    ['fewer runs', (all) => all.runs.pop()],
    ['another name', (all) => (all.runs[0].name = 'c')],
    ['other steps', (all) => (all.runs[0].steps = 241)],
    ['more steps than planned', (all) => (all.runs[0].made = 1e9)],
    ['another width', (all) => (all.runs[0].width = 0)],
    ['a short curve', (all) => all.runs[0].losses.pop()],
    ['a curve of words', (all) => (all.runs[0].losses[3] = '<b>')],
    [
      'validations without end',
      (all) => (all.runs[0].validations = Array(1000).fill({ step: 1, loss: 1, accuracy: 1 })),
    ],
    ['a value that is an object', (all) => (all.runs[0].values.loss = {})],
    ['filters of words', (all) => (all.runs[0].filters[0].weights[1] = 'x')],
    ['sizes of nothing', (all) => (all.runs[0].sizes = {})],
    ['no run', (all) => (all.runs[1] = null)],
  ];
  test.each(damages)('%s', (_, damage) => {
    const all = stored();
    damage(all);
    expect(readResults(JSON.stringify(all), EXPERIMENT)).toBeNull();
  });

  test.each(['', 'null', '[]', '{', '7'])('the text %j', (text) => {
    expect(readResults(text, EXPERIMENT)).toBeNull();
  });

  test('whatever is damaged, it is read or refused', () => {
    const text = writeResults(results);
    for (let at = 0; at < text.length; at += 7) {
      const read = readResults(`${text.slice(0, at)}9${text.slice(at + 1)}`, EXPERIMENT);
      if (read) expect(read.runs.map(({ name }) => name)).toEqual(['a', 'b']);
    }
  });

  test('results from before filters were stored have none', () => {
    const all = stored();
    delete all.runs[0].filters;
    expect(readResults(JSON.stringify(all), EXPERIMENT)?.runs[0]?.filters).toEqual([]);
  });

  test('unknown measures are left out', () => {
    const all = stored();
    all.runs[0].values.speed = 1;
    expect(readResults(JSON.stringify(all), EXPERIMENT)?.runs[0]?.values).toEqual({ testAccuracy: 0.9, loss: NaN });
  });
});
