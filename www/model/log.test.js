import { describe, expect, test } from 'vitest';
import { SETS } from './data-sets.js';
import { latestOf, logOf } from './log.js';
import { DEFAULT_PRESET } from './presets.js';
import { curve, evaluation, record } from './testing/record.js';

/** @typedef {import('./log/record.js').RunRecord} RunRecord */

/** @param {Partial<RunRecord>} known @param {string} [kind] @returns {string[]} each entry as "step: sentence" */
const told = (known, kind) =>
  logOf(record(known))
    .filter((entry) => !kind || entry.kind === kind)
    .map(({ step, sentence }) => `${step}: ${sentence}`.replaceAll('\u00a0', ' '));

const { spec } = DEFAULT_PRESET;
/** Nine classes that are known, and one with this recall. @param {number} recall */
const seven = (recall) => [...Array.from({ length: 7 }, () => 0.95), recall, 0.95, 0.95];

test('of a run without a step there is nothing to tell', () => {
  expect(logOf(record())).toEqual([]);
});

describe('evaluations', () => {
  test('the first is told, and the end of each epoch', () => {
    const evaluations = [
      evaluation({ step: 215, accuracy: 0.6 }),
      evaluation({ step: 860, accuracy: 0.7 }),
      evaluation({ step: 1719, epoch: 1, accuracy: 0.75 }),
      evaluation({ step: 3438, epoch: 2, accuracy: 0.78 }),
    ];
    expect(told({ evaluations })).toEqual([
      '215: First evaluation: 60.0 % of 5,000 validation digits are classified correctly.',
      '1719: Epoch 1 ended: validation accuracy 75.00 %.',
      '3438: Epoch 2 ended: validation accuracy 78.00 %.',
    ]);
  });

  test('of thousands of epochs, fewer and fewer are told', () => {
    const evaluations = Array.from({ length: 300 }, (_, index) => evaluation({ step: index + 1, epoch: index + 1 }));
    expect(told({ evaluations }, 'epoch')).toHaveLength(9 + 9 + 3);
  });

  test('a class is learned at a recall of 90 %, forgotten below 80 %, and told once each time', () => {
    const recalls = [0.85, 0.91, 0.88, 0.82, 0.92, 0.79, 0.85, 0.9];
    const evaluations = recalls.map((recall, index) =>
      evaluation({ step: 10 * (index + 1), accuracy: 0.9, recalls: seven(recall) }),
    );
    expect(told({ evaluations }).slice(1)).toEqual([
      '10: Learned: 0, 1, 2, 3, 4, 5, 6, 8 and 9. Recall is 90 % or more.',
      '20: Learned: 7. Recall is 90 % or more.',
      '60: Forgotten: 7. Recall fell below 80 %.',
      '80: Learned: 7. Recall is 90 % or more.',
    ]);
  });

  test('all of them are called what the data set calls them', () => {
    const evaluations = [evaluation({ step: 10, accuracy: 0.99, recalls: Array.from({ length: 10 }, () => 1) })];
    for (const [set, all] of /** @type {const} */ ([
      ['mnist', 'digits'],
      ['fashion', 'classes'],
    ])) {
      const [sentence] = told({ evaluations, classes: SETS[set] }, 'learned');
      expect(sentence).toContain(`Learned: all 10 ${all}.`);
    }
  });

  test('what a network from a file knows before its first step was not learned here', () => {
    const evaluations = [evaluation({ step: 0, accuracy: 0.99, recalls: Array.from({ length: 10 }, () => 1) })];
    expect(told({ evaluations }, 'learned')).toEqual([
      '0: Known from the start: all 10 digits. Recall is 90 % or more.',
    ]);
  });

  test('a class into which everything is put has not been learned', () => {
    const recalls = Array.from({ length: 10 }, (_, index) => (index === 7 ? 1 : 0));
    expect(told({ evaluations: [evaluation({ step: 215, accuracy: 0.1, recalls })] }, 'learned')).toEqual([]);
  });

  test('there is a plateau after three evaluations and 500 steps without a new best, and once', () => {
    const accuracies = [0.9, 0.95, 0.94, 0.949, 0.95, 0.94, 0.93];
    const evaluations = accuracies.map((accuracy, index) => evaluation({ step: 200 * (index + 1), accuracy }));
    expect(told({ evaluations }, 'plateau')).toEqual([
      '1000: Plateau: validation accuracy has not risen since step 400 (95.00 %).',
    ]);
    const close = accuracies.map((accuracy, index) => evaluation({ step: 10 * (index + 1), accuracy }));
    expect(told({ evaluations: close }, 'plateau')).toEqual([]);
  });
});

describe('overfitting', () => {
  const train = curve(2_000, (step) => ({ accuracy: step < 800 ? 0.8 : 1, loss: 1 / step }));
  const at = (/** @type {number} */ step, /** @type {number} */ accuracy, loss = 0.5) =>
    evaluation({ step, epoch: 3, accuracy, loss });

  test('its first sign is told, and when it is strong', () => {
    const evaluations = [at(700, 0.82), at(1_000, 0.97), at(1_300, 0.96), at(1_600, 0.93), at(1_900, 0.92)];
    expect(told({ train, evaluations }, 'overfitting')).toEqual([
      '1000: First sign of overfitting: 100.0 % on training images, 97.0 % on validation images. It trains on 55,000 images.',
      '1600: Strong overfitting: 100.0 % on training images, 93.0 % on validation images. It trains on 55,000 images.',
    ]);
  });

  test('where training images were evaluated, their accuracy counts', () => {
    const [evaluations, trained] = [[at(1_000, 0.97)], [at(1_000, 0.985)]];
    expect(told({ train, evaluations, trained }, 'overfitting')).toEqual([
      '1000: First sign of overfitting: 98.5 % on training images, 97.0 % on validation images. It trains on 55,000 images.',
    ]);
  });

  test('a validation loss that rises while the training loss falls is told', () => {
    const evaluations = [at(700, 0.82, 0.5), at(900, 1, 0.6), at(1_100, 1, 0.52), at(1_300, 1, 0.6), at(1_500, 1, 0.7)];
    expect(told({ train, evaluations }, 'overfitting')).toEqual([
      '1500: Validation loss has risen since step 700, while training loss fell: it learns its images by heart.',
    ]);
    const flat = curve(2_000, () => ({ accuracy: 1 }));
    expect(told({ train: flat, evaluations }, 'overfitting')).not.toContainEqual(expect.stringContaining('by heart'));
  });
});

describe('guessing', () => {
  const guess = (/** @type {number} */ step) => ({ accuracy: 0.1, loss: step === 2 ? 6 : 2.3 });

  test('a network that guesses after 300 steps is told why, as far as its start tells', () => {
    const train = curve(420, guess);
    const reasons = [
      [spec, 'The learning rate is probably too high: a step raised the loss from 2.3 to 6.'],
      [{ ...spec, initialization: /** @type {const} */ ({ type: 'zeros' }) }, 'All weights began the same'],
      [
        { ...spec, training: { ...spec.training, faults: { ...spec.training.faults, wrong_sign: true } } },
        'A mistake on purpose is switched on',
      ],
    ];
    for (const [spec, reason] of /** @type {[RunRecord['spec'], string][]} */ (reasons))
      expect(told({ train, spec })).toEqual([
        expect.stringContaining(`300: After 300 steps it still guesses. ${reason}`),
      ]);
    const unmoved = curve(300, () => ({ accuracy: 0.1, loss: 2.3 }));
    expect(told({ train: unmoved })).toEqual([expect.stringContaining('See whether gradients reach its layers.')]);
    const huge = curve(300, (step) => ({ accuracy: 0.1, loss: step === 1 ? 600 : 2.3 }));
    expect(told({ train: huge })).toEqual([expect.stringContaining('initial weights are too large')]);
    expect(told({ train: curve(299, guess) })).toEqual([]);
  });

  test('a network that begins to learn late, or falls back, is told so', () => {
    const train = curve(900, (step) => ({ accuracy: step > 400 && step <= 700 ? 0.8 : 0.1, loss: 2.3 }));
    expect(told({ train })).toEqual([
      expect.stringContaining('300: After 300 steps it still guesses.'),
      '500: It has begun to learn: it classifies 80 % of its last 100 batches correctly.',
      '800: It has fallen back to guessing. The learning rate is probably too high.',
    ]);
  });

  test('a network that learns slowly does not guess', () => {
    expect(told({ train: curve(1_000, (step) => ({ accuracy: 0.1 + step / 3_000, loss: 2 })) })).toEqual([]);
  });
});

test('a divergence and a change of settings are told, with the layer and the setting', () => {
  const marks = [{ step: 120, label: 'Learning rate 0.02 → 0.5' }];
  expect(told({ marks, divergence: { step: 130, layer: 0 } })).toEqual([
    '120: Settings changed: Learning rate 0.02 → 0.5.',
    '130: Diverged: the output of conv 1 is no longer a finite number. The learning rate is probably too high.',
  ]);
  expect(told({ divergence: { step: 1, layer: null } })[0]).toContain('the loss is no longer');
});

describe('layers', () => {
  const dead = {
    layer: 1,
    units: 3,
    of: 8,
    word: /** @type {const} */ ('filter'),
    alive: 50,
    dead: 100,
    images: 5_000,
  };

  test('units that died are told, if enough images were counted', () => {
    expect(told({ deaths: [dead, { ...dead, layer: 4, images: 64 }, { ...dead, word: 'unit', images: 500 }] })).toEqual(
      ['100: 3 of 8 filters of ReLU 1 died after step 50: silent on all 5,000 images counted.'],
    );
    expect(told({ deaths: [{ ...dead, units: 8 }] })[0]).toContain('All 8 filters of ReLU 1 died');
  });

  test('a gradient that vanishes for three readings, or explodes, is told once a layer', () => {
    const reading = (/** @type {number} */ step, /** @type {number} */ first, last = 1) => ({
      step,
      layers: [
        { layer: 0, gradient: first, update: 0, weight: 1 },
        { layer: 7, gradient: last, update: 0, weight: 1 },
      ],
    });
    expect(told({ norms: [10, 20, 30, 40].map((step) => reading(step, 1e-7)) })).toEqual([
      '30: The gradient of conv 1 has vanished: it hardly learns.',
    ]);
    expect(told({ norms: [10, 20, 30].map((step) => reading(step, 0)) })).toEqual([
      '30: The gradient of conv 1 is 0: it cannot learn.',
    ]);
    expect(told({ norms: [10, 20, 30].map((step) => reading(step, 0, 0)) })).toEqual([
      '30: The gradient of conv 1 and dense is 0: they cannot learn.',
    ]);
    expect(told({ norms: [reading(10, 0), reading(20, 1), reading(30, 0), reading(40, 0)] })).toEqual([]);
    expect(told({ norms: [reading(10, 1, 50), reading(20, 1, 2_000), reading(30, 1, 9_000)] })).toEqual([
      '20: The gradient of dense has exploded: its norm is 2000. Lower the learning rate.',
    ]);
  });
});

test('latestOf is the last entry, unless that is routine and would hide a warning', () => {
  const entry = (/** @type {string} */ kind, warns = false) => /** @type {any} */ ({ kind, ...(warns && { warns }) });
  const [guessing, learned, epoch] = [entry('guessing', true), entry('learned'), entry('epoch')];
  expect(latestOf([])).toBeUndefined();
  expect(latestOf([guessing, epoch, epoch])).toBe(guessing);
  expect(latestOf([guessing, learned, epoch])).toBe(epoch);
  expect(latestOf([learned, guessing])).toBe(guessing);
});

test('entries are in the order of their steps, and those of one step in the order of the rules', () => {
  const evaluations = [evaluation({ step: 7, epoch: 1, accuracy: 0.95 })];
  const kinds = logOf(record({ evaluations, marks: [{ step: 9, label: 'x' }] })).map(({ kind }) => kind);
  expect(kinds).toEqual(['evaluated', 'epoch', 'learned', 'settings']);
});
