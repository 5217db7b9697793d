/**
 * Every hyperparameter a visitor can set, as a table: the settings panel is drawn from it, and the
 * marks on the curves are named from it. The engine decides which values are valid
 * (src/spec/validate.rs); `min` and `max` are what the page lets through to it.
 */

import { choice, inGroup, number, toggle } from './setting.js';

/** @typedef {import('./spec.js').Spec} Spec */

/** @param {string[]} types */
const optimizerIs =
  (...types) =>
  (/** @type {Spec} */ spec) =>
    types.includes(spec.training.optimizer.type);

/** @param {string} type */
const scheduleIs = (type) => (/** @type {Spec} */ spec) => spec.training.schedule.type === type;

/** @param {string} type */
const startIs = (type) => (/** @type {Spec} */ spec) => spec.initialization.type === type;

/** @param {Spec} spec */
const augmented = (spec) => Object.values(spec.training.augmentation).some((amount) => amount !== 0);

const ADAM = { learning_rate: 0.001, betas: /** @type {[number, number]} */ ([0.9, 0.999]), epsilon: 1e-8 };

/** Warps that keep a digit what it is: about what handwriting varies by. */
const GENTLE_WARPS = { rotation: 10, shift: 2, scale: 0.1, shear: 0.1 };

/** In the order in which they are shown. @type {import('./setting.js').Setting[]} */
export const SETTINGS = [
  ...inGroup('Run', [
    number('training.epochs', 'Epochs', 'Training stops after this many passes over the training images.', [
      1,
      1000,
      1,
      'log',
    ]),
    number(
      'training.batch_size',
      'Batch size',
      'Images per step. More give smoother steps, but fewer of them per epoch.',
      [1, 4096, 1, 'log'],
    ),
    number('seed', 'Seed', 'Controls all randomness. The same seed and settings give exactly the same run.', [
      0,
      Number.MAX_SAFE_INTEGER,
      1,
      'linear',
    ]),
  ]),
  ...inGroup('Optimizer', [
    choice('training.optimizer', 'Optimizer', 'The rule that turns gradients into updates of the weights.', [
      ['SGD', { type: 'sgd', learning_rate: 0.01, momentum: 0.9, nesterov: false, weight_decay: 0 }],
      ['Adam', { type: 'adam', ...ADAM, weight_decay: 0 }],
      ['AdamW', { type: 'adamw', ...ADAM, weight_decay: 0.01 }],
    ]),
    number(
      'training.optimizer.learning_rate',
      'Learning rate',
      'How far each step goes. Too small learns slowly; too large overshoots or diverges.',
      [1e-5, 10, 1e-5, 'log'],
    ),
    number(
      'training.optimizer.momentum',
      'Momentum',
      'How much of the last direction is kept, as a rolling ball keeps its speed.',
      [0, 0.99, 0.01, 'linear'],
      optimizerIs('sgd'),
    ),
    toggle(
      'training.optimizer.nesterov',
      'Nesterov',
      'Looks ahead along the momentum before it corrects. Needs momentum.',
      { on: true, off: false, applies: optimizerIs('sgd') },
    ),
    number(
      'training.optimizer.betas.0',
      'Beta 1',
      'How slowly the running mean of the gradients forgets.',
      [0, 0.999, 0.001, 'linear'],
      optimizerIs('adam', 'adamw'),
    ),
    number(
      'training.optimizer.betas.1',
      'Beta 2',
      'How slowly the running mean of the squared gradients forgets.',
      [0, 0.9999, 0.0001, 'linear'],
      optimizerIs('adam', 'adamw'),
    ),
    number(
      'training.optimizer.epsilon',
      'Epsilon',
      'A small number that prevents division by 0.',
      [1e-12, 1, 1e-12, 'log'],
      optimizerIs('adam', 'adamw'),
    ),
    number(
      'training.optimizer.weight_decay',
      'Weight decay',
      'Pulls every weight steadily towards 0, to reduce overfitting.',
      [0, 1, 1e-5, 'log'],
    ),
  ]),
  ...inGroup('Schedule', [
    choice('training.schedule', 'Schedule', 'How the learning rate changes during training.', [
      ['Constant', { type: 'constant' }],
      ['Step decay', { type: 'step', epochs: 2, factor: 0.5 }],
      ['Cosine', { type: 'cosine', floor: 0 }],
      ['One cycle', { type: 'one_cycle', warmup: 0.3 }],
    ]),
    number(
      'training.schedule.epochs',
      'Epochs per drop',
      'The learning rate drops each time this many epochs have passed.',
      [1, 1000, 1, 'log'],
      scheduleIs('step'),
    ),
    number(
      'training.schedule.factor',
      'Drop to',
      'The share of the learning rate that remains after each drop.',
      [0.01, 1, 0.01, 'linear'],
      scheduleIs('step'),
    ),
    number(
      'training.schedule.floor',
      'Floor',
      'The share of the learning rate that remains at the end.',
      [0, 1, 0.01, 'linear'],
      scheduleIs('cosine'),
    ),
    number(
      'training.schedule.warmup',
      'Warm-up',
      'The share of the run during which the learning rate rises before it falls.',
      [0.01, 0.99, 0.01, 'linear'],
      scheduleIs('one_cycle'),
    ),
  ]),
  ...inGroup('Start', [
    choice(
      'initialization',
      'Initial weights',
      'The weights before the first step. A poor choice can stop all learning.',
      [
        ['He', { type: 'he' }],
        ['Xavier', { type: 'xavier' }],
        ['Normal', { type: 'normal', deviation: 0.05 }],
        ['Uniform', { type: 'uniform', limit: 0.05 }],
        ['All the same', { type: 'constant', value: 0.01 }],
        ['All zero', { type: 'zeros' }],
      ],
    ),
    number(
      'initialization.deviation',
      'Deviation',
      'How widely the initial weights scatter around 0.',
      [1e-4, 10, 1e-4, 'log'],
      startIs('normal'),
    ),
    number(
      'initialization.limit',
      'Limit',
      'The initial weights are spread evenly between minus and plus this.',
      [1e-4, 10, 1e-4, 'log'],
      startIs('uniform'),
    ),
    number(
      'initialization.value',
      'Value',
      'All weights and biases start from this one number.',
      [-1, 1, 0.001, 'linear'],
      startIs('constant'),
    ),
  ]),
  ...inGroup('Input', [
    number(
      'normalization.mean',
      'Pixel mean',
      ({ normalization: { mean } }) =>
        `Subtracted from each pixel (blank is 0, full ink is 1). The training images have a mean of ${mean}.`,
      [0, 1, 1e-4, 'linear'],
    ),
    number(
      'normalization.deviation',
      'Pixel deviation',
      ({ normalization: { deviation } }) =>
        `Pixels are then divided by this. The training images have a standard deviation of ${deviation}.`,
      [0.003, 10, 1e-4, 'log'],
    ),
    number(
      'data.training_images',
      'Training images',
      'Uses only the first N images. With few images the network memorises them.',
      [1, 55_000, 1, 'log'],
    ),
    number(
      'data.wrong_labels',
      'Wrong labels',
      'The share of training images whose label is replaced by a random one.',
      [0, 1, 0.01, 'linear'],
    ),
  ]),
  ...inGroup('Augmentation', [
    toggle(
      'training.augmentation',
      'Augmentation',
      ({ many }) =>
        `Distorts each training image slightly, differently every epoch, so that ${many === 'digits' ? 'unusual handwriting is' : `unusual ${many} are`} learned too.`,
      {
        on: GENTLE_WARPS,
        off: { rotation: 0, shift: 0, scale: 0, shear: 0 },
      },
    ),
    number(
      'training.augmentation.rotation',
      'Rotation',
      'Rotates by up to this many degrees either way.',
      [0, 45, 0.5, 'linear'],
      augmented,
    ),
    number(
      'training.augmentation.shift',
      'Shift',
      'Moves by up to this many pixels, sideways and up or down.',
      [0, 8, 0.5, 'linear'],
      augmented,
    ),
    number(
      'training.augmentation.scale',
      'Scale',
      'Enlarges or shrinks by up to this share: 0.1 is a tenth.',
      [0, 0.5, 0.01, 'linear'],
      augmented,
    ),
    number(
      'training.augmentation.shear',
      'Shear',
      'Slants by up to this many pixels sideways for each pixel down.',
      [0, 0.5, 0.01, 'linear'],
      augmented,
    ),
  ]),
  ...inGroup('Deliberate bugs', [
    toggle(
      'training.faults.forgotten_relu_mask',
      'Forgotten ReLU mask',
      'ReLU lets every gradient through, even where its output was 0.',
      { on: true, off: false },
    ),
    toggle(
      'training.faults.wrong_sign',
      'Wrong sign',
      'The first layer with weights gets its gradient with the wrong sign.',
      { on: true, off: false },
    ),
    toggle(
      'training.faults.gradient_to_ties',
      'Gradient to all ties',
      'Max pooling sends its gradient to every number that equals the largest.',
      { on: true, off: false },
    ),
  ]),
];
