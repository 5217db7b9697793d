/** What the engine reports of a run, a network and its data. Types only: the page's rooms share them with the workers. */

/** @typedef {import('./spec.js').Spec} Spec */
/** @typedef {import('./spec.js').Summary} Summary */

/** @typedef {{ code: string, message: string, layer: number | null }} Problem */

/** @typedef {'training' | 'validation' | 'test'} Split */

/**
 * The image being viewed: one of the data set, by its split, or what was drawn (an image of the data set's form, null when
 * the canvas is empty).
 * @typedef {{ kind: Split, index: number } | { kind: 'drawing', pixels: Uint8Array | null }} Probe
 */

/**
 * Why a run's spec alone does not lead to its weights: in the middle of it settings or weights were changed by hand, it
 * began with the weights of a file, or it was taught examples that are not in its data set.
 * @typedef {'settings' | 'weights' | 'file' | 'taught'} Touch
 */

/** How many of the examples that were taught are read, before and after, after so many steps of the run. @typedef {{ step: number, before: number, after: number, of: number }} Taught */

/**
 * All that is needed to continue from here: spec, position, weights and the optimizer's state in
 * `bytes`, and the seconds of training so far. `touched` is left out where there is none, `madeWith` where
 * the next step would be made with the settings of the last one.
 * @typedef {{
 *   step: number, elapsed: number, bytes: Uint8Array, touched?: Touch[], madeWith?: import('./spec.js').Training,
 * }} Checkpoint
 */

/** A sum over the four unpacked data files, in hexadecimal digits; FNV-1a where the page has no SHA-256. @typedef {{ algorithm: 'sha256' | 'fnv1a64', hex: string }} DataSum */

/** What identifies a run at `step`: `spec` is what its steps were made with, `weights` their fingerprint. @typedef {{ spec: Spec, step: number, weights: string, version: string, data: DataSum, touched: Touch[] }} RunIdentity */

/**
 * One weight or bias of a layer; `index` counts in PyTorch's layout: [filters, channels, height, width] of a
 * convolution, [units, inputs] of a dense layer.
 * @typedef {{ layer: number, kind: 'weight' | 'bias', index: number }} WeightRef
 */

/**
 * What is measured while it is viewed, some of it a little always: gradients of the probe (`backward`), the size of each layer's gradients and
 * updates (`gradientNorms`), `histograms`, units that never fire (`census`), the digits that activate a channel most
 * (`topActivations`), and where the last hidden layer puts the digits (`map`).
 * @typedef {'backward' | 'gradientNorms' | 'histograms' | 'census' | 'topActivations' | 'map'} Instrument
 */

/**
 * What is viewed. Of `layers`, snapshots bring all weights and biases, and with `backward` their gradients.
 * `label` is the class whose loss is passed back; null: the probe's own label, or the predicted class of a drawing.
 * @typedef {{ instruments: Instrument[], layers: number[], label: number | null }} Watched
 */

/**
 * How far loading is, in bytes of the unpacked files. `training` and `test` count the images that
 * can be used already.
 * @typedef {{ loaded: number, total: number, training: number, test: number, done: boolean }} Loading
 */

/**
 * The progress of the run. `remaining` is the estimate in seconds of what is left, null before there is
 * a measured speed. `workers` made the last steps together. `losses` and `accuracies` hold the steps since the last progress event: the first
 * is of step `firstStep`.
 * @typedef {{
 *   step: number, epoch: number, stepsPerEpoch: number, totalSteps: number,
 *   imagesPerSecond: number, elapsed: number, remaining: number | null, learningRate: number, workers: number,
 *   firstStep: number, losses: Float32Array, accuracies: Float32Array,
 * }} Progress
 */

/**
 * One class of an evaluation. `support` is the number of images that carry the label. A precision,
 * recall or F1 whose divisor is 0 is null.
 * @typedef {{ precision: number | null, recall: number | null, f1: number | null, support: number }} ClassMetrics
 */

/**
 * All of a split's images, evaluated with the weights of `step`; of the training images only the first that the run
 * learns from, with the labels that it learns. `confusion[label * classes + predicted]`. Of each
 * image in the order of the split, what it was read as and with what probability: `predicted` and `confidence`.
 * @typedef {{
 *   split: Split, step: number, epoch: number, images: number, loss: number, accuracy: number,
 *   classes: number, confusion: Uint32Array, perClass: ClassMetrics[],
 *   macro: { precision: number, recall: number, f1: number },
 *   predicted: Uint8Array, confidence: Float32Array,
 * }} Evaluation
 */

/**
 * What the network does with the probe now. `pixels` is the 28×28 image it gets, 0 to 255.
 * `activations[i]` is the output of layer i, in [channels, height, width] order; its shape is in the summary.
 * @typedef {{
 *   probe: Probe, label: number | null, pixels: Uint8Array, probabilities: Float32Array,
 *   logits: Float32Array, activations: Float32Array[],
 * }} ProbeReading
 */

/**
 * How the score of class `first` comes to differ from that of class `second`, for one image. `features` are what layer
 * `layer` reads, the last one with weights, and `slopes` are the gradient of the difference with respect to them;
 * `biases` are that layer's, with theirs. `gradient` is that with respect to the image as the network gets it.
 * @typedef {{
 *   step: number, first: number, second: number, layer: number, logits: Float32Array, features: Float32Array,
 *   slopes: Float32Array, biases: Float32Array, biasSlopes: Float32Array, gradient: Float32Array,
 * }} Contrast
 */

/** Weights and biases of a layer, or their gradients, in PyTorch's layout. @typedef {{ layer: number, weight: Float32Array, bias: Float32Array }} Parameters */

/**
 * The gradient of the probe's loss for `label`: with respect to the image as the network gets it (normalised,
 * [channels, height, width]), to the output of layer i, to every convolution's filters, and to all parameters
 * of the layers that are watched.
 * @typedef {{
 *   label: number, loss: number, input: Float32Array, activations: Float32Array[],
 *   filters: { layer: number, weights: Float32Array }[], parameters: Parameters[],
 * }} Backward
 */

/**
 * A copy of what can be seen in the network. `reading` is null while there is nothing to show.
 * `filters` holds every convolution's weights, [filters, channels, height, width], with its layer; `parameters` all
 * weights and biases of the layers that are watched. `backward` is null unless it is watched.
 * @typedef {{
 *   step: number, reading: ProbeReading | null,
 *   filters: { layer: number, weights: Float32Array }[],
 *   parameters: Parameters[], backward: Backward | null,
 * }} Snapshot
 */

/**
 * What the next step does to one weight. For each image of its batch: its place in the training set, its label, its
 * 784 pixels as the network gets them, warped where images are, and the two maps whose products sum to its part of the gradient: `inputs` is what comes into the layer, of the
 * channel (or input unit) that the weight reads, [images, height, width], empty for a bias; `gradients` is the
 * gradient of the batch's mean loss with respect to the layer's output, of the filter (or unit) the weight
 * belongs to, [images, out height, out width]. `first` and `second` are what the optimizer remembers of this weight
 * (momentum, or Adam's moments), `updates` the number of this update, counted from 1 when the memory was empty.
 * @typedef {{
 *   place: WeightRef, step: number, images: Uint32Array, labels: Uint8Array, pixels: Uint8Array,
 *   inputs: Float32Array, gradients: Float32Array,
 *   gradient: number, learningRate: number, updates: number,
 *   before: { value: number, first: number, second: number }, after: { value: number, first: number, second: number },
 * }} WeightStep
 */

/**
 * The slope of the probe's loss in one weight, as backpropagation has it and measured: (loss(w + nudge) −
 * loss(w − nudge)) / (2 nudge), for nudges from large to small. `rounding` is what the 32 bits of the logits leave
 * open in a loss.
 * @typedef {{
 *   place: WeightRef, step: number, label: number, value: number, loss: number, rounding: number, analytic: number,
 *   measured: { nudge: number, up: number, down: number, slope: number }[],
 * }} GradientCheck
 */

/**
 * The mean loss of the next batch at places `at` along the next step: 0 is before it, 1 after it.
 * @typedef {{ step: number, at: Float32Array, losses: Float64Array }} LossLine
 */

/**
 * Euclidean norms of one step, of each layer with weights: of the gradient of its weights, of the update, and of
 * the weights themselves, before it.
 * @typedef {{ step: number, layers: { layer: number, gradient: number, update: number, weight: number }[] }} GradientNorms
 */

/** Equally wide bins from `least` to `most`; `zeros` counts what is exactly 0. @typedef {{ least: number, most: number, counts: Uint32Array, zeros: number }} Histogram */

/**
 * Of each layer: its weights (null without), its output and the gradient of the mean loss with respect to
 * that, for the same few test images each time.
 * @typedef {{
 *   step: number, images: number,
 *   layers: { layer: number, weights: Histogram | null, activations: Histogram, gradients: Histogram }[],
 * }} Histograms
 */

/** For each channel (or unit) of each layer, on how many of the first `images` validation images it output anything above 0; `whole`: those are all. @typedef {{ step: number, images: number, whole: boolean, layers: { layer: number, fired: Uint32Array }[] }} Census */

/**
 * For each channel (or unit) of each layer, the test digits among the first `images`, which may be the `whole` of them,
 * that activate it most, strongest first: its layer's `images`, `values` and `positions` (row · width + column in the map), `count` for each channel one after the other.
 * An image that does not activate it at all (no value above 0) is left out: its place has the value 0.
 * @typedef {{
 *   step: number, images: number, whole: boolean, count: number,
 *   layers: { layer: number, images: Uint32Array, values: Float32Array, positions: Uint32Array }[],
 * }} TopActivations
 */

/**
 * Where the last hidden layer (`layer`, −1 for the input) puts some test digits: `points` holds x and y of each, along the two
 * directions in which they differ most, which explain the share `explained` of their variance.
 * @typedef {{
 *   step: number, layer: number, images: Uint32Array, labels: Uint8Array, predicted: Uint8Array, points: Float32Array,
 *   explained: number,
 * }} DigitMap
 */

/**
 * Milliseconds of the stages of the network, `first_layer` to `last_layer`, per image, and of an update;
 * measured on so many images and updates, by the worker that owns the run.
 * @typedef {{
 *   images: number, updates: number, update: number,
 *   stages: { first_layer: number, last_layer: number, forward: number, weight_gradient: number, input_gradient: number }[],
 * }} Timing
 */

/**
 * What training costs. `estimated` is what an epoch is thought to take, as found out in a pause, `measured`
 * what the steps of the last whole one took, in seconds.
 * @typedef {{ timing: Timing, workers: number, estimated: number | null, measured: number | null }} Costs
 */

/** @typedef {{ index: number, label: number, pixels: Uint8Array }} TestImage */

/** A network on its way out: a checkpoint of `step`, its spec, and images with the logits of these weights. @typedef {{ step: number, spec: Spec, bytes: Uint8Array, proofs: (TestImage & { logits: Float32Array })[] }} TakenNetwork */

/**
 * What the engine reports about itself: images of a block, the unit in which it computes; the size of an image and
 * the number of labels of the data sets; and the largest numbers that it accepts.
 * @typedef {{
 *   block: number, rows: number, columns: number, labels: number,
 *   limits: {
 *     layers: number, input_channels: number, image_side: number, window_side: number, filters: number, units: number,
 *     parameters: number, activations: number, multiply_adds: number, batch_size: number, taught_examples: number, teaching_steps: number, loss_line_points: number,
 *     epochs: number, seed: number,
 *   },
 * }} EngineFacts
 */

export {};
