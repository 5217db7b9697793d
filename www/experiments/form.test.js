import { describe, expect, test } from 'vitest';
import { Malformed } from '../lib/json-reader.js';
import { verdictOn } from './claims.js';
import { EXPERIMENT_FILES } from './experiments.js';
import { readExperiment } from './form.js';
import { merged } from './merge.js';

const SOUND = {
  ...{ id: 'one', title: 'One', question: 'What?', guess: { options: ['a', 'b'], right: 1 } },
  base: { preset: 'codelab', change: { seed: 7 } },
  runs: [
    { name: 'small', steps: 10, change: { training: { optimizer: { type: 'sgd', learning_rate: 0.001 } } } },
    { name: 'large', steps: 20, nudges: [{ layer: 0, kind: 'weight', index: 3, value: 0.5 }] },
  ],
  watch: { view: 'curves', text: 'Watch.' },
  shows: ['This.'],
  maths: 'That.',
  claims: [{ says: 'It is so.', run: 'small', measure: 'testAccuracy', above: 0.5, than: { run: 'large' }, by: 0.1 }],
};

/** @param {object} change */
const changed = (change) => readExperiment({ ...SOUND, ...change });

test('readExperiment makes runs of the base and their change, and measures what the claims need', () => {
  const { runs, measures, chart, layers } = readExperiment(SOUND);
  expect([chart, layers]).toEqual(['loss', false]);
  expect(runs[0]?.spec).toMatchObject({ seed: 7, training: { batch_size: 32, optimizer: { learning_rate: 0.001 } } });
  expect(runs[0]?.spec.training.optimizer).not.toHaveProperty('momentum');
  expect(runs[1]).toMatchObject({ steps: 20, nudges: [{ place: { layer: 0, kind: 'weight', index: 3 }, value: 0.5 }] });
  expect(measures).toEqual(['testAccuracy']);
});

test('readExperiment makes a run for each seed, with the name of the run in the file as its group', () => {
  const { runs, claims } = changed({ seeds: [3, 4] });
  expect(runs.map(({ name, group, spec }) => [name, group, spec.seed])).toEqual([
    ['small, seed 3', 'small', 3],
    ['small, seed 4', 'small', 4],
    ['large, seed 3', 'large', 3],
    ['large, seed 4', 'large', 4],
  ]);
  expect(claims[0]?.run).toBe('small');
  expect(readExperiment(SOUND).runs[0]).toMatchObject({ name: 'small', group: 'small' });
});

test('readExperiment measures what the picture shows, besides what the claims need', () => {
  expect(readExperiment(SOUND).picture).toBe('curves');
  expect(changed({ picture: 'dots' }).measures).toEqual(['testAccuracy', 'peeked', 'honest']);
  expect(changed({ picture: 'shift' }).measures.slice(1)).toEqual(
    [0, 1, 2, 3, 4, 5].map((pixels) => `shifted${pixels}`),
  );
  expect(changed({ picture: 'filters' })).toMatchObject({ picture: 'filters', measures: ['testAccuracy'] });
});

test('readExperiment takes sentences to read before the guess', () => {
  expect(readExperiment(SOUND).before).toEqual([]);
  expect(changed({ before: ['One.', 'Two.'] }).before).toEqual(['One.', 'Two.']);
});

test('readExperiment takes a part of a view to watch', () => {
  expect(readExperiment(SOUND).watch).toEqual({ view: 'curves', part: '', step: null, text: 'Watch.' });
  expect(changed({ watch: { view: 'health', part: 'step', step: 0, text: 'a' } }).watch).toMatchObject({
    ...{ part: 'step', step: 0 },
  });
});

test('readExperiment takes an experiment about clothes', () => {
  const { runs } = changed({ base: { preset: 'codelab', change: { data: { set: 'fashion' } } } });
  expect(runs[0]?.spec.data).toEqual({ set: 'fashion', training_images: 55_000, wrong_labels: 0 });
});

describe('readExperiment refuses a malformed experiment with a sentence that says where', () => {
  test.each([
    ['no object', () => readExperiment([1]), /the file must be an object; got a list of 1/],
    ['no title', () => changed({ title: undefined }), /"title" of the file must be a text.*got nothing/],
    [
      'an unknown preset',
      () => changed({ base: { preset: 'x' } }),
      /"preset" of "base" of the file must be one of .*"x"/,
    ],
    ['no runs', () => changed({ runs: [] }), /"runs" of the file must be a list of 1 to 12/],
    [
      'too many steps',
      () => changed({ runs: [{ name: 'a', steps: 1e9 }] }),
      /"steps" of entry 1 of "runs" must be a whole/,
    ],
    [
      'a claim about an unknown run',
      () => changed({ claims: [{ ...SOUND.claims[0], run: 'x' }] }),
      /"run" of entry 1 of "claims"/,
    ],
    [
      'an unknown measure',
      () => changed({ claims: [{ ...SOUND.claims[0], measure: 'speed' }] }),
      /"measure" of entry 1/,
    ],
    [
      'a part that is not there',
      () => changed({ watch: { view: 'health', part: 'map', text: 'a' } }),
      /"part" of "watch" of the file must be one of flow, .*got "map"/,
    ],
    [
      'a part of a view without parts',
      () => changed({ watch: { view: 'curves', part: 'map', text: 'a' } }),
      /"part" of "watch" of the file must be left out for curves; got "map"/,
    ],
    ['a guess beyond', () => changed({ guess: { options: ['a', 'b'], right: 2 } }), /"right" of "guess" of the file/],
    [
      'a claim of nothing',
      () => changed({ claims: [{ says: 'x', run: 'small', measure: 'loss' }] }),
      /"above" of entry 1/,
    ],
    [
      'a best by nothing',
      () => changed({ claims: [{ ...SOUND.claims[0], run: 'best' }] }),
      /"of" of entry 1 of "claims"/,
    ],
    [
      'an unknown picture',
      () => changed({ picture: 'pie' }),
      /"picture" of the file must be one of filters, curves, dots, dreams, shift, strength, rank; got "pie"/,
    ],
    [
      'a picture of filters that are not there',
      () => changed({ picture: 'filters', base: { preset: 'codelab', change: { layers: [{ type: 'flatten' }] } } }),
      /"picture" of the file must be another one where the first layer of a run is not conv2d; got "filters"/,
    ],
    [
      'seeds that are none',
      () => changed({ seeds: [1, -2] }),
      /"seeds" of the file must be a list of whole numbers from 0 to 1000000; got -2/,
    ],
    ['no seeds', () => changed({ seeds: [] }), /"seeds" of the file must be a list of 1 to 5/],
    [
      'a chart of something else',
      () => changed({ chart: 'speed' }),
      /"chart" of the file must be one of loss, accuracy/,
    ],
    ['layers as a word', () => changed({ layers: 'yes' }), /"layers" of the file must be true or false; got "yes"/],
    ['a text without end', () => changed({ maths: 'x'.repeat(5_000) }), /"maths" of the file must be a text of up to/],
  ])('%s', (_, read, sentence) => {
    expect(read).toThrow(Malformed);
    expect(read).toThrow(sentence);
  });

  test('a shipped experiment with any damage is read or refused with a sentence', () => {
    const [first] = EXPERIMENT_FILES;
    const text = JSON.stringify(first?.json);
    let state = 1;
    for (let round = 0; round < 500; round++) {
      state = (state * 48_271) % 2_147_483_647;
      const at = state % text.length;
      const damaged = text.slice(0, at) + ['0', '"', '{', '[', 'null'][state % 5] + text.slice(at + 1 + (state % 7));
      let json;
      try {
        json = JSON.parse(damaged);
      } catch {
        continue;
      }
      try {
        readExperiment(json);
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
      }
    }
  });
});

test('a claim holds if all of it does', () => {
  const [claim] = readExperiment(SOUND).claims;
  if (!claim) throw new Error('no claim');
  const verdict = (/** @type {number} */ small, /** @type {number} */ large) =>
    verdictOn(claim, { small: { testAccuracy: small }, large: { testAccuracy: large } }).holds;
  expect([verdict(0.9, 0.7), verdict(0.9, 0.85), verdict(0.4, 0.1), verdict(NaN, 0)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('the best run is the one with the largest measure', () => {
  const claim = readExperiment({
    ...SOUND,
    claims: [{ says: 'x', run: 'best', of: 'peeked', measure: 'peeked', than: { run: 'best', measure: 'honest' } }],
  }).claims[0];
  if (!claim) throw new Error('no claim');
  const values = { small: { peeked: 0.9, honest: 0.8 }, large: { peeked: 0.95, honest: 0.96 } };
  expect(verdictOn(claim, values)).toEqual({
    run: 'large',
    value: 0.95,
    other: { run: 'large', value: 0.96 },
    holds: false,
  });
});

test('objects are merged, lists and kinds are replaced', () => {
  expect(merged({ a: { b: 1, c: 2 }, d: [1, 2] }, { a: { c: 3 }, d: [4] })).toEqual({ a: { b: 1, c: 3 }, d: [4] });
  expect(merged({ a: { type: 'x', b: 1 } }, { a: { type: 'y' } })).toEqual({ a: { type: 'y' } });
});
