/** The terms for how good a network is, for what can go wrong, and for runs. */

import { ask, digits, health, element, setting, SHARE, tab } from './term.js';

/** @type {import('./term.js').Entry[]} */
export const RESULTS = [
  {
    id: 'accuracy',
    says: 'The share of images that get the correct answer.',
    show: element('accuracy'),
  },
  {
    id: 'confidence',
    says: 'The probability that the network gives to its own answer. It can be high even when the answer is wrong.',
    picture: 'softmax',
    show: tab('confidence'),
  },
  {
    id: 'calibration',
    says: 'Whether the confidence can be trusted: of the answers given with 80 %, about 80 % should be correct.',
    show: tab('confidence'),
  },
  {
    id: 'confusion-matrix',
    says: 'A table of mistakes: a row for each correct answer, a column for each guess. Correct guesses are on the diagonal.',
    picture: 'confusion',
    show: tab('matrix'),
  },
  {
    id: 'precision',
    says: 'Of all the images it called a 4, how many really are a 4? It reads one column of the confusion matrix.',
    show: tab('classes'),
  },
  {
    id: 'recall',
    also: ['sensitivity'],
    says: 'Of all the images that are a 4, how many did it call a 4? It reads one row of the confusion matrix.',
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
    says: 'A picture of how often each value occurs: the more often, the higher the bar.',
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
  {
    id: 'ablation',
    name: 'ablation',
    says: 'Switching off a part of the network to see what is lost without it. What changes little was not needed, or something else stands in for it.',
    show: ask('off'),
  },
  {
    id: 'saliency',
    name: 'saliency map',
    also: ['input gradient'],
    says: 'The gradient of the score of one class with respect to each pixel. It says what a small change of the pixel would do, not what the pixel does now.',
    show: ask('looks'),
  },
  {
    id: 'occlusion',
    name: 'occlusion',
    also: ['occlusion sensitivity'],
    says: 'A patch covers one part of the image after the other. Where the probability falls, the network needed what was there.',
    show: ask('looks'),
  },
  {
    id: 'grad-cam',
    name: 'class activation',
    also: ['Grad-CAM', 'class activation map'],
    says: 'The maps of a convolution, added up with weights: the mean gradient of the score of a class in each. Only what speaks for the class is kept.',
    show: ask('looks'),
  },
  {
    id: 'integrated-gradients',
    name: 'integrated gradients',
    says: 'Each pixel times its mean gradient on the way from an empty image to this one. All pixels together add up to the difference of the two scores.',
    show: ask('looks'),
  },
];

/** @type {import('./term.js').Entry[]} */
export const TROUBLE = [
  {
    id: 'overfitting',
    says: 'The network memorises its training images instead of learning what they share. The validation loss rises while the training loss falls.',
    show: element('loss'),
  },
  {
    id: 'gap',
    also: ['generalisation gap'],
    says: 'Training accuracy (on up to 2,000 images, not the last batches) minus validation accuracy, in percentage points. It says how much worse the network does on new images; if it grows, the network overfits.',
    picture: 'overfitting',
    show: tab('points'),
  },
  {
    id: 'plateau',
    says: 'A stretch of training in which the loss hardly changes.',
    show: element('loss'),
  },
  {
    id: 'divergence',
    says: 'The loss grows until it is no longer a number. The usual cause is a learning rate that is too high.',
    show: setting('training.optimizer.learning_rate'),
  },
  {
    id: 'vanishing-gradient',
    says: 'The gradients shrink from layer to layer on the way back. The first layers then hardly learn.',
    picture: 'vanishing',
    show: health('flow'),
  },
  {
    id: 'exploding-gradient',
    says: 'The gradients grow from layer to layer on the way back. The weights then jump about.',
    picture: 'exploding',
    show: health('flow'),
  },
  {
    id: 'dead-unit',
    also: ['dying ReLU'],
    says: 'A ReLU that outputs 0 for every image. No gradient passes it, so the weights before it cannot recover.',
    picture: 'dead',
    show: health('units'),
  },
  {
    id: 'symmetry',
    says: 'Filters that start out identical get identical gradients and stay identical. Random initial weights prevent this.',
    show: health('symmetry'),
  },
  {
    id: 'adversarial-example',
    name: 'adversarial example',
    also: ['adversarial attack'],
    says: 'An image changed on purpose, as little as possible, so that the network gives another answer. The gradient shows the way.',
    picture: 'adversarial',
    show: ask('fool'),
  },
];

/** @type {import('./term.js').Entry[]} */
export const RUNS = [
  {
    id: 'run',
    says: 'One training from the first step on, with its settings, its curves and its weights.',
    show: tab('runs'),
  },
  {
    id: 'checkpoint',
    says: 'The whole state of a run at one step, saved so that training can go on from there.',
    show: tab('runs'),
  },
  {
    id: 'fork',
    name: 'branch',
    also: ['fork'],
    says: 'A new run that starts at a step of another, with a setting changed. Both are kept.',
    show: tab('runs'),
  },
  {
    id: 'fingerprint',
    also: ['hash'],
    says: 'A short code computed from all weights. Two runs with the same fingerprint ended with the same weights.',
    show: SHARE,
  },
  {
    id: 'receipt',
    says: 'The settings of a run and the fingerprint of its result. Anyone can repeat the run and check that it matches.',
    show: SHARE,
  },
  {
    id: 'fault',
    says: 'A mistake built in on purpose, so that you can see how it shows and how the gradient check finds it.',
    show: setting('training.faults.wrong_sign'),
    settings: ['training.faults.forgotten_relu_mask', 'training.faults.gradient_to_ties'],
  },
];
