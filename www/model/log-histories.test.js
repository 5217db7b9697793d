import { describe, expect, test } from 'vitest';
import { evaluate } from '../engine/experiment/measures.js';
import { stepsToValidation } from '../engine/run/evaluation.js';
import { sessionWithDigits } from '../engine/testing/real-engine.js';
import { Series } from './curves.js';
import { logOf } from './log.js';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { record } from './testing/record.js';

/** @typedef {import('./spec.js').Spec} Spec */

const { spec } = DEFAULT_PRESET;

/**
 * Trains on the real engine, evaluates when the page would, and tells what happened.
 * @param {Spec} spec
 * @param {number} steps
 */
function trained(spec, steps) {
  const session = sessionWithDigits();
  session.start(spec);
  session.watchGradientNorms(true);
  const train = new Series();
  const evaluations = [];
  const norms = [];
  for (let due = stepsToValidation(session.position()); train.length < steps;) {
    session.compute(0, session.beginStep());
    const made = session.finishStep();
    const position = session.position();
    if (!made || position.finished) break;
    const { step, epoch } = position;
    train.add(step, made.loss, made.accuracy);
    if (step % 100 === 0) norms.push(...session.takeGradientNorms());
    due -= 1;
    if (due > 0) continue;
    evaluations.push({ ...evaluate(session, 'validation'), split: /** @type {const} */ ('validation'), step, epoch });
    due = stepsToValidation(position);
  }
  const divergence = session.diverged() ?? null;
  session.free();
  return logOf(record({ train, evaluations, norms, spec, divergence }));
}

/** @param {number} learning_rate @returns {Spec} */
const withRate = (learning_rate) => {
  const optimizer = { ...spec.training.optimizer, learning_rate };
  return { ...spec, training: { ...spec.training, optimizer } };
};

describe('logOf, on runs of the engine', () => {
  // A few hundred steps each; the limit is for a machine that is a hundred times slower.
  test(
    'says of a network that dies quietly at a learning rate of 0.5 that the rate is probably too high',
    {
      timeout: 100_000,
    },
    () => {
      const warnings = trained(withRate(0.5), 400).filter(({ warns }) => warns);
      expect(warnings).toContainEqual(
        expect.objectContaining({ step: 300, sentence: expect.stringContaining('learning rate is probably too high') }),
      );
    },
  );

  test('names the start of a network that began with zeros', { timeout: 100_000 }, () => {
    const entries = trained({ ...spec, initialization: { type: 'zeros' } }, 300);
    expect(entries).toContainEqual(
      expect.objectContaining({ step: 300, sentence: expect.stringContaining('All weights began the same') }),
    );
  });

  test('sees a network learn 200 images by heart', { timeout: 100_000 }, () => {
    const few = { ...spec, data: { ...spec.data, training_images: 200 }, training: { ...spec.training, epochs: 30 } };
    const found = trained(few, 150).filter(({ kind }) => kind === 'overfitting');
    expect(found.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(/^Strong overfitting/));
  });

  const quick = PRESETS.filter(({ id }) => ['codelab', 'no-convolution'].includes(id));
  test.each(quick)(
    'raises no alarm in two epochs of the preset $id',
    {
      tags: 'slow',
      timeout: 600_000,
    },
    ({ spec }) => {
      const entries = trained(spec, (2 * 55_000) / spec.training.batch_size + 1);
      expect(entries.filter(({ warns }) => warns)).toEqual([]);
      expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['evaluated', 'epoch', 'learned']));
    },
  );
});
