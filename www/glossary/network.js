/** The terms for what a network is made of, in the order in which a number meets them. */

import { BACKWARD, digits, health, layer, tab } from './term.js';

/** @type {import('./term.js').Entry[]} */
export const NETWORK = [
  {
    id: 'layer',
    says: 'One stage of the network. It takes the numbers of the stage before it and computes new ones.',
    picture: 'layers',
    show: layer('conv2d', 'dense'),
  },
  {
    id: 'input',
    says: 'The image as the network gets it: a number for each pixel, 28 × 28 of them for MNIST. In colour each pixel has three.',
    show: layer('input'),
  },
  {
    id: 'class',
    says: 'One of the possible answers, such as the digits 0 to 9.',
    show: tab('classes'),
  },
  {
    id: 'label',
    also: ['ground truth', 'target'],
    says: 'The correct answer that comes with an image of the data set.',
    show: tab('matrix'),
    settings: ['data.wrong_labels'],
  },
  {
    id: 'probe',
    says: 'The one image that the page shows inside the network. It is your drawing, or a test image you picked.',
    show: layer('conv2d', 'dense'),
  },
  {
    id: 'normalisation',
    says: 'Each pixel has the mean subtracted and is divided by the standard deviation. The inputs then centre on 0.',
    show: layer('input'),
    settings: ['normalization.mean', 'normalization.deviation'],
  },
  {
    id: 'convolution',
    also: ['conv2d'],
    says: 'A small filter slides over the image. At each place it multiplies what it covers by its weights and adds up the products.',
    show: layer('conv2d'),
    kinds: ['conv2d'],
  },
  {
    id: 'filter',
    says: 'The set of weights that a convolution slides over its input. Each filter looks for one pattern, such as an edge.',
    show: layer('conv2d'),
  },
  {
    id: 'kernel',
    also: ['window'],
    says: 'The patch that a filter or a pool covers at one time. A 5 × 5 kernel covers 25 numbers of each map.',
    show: layer('conv2d', 'max_pool2d', 'avg_pool2d'),
  },
  {
    id: 'stride',
    says: 'How many pixels the kernel moves at a time. A stride of 2 makes the map about half as wide and half as high.',
    show: layer('max_pool2d', 'avg_pool2d', 'conv2d'),
  },
  {
    id: 'padding',
    says: 'A border around the maps, so that the kernel can reach the edge. A convolution pads with zeros.',
    show: layer('conv2d'),
  },
  {
    id: 'feature-map',
    also: ['activation map'],
    says: 'The picture that one filter makes: how strongly its pattern was found at each place.',
    picture: 'map',
    show: layer('conv2d'),
  },
  {
    id: 'channel',
    says: 'One of the maps side by side in a layer. The image has one channel; a convolution makes one for each filter.',
    picture: 'channels',
    show: digits('top'),
  },
  {
    id: 'receptive-field',
    says: 'The part of the image that one number can depend on. It grows from layer to layer.',
    picture: 'field',
    show: digits('top'),
  },
  {
    id: 'activation',
    says: 'A number that a layer outputs for one image.',
    show: health('histograms'),
  },
  {
    id: 'activation-function',
    also: ['nonlinearity'],
    says: 'A curve that each number passes through by itself. Without one, several layers could do no more than a single layer can.',
    picture: 'curves',
    show: layer('relu', 'leaky_relu', 'tanh', 'sigmoid', 'gelu'),
    kinds: ['leaky_relu', 'tanh', 'sigmoid', 'gelu'],
  },
  {
    id: 'relu',
    name: 'ReLU',
    also: ['rectified linear unit'],
    says: 'Negative numbers become 0. All others pass unchanged.',
    show: layer('relu'),
    kinds: ['relu'],
  },
  {
    id: 'max-pooling',
    says: 'Keeps only the largest number of each patch, so the map shrinks. Small shifts of the drawing then matter less.',
    picture: 'pool',
    show: layer('max_pool2d'),
    kinds: ['max_pool2d'],
  },
  {
    id: 'mean-pooling',
    also: ['average pooling'],
    says: 'Replaces each patch by its mean, so the map shrinks and becomes smoother.',
    picture: 'mean',
    show: layer('avg_pool2d'),
    kinds: ['avg_pool2d'],
  },
  {
    id: 'flatten',
    says: 'Writes all maps, row by row, into one long list of numbers. The values stay the same.',
    show: layer('flatten'),
    kinds: ['flatten'],
  },
  {
    id: 'dense',
    name: 'dense layer',
    also: ['fully connected layer', 'linear layer'],
    says: 'Every unit adds up all inputs, each multiplied by a weight of its own.',
    show: layer('dense'),
    kinds: ['dense'],
  },
  {
    id: 'unit',
    also: ['neuron'],
    says: 'One output of a dense layer: a weighted sum of the inputs plus a bias.',
    show: layer('dense'),
  },
  {
    id: 'weight',
    says: 'A number that an input is multiplied by. Training changes the weights; that is how the network learns.',
    show: layer('dense', 'conv2d'),
  },
  {
    id: 'bias',
    says: 'A number added to a weighted sum. It is learned too.',
    show: layer('dense', 'conv2d'),
  },
  {
    id: 'parameter',
    says: 'Any number that training changes: a weight or a bias.',
    show: tab('cost'),
  },
  {
    id: 'dropout',
    says: 'Sets randomly chosen numbers to 0 during training. The network then cannot rely on any single one of them.',
    show: layer('dropout'),
    kinds: ['dropout'],
  },
  {
    id: 'logit',
    also: ['raw score'],
    says: 'The score of a class, as the last layer outputs it. Softmax turns the logits into probabilities.',
    picture: 'logits',
    show: BACKWARD,
  },
  {
    id: 'softmax',
    says: 'Turns scores into probabilities: raise e to each score, then divide by the total. They add up to 100 %.',
    show: layer('softmax'),
  },
];
