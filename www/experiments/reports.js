/**
 * What the workers report about an experiment's runs. Types only.
 *
 * @typedef {import('./measures.js').Measure} Measure
 *
 * Root mean squares over some test images: of the output of each layer, and of the gradient of an image's loss with
 * respect to it. `firstWeights` is that of the gradient of the mean loss with respect to the first weights.
 * @typedef {{ activations: number[], gradients: number[], firstWeights: number }} LayerSizes
 *
 * The validation images evaluated after a step.
 * @typedef {{ step: number, loss: number, accuracy: number }} Validation
 *
 * The weights of the first layer after a step.
 * @typedef {{ step: number, weights: ArrayLike<number> }} FilterFrame
 *
 * What has been made of a run since the last report. `sizes` precede the first step, if they are wanted; `filters` are of
 * the step, if it is one whose weights are kept.
 * @typedef {{
 *   step: number, losses: number[], accuracies: number[], validations: Validation[], sizes?: LayerSizes, filters?: FilterFrame,
 * }} RunProgress
 *
 * The weights after a step.
 * @typedef {{ step: number, bytes: Uint8Array }} Stop
 *
 * The measures at the end, the bytes of a dream of each class where they are wanted, and the weights at the start, at the
 * steps that any run keeps, and at the end.
 * @typedef {{ values: Partial<Record<Measure, number>>, dreams: Uint8Array | null, stops: Stop[] }} RunResult
 *
 * What to measure besides.
 * @typedef {Pick<import('./form.js').Experiment, 'measures' | 'picture' | 'chart' | 'layers'>} Wanted
 */

export {};
