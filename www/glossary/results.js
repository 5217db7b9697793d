/** The terms for how good a network is, for what can go wrong, and for runs. */

import { ask, digits, health, element, setting, SHARE, tab } from './term.js';

/** @type {import('./term.js').Entry[]} */
export const RESULTS = [
  {
    id: 'accuracy',
    name: 'accuracy',
    says: 'The share of images that get the correct answer.',
    picture: 'accuracy',
    show: element('accuracy'),
  },
  {
    id: 'confidence',
    name: 'confidence',
    says: 'The probability that the network gives to its own answer. It can be high even when the answer is wrong.',
    picture: 'softmax',
    show: tab('confidence'),
  },
  {
    id: 'calibration',
    name: 'calibration',
    says: 'Whether the confidence can be trusted: of the answers given with 80 %, about 80 % should be correct.',
    picture: 'calibration',
    show: tab('confidence'),
  },
  {
    id: 'confusion-matrix',
    name: 'confusion matrix',
    says: 'A table of mistakes: a row for each correct answer, a column for each guess. Correct guesses are on the diagonal.',
    picture: 'confusion',
    show: tab('matrix'),
  },
  {
    id: 'precision',
    name: 'precision',
    says: 'Of all the images it called a 4, how many really are a 4? It reads one column of the confusion matrix.',
    picture: 'precision',
    show: tab('classes'),
  },
  {
    id: 'recall',
    name: 'recall',
    also: ['sensitivity'],
    says: 'Of all the images that are a 4, how many did it call a 4? It reads one row of the confusion matrix.',
    picture: 'recall',
    show: tab('classes'),
  },
  {
    id: 'f1',
    name: 'F1',
    also: ['F-score'],
    says: 'One number for precision and recall together: their harmonic mean. It is high only if both are.',
    show: tab('classes'),
  },
  {
    id: 'support',
    name: 'support',
    says: 'How many images of a class there are.',
    show: tab('classes'),
  },
  {
    id: 'macro',
    name: 'macro average',
    says: 'The plain mean over all classes, so that a rare class counts as much as a common one.',
    show: tab('classes'),
  },
  {
    id: 'histogram',
    name: 'histogram',
    says: 'A picture of how often each value occurs: the more often, the higher the bar.',
    picture: 'histogram',
    show: health('histograms'),
  },
  {
    id: 'pca',
    name: 'PCA',
    also: ['principal component analysis'],
    says: 'Finds the directions in which long lists of numbers differ most. With two of them, images become points on a map.',
    picture: 'scatter',
    show: digits('map'),
  },
  {
    id: 'multiply-add',
    name: 'multiply-add',
    also: ['MAC'],
    says: 'One multiplication and one addition: the unit for counting the work of a layer.',
    show: tab('cost'),
  },
];

/** @type {import('./term.js').Entry[]} */
export const TROUBLE = [
  {
    id: 'overfitting',
    name: 'overfitting',
    says: 'The network memorises its training images instead of learning what they share. The validation loss rises while the training loss falls.',
    picture: 'overfitting',
    show: element('loss'),
  },
  {
    id: 'gap',
    name: 'gap',
    also: ['generalisation gap'],
    says: 'Training accuracy (on up to 2,000 images, not the last batches) minus validation accuracy, in percentage points. It says how much worse the network does on new images; if it grows, the network overfits.',
    picture: 'overfitting',
    show: tab('points'),
  },
  {
    id: 'plateau',
    name: 'plateau',
    says: 'A stretch of training in which the loss hardly changes.',
    picture: 'plateau',
    show: element('loss'),
  },
  {
    id: 'divergence',
    name: 'divergence',
    says: 'The loss grows until it is no longer a number. The usual cause is a learning rate that is too high.',
    picture: 'divergence',
    show: setting('training.optimizer.learning_rate'),
  },
  {
    id: 'vanishing-gradient',
    name: 'vanishing gradient',
    says: 'The gradients shrink from layer to layer on the way back. The first layers then hardly learn.',
    picture: 'vanishing',
    show: health('flow'),
  },
  {
    id: 'exploding-gradient',
    name: 'exploding gradient',
    says: 'The gradients grow from layer to layer on the way back. The weights then jump about.',
    picture: 'exploding',
    show: health('flow'),
  },
  {
    id: 'dead-unit',
    name: 'dead unit',
    also: ['dying ReLU'],
    says: 'A ReLU that outputs 0 for every image. No gradient passes it, so the weights before it cannot recover.',
    picture: 'dead',
    show: health('units'),
  },
  {
    id: 'symmetry',
    name: 'symmetry',
    says: 'Filters that start out identical get identical gradients and stay identical. Random initial weights prevent this.',
    picture: 'symmetry',
    show: health('symmetry'),
  },
  {
    id: 'adversarial-example',
    name: 'adversarial example',
    also: ['adversarial attack'],
    says: 'An image changed so slightly that you hardly see it, yet the network gives another answer. The change follows the gradient of the loss.',
    picture: 'adversarial',
    show: ask('fool'),
  },
];

/** @type {import('./term.js').Entry[]} */
export const RUNS = [
  {
    id: 'run',
    name: 'run',
    says: 'One training from the first step on, with its settings, its curves and its weights.',
    show: tab('runs'),
  },
  {
    id: 'checkpoint',
    name: 'checkpoint',
    says: 'The whole state of a run at one step, saved so that training can go on from there.',
    show: tab('runs'),
  },
  {
    id: 'fork',
    name: 'branch',
    also: ['fork'],
    says: 'A new run that starts at a step of another, with a setting changed. Both are kept.',
    picture: 'fork',
    show: tab('runs'),
  },
  {
    id: 'fingerprint',
    name: 'fingerprint',
    also: ['hash'],
    says: 'A short code computed from all weights. Two runs with the same fingerprint ended with the same weights.',
    show: SHARE,
  },
  {
    id: 'receipt',
    name: 'receipt',
    says: 'The settings of a run and the fingerprint of its result. Anyone can repeat the run and check that it matches.',
    show: SHARE,
  },
  {
    id: 'fault',
    name: 'fault',
    says: 'A mistake built in on purpose, so that you can see how it shows and how the gradient check finds it.',
    show: setting('training.faults.wrong_sign'),
    settings: ['training.faults.forgotten_relu_mask', 'training.faults.gradient_to_ties'],
  },
];
