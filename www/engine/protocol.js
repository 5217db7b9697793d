/**
 * Every message between the page and the worker that owns the run: commands go in, events come out.
 * Types only; both sides are checked against this file.
 */

/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Training} Training */
/** @typedef {import('../model/spec.js').Summary} Summary */

/** @typedef {{ code: string, message: string, layer: number | null }} Problem */

/** @typedef {'training' | 'validation' | 'test'} Split */

/**
 * The image being looked at: a digit of the test set, or what was drawn (28×28, 0 to 255, null when
 * the canvas is empty).
 * @typedef {{ kind: 'test', index: number } | { kind: 'drawing', pixels: Uint8Array | null }} Probe
 */

/** What a person changed in the middle of a run, so that its spec alone does not lead to its weights. @typedef {'settings' | 'weights'} Touch */

/**
 * All that is needed to go on from here: spec, position, weights and the optimizer's state in
 * `bytes`, and the seconds of training so far. `touched` is left out where nothing was changed by hand.
 * @typedef {{ step: number, elapsed: number, bytes: Uint8Array, touched?: Touch[] }} Checkpoint
 */

/** A sum over the four unpacked data files, in hexadecimal digits; FNV-1a where the page has no SHA-256. @typedef {{ algorithm: 'sha256' | 'fnv1a64', hex: string }} DataSum */

/** What makes up a receipt of the run that `spec` trains, at `step`. `weights` is their fingerprint. @typedef {{ spec: Spec, step: number, weights: string, version: string, data: DataSum, touched: Touch[] }} Receipt */

/**
 * One weight or bias of a layer; `index` counts in PyTorch's layout: [filters, channels, height, width] of a
 * convolution, [units, inputs] of a dense layer.
 * @typedef {{ layer: number, kind: 'weight' | 'bias', index: number }} Place
 */

/**
 * What is only measured while somebody looks: gradients of the probe (`backward`), the size of each layer's
 * gradients and updates (`flow`), `histograms`, units that never fire (`census`), the digits that excite a channel
 * most (`peaks`), and where the last hidden layer puts the digits (`map`).
 * @typedef {'backward' | 'flow' | 'histograms' | 'census' | 'peaks' | 'map'} Instrument
 */

/**
 * What is looked at. Of `layers`, snapshots bring all weights and biases, and with `backward` their gradients.
 * `label` is the class whose loss is passed back; null: the probe's own label, or for a drawing what it is read as.
 * @typedef {{ instruments: Instrument[], layers: number[], label: number | null }} Watched
 */

/**
 * Page to worker. `open` comes first; `painted` says that the last snapshot has been drawn and the
 * next one may come; `ping` asks for `alive`; `reload` fetches the files that could not be read.
 * `drawnAt` comes back with the prediction, so that the page can tell how long the answer took.
 * `nextWrong` asks for the next test digit behind `after` that is misread; after the last comes the first.
 * `dataUrl` is the folder in which each data set has one of its own. `restart` and `restore` look for the files of another
 * data set first; where they are missing, they are rejected with `no_data`, as is `open`.
 * `restore` goes on, standing still, from a checkpoint of the run that the page calls `run`, of data set `set`.
 * `weigh` asks what the next step will do to one weight; `checkGradient` for the slope of the loss of the probe
 * when the weight is nudged, with `label` as in `watch`; `tryImage` for the answer to an image nobody drew; `slice` for the loss along the next step.
 * `trainTo` trains and pauses when `step` has been made; `receipt` asks what the run can be recognised by.
 * `readCheckpoint` asks what a checkpoint is of, and whether it is one; nothing else is done with it.
 * @typedef {(
 *   | { type: 'open', dataUrl: string, spec: Spec, checkpoint: Checkpoint | null }
 *   | { type: 'reload' }
 *   | { type: 'train' }
 *   | { type: 'trainTo', step: number }
   | { type: 'pause' }
 *   | { type: 'step' }
 *   | { type: 'restart', spec: Spec }
 *   | { type: 'restore', run: string, set: Spec['data']['set'], checkpoint: Checkpoint }
   | { type: 'configure', training: Training }
 *   | { type: 'goBack' }
 *   | { type: 'probe', probe: Probe, drawnAt: number }
 *   | { type: 'validate', request: number, spec: Spec }
 *   | { type: 'readCheckpoint', request: number, bytes: Uint8Array }
 *   | { type: 'freshSeed', request: number }
 *   | { type: 'testImages', request: number, indices: number[] }
 *   | { type: 'nextWrong', request: number, after: number }
 *   | { type: 'painted' }
 *   | { type: 'watch', watched: Watched }
 *   | { type: 'weigh', request: number, place: Place }
 *   | { type: 'checkGradient', request: number, place: Place, label: number | null }
 *   | { type: 'slice', request: number, from: number, to: number, points: number }
 *   | { type: 'tryImage', request: number, pixels: Uint8Array }
 *   | { type: 'setWeight', place: Place, value: number }
   | { type: 'receipt', request: number }
 *   | { type: 'ping' }
 * )} Command
 */

/**
 * How far loading is, in bytes of the unpacked files. `training` and `test` count the images that
 * can be used already.
 * @typedef {{ loaded: number, total: number, training: number, test: number, done: boolean }} Loading
 */

/**
 * Where the run stands. `remaining` is the estimate in seconds of what is left, null before there is
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
 * All of a split's images judged with the weights of `step`. `confusion[label * classes + predicted]`. Of each
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
 * `activations[i]` is what layer i puts out, in [channels, height, width] order; its shape stands in the summary.
 * @typedef {{
 *   probe: Probe, label: number | null, pixels: Uint8Array, probabilities: Float32Array,
 *   logits: Float32Array, activations: Float32Array[],
 * }} ProbeReading
 */

/** Weights and biases of a layer, or their gradients, in PyTorch's layout. @typedef {{ layer: number, weight: Float32Array, bias: Float32Array }} Parameters */

/**
 * The gradient of the probe's loss for `label`: with respect to the image as the network gets it (normalised,
 * [channels, height, width]), to what layer i puts out, to every convolution's filters, and to all parameters
 * of the layers that are watched.
 * @typedef {{
 *   label: number, loss: number, input: Float32Array, activations: Float32Array[],
 *   filters: { layer: number, weights: Float32Array }[], parameters: Parameters[],
 * }} Backward
 */

/**
 * A copy of what can be seen in the network. `reading` is null while there is nothing to look at.
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
 * gradient of the batch's mean loss with respect to what the layer puts out, of the filter (or unit) the weight
 * belongs to, [images, out height, out width]. `first` and `second` are what the optimizer remembers of this weight
 * (momentum, or Adam's moments), `updates` the number of this update, counted from 1 when the memory was empty.
 * @typedef {{
 *   place: Place, step: number, images: Uint32Array, labels: Uint8Array, pixels: Uint8Array,
 *   inputs: Float32Array, gradients: Float32Array,
 *   gradient: number, learningRate: number, updates: number,
 *   before: { value: number, first: number, second: number }, after: { value: number, first: number, second: number },
 * }} Weighing
 */

/**
 * The slope of the probe's loss in one weight, as backpropagation has it and measured: (loss(w + nudge) −
 * loss(w − nudge)) / (2 nudge), for nudges from large to small.
 * @typedef {{
 *   place: Place, step: number, label: number, value: number, loss: number, analytic: number,
 *   measured: { nudge: number, up: number, down: number, slope: number }[],
 * }} GradientCheck
 */

/**
 * The mean loss of the next batch at places `at` along the next step: 0 is before it, 1 behind it.
 * @typedef {{ step: number, at: Float32Array, losses: Float64Array }} Slice
 */

/**
 * Euclidean norms of one step, of each layer with weights: of the gradient of its weights, of the update, and of
 * the weights themselves, before it.
 * @typedef {{ step: number, layers: { layer: number, gradient: number, update: number, weight: number }[] }} FlowReading
 */

/** Equally wide bins from `least` to `most`; `zeros` counts what is exactly 0. @typedef {{ least: number, most: number, counts: Uint32Array, zeros: number }} Histogram */

/**
 * Of each layer: its weights (null without), what it puts out and the gradient of the mean loss with respect to
 * that, for the same few test images each time.
 * @typedef {{
 *   step: number, images: number,
 *   layers: { layer: number, weights: Histogram | null, activations: Histogram, gradients: Histogram }[],
 * }} Histograms
 */

/** For each channel (or unit) of each layer, on how many of the first `images` validation images it put out anything above 0; `whole`: those are all. @typedef {{ step: number, images: number, whole: boolean, layers: { layer: number, fired: Uint32Array }[] }} Census */

/**
 * For each channel (or unit) of each layer, the test digits among the first `images`, which may be the `whole` of them,
 * that excite it most, strongest first: its layer's `images`, `values` and `positions` (row · width + column in the map), `count` for each channel one after the other.
 * An image that excites it not at all (below or at 0) is left out: its place has the value 0.
 * @typedef {{
 *   step: number, images: number, whole: boolean, count: number,
 *   layers: { layer: number, images: Uint32Array, values: Float32Array, positions: Uint32Array }[],
 * }} Peaks
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
 * }} Ledger
 */

/**
 * What training costs. `estimated` is what an epoch was thought to take before the first step, `measured`
 * what the steps of the last whole one took, in seconds.
 * @typedef {{ ledger: Ledger, workers: number, estimated: number | null, measured: number | null }} Costs
 */

/** @typedef {{ index: number, label: number, pixels: Uint8Array }} TestImage */

/** @typedef {'user' | 'finished'} PauseReason */

/**
 * Worker to page. `built` follows `open`, `restart` and `restore`: the run stands, paused, at `step`; `run` is the name
 * that came with `restore`, else null. `seeking` comes before it, or before `rejected`, while the host is asked for another
 * data set.
 * `rejected` answers a command whose spec or settings are impossible; nothing has changed then.
 * `nextWrong` has null where no digit is misread. `diverged` pauses the run; `failed` says that the engine is dead and the worker with it.
 * @typedef {(
 *   | { type: 'opened', version: string }
 *   | { type: 'loading', loading: Loading }
 *   | { type: 'dataFailed', problem: Problem }
 *   | { type: 'built', spec: Spec, summary: Summary, step: number, run: string | null }
 *   | { type: 'seeking', set: Spec['data']['set'] }
 *   | { type: 'rejected', command: 'open' | 'restart' | 'restore' | 'configure', problem: Problem }
 *   | { type: 'training' }
 *   | { type: 'paused', reason: PauseReason }
 *   | { type: 'configured', training: Training, step: number }
 *   | { type: 'progress', progress: Progress }
 *   | { type: 'costs', costs: Costs }
 *   | { type: 'evaluated', evaluation: Evaluation }
 *   | { type: 'prediction', probabilities: Float32Array | null, pixels: Uint8Array | null, drawnAt: number }
 *   | { type: 'snapshot', snapshot: Snapshot }
 *   | { type: 'diverged', step: number, layer: number | null, problem: Problem, goBackTo: number | null }
 *   | { type: 'wentBack', step: number }
 *   | { type: 'validated', request: number, summary: Summary | null, problem: Problem | null }
 *   | { type: 'checkpointRead', request: number, spec: Spec | null, step: number, problem: Problem | null }
 *   | { type: 'freshSeed', request: number, seed: number }
 *   | { type: 'testImages', request: number, images: TestImage[] }
 *   | { type: 'nextWrong', request: number, index: number | null }
 *   | { type: 'weighed', request: number, weighing: Weighing | null, problem: Problem | null }
 *   | { type: 'gradientChecked', request: number, check: GradientCheck | null, problem: Problem | null }
 *   | { type: 'sliced', request: number, slice: Slice | null, problem: Problem | null }
 *   | { type: 'imageTried', request: number, logits: Float32Array | null, probabilities: Float32Array | null }
 *   | { type: 'receipt', request: number, receipt: Receipt | null, problem: Problem | null }
 *   | { type: 'weightSet', place: Place, before: number, value: number, step: number }
 *   | { type: 'weightRefused', place: Place, problem: Problem }
 *   | { type: 'flow', readings: FlowReading[] }
 *   | { type: 'histograms', histograms: Histograms }
 *   | { type: 'census', census: Census }
 *   | { type: 'peaks', peaks: Peaks }
 *   | { type: 'map', map: DigitMap }
 *   | { type: 'checkpoint', checkpoint: Checkpoint }
 *   | { type: 'alive' }
 *   | { type: 'failed', problem: Problem }
 * )} Event
 */

export {};
