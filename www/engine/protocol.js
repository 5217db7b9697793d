/**
 * Every message between the page and the worker that owns the run: commands go in, events come out.
 * Types only; both sides are checked against this file.
 */

/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').Probe} Probe */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/reports.js').Receipt} Receipt */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../model/reports.js').Watched} Watched */
/** @typedef {import('../model/reports.js').Loading} Loading */
/** @typedef {import('../model/reports.js').Progress} Progress */
/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../model/reports.js').WeightStep} WeightStep */
/** @typedef {import('../model/reports.js').GradientCheck} GradientCheck */
/** @typedef {import('../model/reports.js').LossLine} LossLine */
/** @typedef {import('../model/reports.js').GradientNorms} GradientNorms */
/** @typedef {import('../model/reports.js').Histograms} Histograms */
/** @typedef {import('../model/reports.js').Census} Census */
/** @typedef {import('../model/reports.js').TopActivations} TopActivations */
/** @typedef {import('../model/reports.js').DigitMap} DigitMap */
/** @typedef {import('../model/reports.js').Costs} Costs */
/** @typedef {import('../model/reports.js').TestImage} TestImage */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('../model/spec.js').Training} Training */

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
 *   | { type: 'weigh', request: number, place: WeightRef }
 *   | { type: 'checkGradient', request: number, place: WeightRef, label: number | null }
 *   | { type: 'slice', request: number, from: number, to: number, points: number }
 *   | { type: 'tryImage', request: number, pixels: Uint8Array }
 *   | { type: 'setWeight', place: WeightRef, value: number }
   | { type: 'receipt', request: number }
 *   | { type: 'ping' }
 * )} Command
 */

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
 *   | { type: 'weighed', request: number, weighing: WeightStep | null, problem: Problem | null }
 *   | { type: 'gradientChecked', request: number, check: GradientCheck | null, problem: Problem | null }
 *   | { type: 'sliced', request: number, slice: LossLine | null, problem: Problem | null }
 *   | { type: 'imageTried', request: number, logits: Float32Array | null, probabilities: Float32Array | null }
 *   | { type: 'receipt', request: number, receipt: Receipt | null, problem: Problem | null }
 *   | { type: 'weightSet', place: WeightRef, before: number, value: number, step: number }
 *   | { type: 'weightRefused', place: WeightRef, problem: Problem }
 *   | { type: 'flow', readings: GradientNorms[] }
 *   | { type: 'histograms', histograms: Histograms }
 *   | { type: 'census', census: Census }
 *   | { type: 'peaks', peaks: TopActivations }
 *   | { type: 'map', map: DigitMap }
 *   | { type: 'checkpoint', checkpoint: Checkpoint }
 *   | { type: 'alive' }
 *   | { type: 'failed', problem: Problem }
 * )} Event
 */

export {};
