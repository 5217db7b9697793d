/** The engine's summary of a small network: enough for tests that never train it. @type {import('../../model/spec.js').Summary} */
export const SUMMARY = {
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', shape: [2, 2, 2], parameters: 20, multiply_adds: 72 },
    { type: 'dense', shape: [10], parameters: 90, multiply_adds: 80 },
  ],
  stages: [
    { first_layer: 0, last_layer: 0 },
    { first_layer: 1, last_layer: 1 },
  ],
  classes: 10,
  parameters: 110,
  multiply_adds: 152,
};
