/**
 * Every message between the page and the worker that owns the run: commands go in, events come out.
 * Types only; both sides are checked against this file.
 */

/** @typedef {import('./spec.js').Spec} Spec */
/** @typedef {import('./spec.js').Training} Training */
/** @typedef {import('./spec.js').Summary} Summary */

/** @typedef {{ code: string, message: string, layer: number | null }} Problem */

/** @typedef {'training' | 'validation' | 'test'} Split */

/**
 * The image being looked at: a digit of the test set, or what was drawn (28×28, 0 to 255, null when
 * the canvas is empty).
 * @typedef {{ kind: 'test', index: number } | { kind: 'drawing', pixels: Uint8Array | null }} Probe
 */

/**
 * All that is needed to go on from here: spec, position, weights and the optimizer's state in
 * `bytes`, and the seconds of training so far.
 * @typedef {{ step: number, elapsed: number, bytes: Uint8Array }} Checkpoint
 */

/**
 * Page to worker. `open` comes first; `painted` says that the last snapshot has been drawn and the
 * next one may come; `ping` asks for `alive`; `reload` fetches the files that could not be read.
 * `drawnAt` comes back with the prediction, so that the page can tell how long the answer took.
 * `nextWrong` asks for the next test digit behind `after` that is misread; after the last comes the first.
 * @typedef {(
 *   | { type: 'open', dataUrl: string, spec: Spec, checkpoint: Checkpoint | null }
 *   | { type: 'reload' }
 *   | { type: 'train' }
 *   | { type: 'pause' }
 *   | { type: 'step' }
 *   | { type: 'restart', spec: Spec }
 *   | { type: 'configure', training: Training }
 *   | { type: 'goBack' }
 *   | { type: 'probe', probe: Probe, drawnAt: number }
 *   | { type: 'validate', request: number, spec: Spec }
 *   | { type: 'freshSeed', request: number }
 *   | { type: 'testImages', request: number, indices: number[] }
 *   | { type: 'nextWrong', request: number, after: number }
 *   | { type: 'painted' }
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
 * All of a split's images judged with the weights of `step`. `confusion[label * classes + predicted]`.
 * @typedef {{
 *   split: Split, step: number, epoch: number, images: number, loss: number, accuracy: number,
 *   classes: number, confusion: Uint32Array, perClass: ClassMetrics[],
 *   macro: { precision: number, recall: number, f1: number },
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

/**
 * A copy of what can be seen in the network. `reading` is null while there is nothing to look at.
 * `filters` holds every convolution's weights, [filters, channels, height, width], with its layer.
 * @typedef {{
 *   step: number, reading: ProbeReading | null,
 *   filters: { layer: number, weights: Float32Array }[],
 * }} Snapshot
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
 * Worker to page. `built` follows `open` and `restart`: the run stands, paused, at `step`.
 * `rejected` answers a command whose spec or settings are impossible; nothing has changed then.
 * `nextWrong` has null where no digit is misread. `diverged` pauses the run; `failed` says that the engine is dead and the worker with it.
 * @typedef {(
 *   | { type: 'opened', version: string }
 *   | { type: 'loading', loading: Loading }
 *   | { type: 'dataFailed', problem: Problem }
 *   | { type: 'built', spec: Spec, summary: Summary, step: number }
 *   | { type: 'rejected', command: 'open' | 'restart' | 'configure', problem: Problem }
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
 *   | { type: 'freshSeed', request: number, seed: number }
 *   | { type: 'testImages', request: number, images: TestImage[] }
 *   | { type: 'nextWrong', request: number, index: number | null }
 *   | { type: 'checkpoint', checkpoint: Checkpoint }
 *   | { type: 'alive' }
 *   | { type: 'failed', problem: Problem }
 * )} Event
 */

export {};
