/**
 * Every message between the page and the worker that owns the run: commands and requests go in, answers and events
 * come out. Types only; both sides are checked against this file.
 */

/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').Probe} Probe */
/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/reports.js').EngineFacts} EngineFacts */
/** @typedef {import('../model/reports.js').RunIdentity} RunIdentity */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../model/reports.js').Watched} Watched */
/** @typedef {import('../model/reports.js').Loading} Loading */
/** @typedef {import('../model/reports.js').Progress} Progress */
/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../model/reports.js').Split} Split */
/** @typedef {import('../model/reports.js').WeightStep} WeightStep */
/** @typedef {import('../model/reports.js').GradientCheck} GradientCheck */
/** @typedef {import('../model/reports.js').LossLine} LossLine */
/** @typedef {import('../model/reports.js').GradientNorms} GradientNorms */
/** @typedef {import('../model/reports.js').Histograms} Histograms */
/** @typedef {import('../model/reports.js').Census} Census */
/** @typedef {import('../model/reports.js').TopActivations} TopActivations */
/** @typedef {import('../model/reports.js').DigitMap} DigitMap */
/** @typedef {import('../model/reports.js').Costs} Costs */
/** @typedef {import('../model/reports.js').Contrast} Contrast */
/** @typedef {import('../model/reports.js').TakenNetwork} TakenNetwork */
/** @typedef {import('../model/reports.js').Taught} Taught */
/** @typedef {import('../model/reports.js').TestImage} TestImage */
/** @typedef {import('../model/lives.js').Lives} Lives */
/** @typedef {import('../model/lives.js').Life} Life */
/** @typedef {import('../model/data-sets.js').OwnSet} OwnSet */
/** @typedef {import('../model/spec.js').OwnName} OwnName */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./session.js').FileKind} FileKind */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('../model/spec.js').Training} Training */

/**
 * What the page may ask, and what is answered. Each row has its handler in run/requests.js; the page asks with
 * `client.ask(name, ask)`.
 *
 * - `readCheckpoint`: the spec and step of a checkpoint, if it is one; nothing is changed.
 * - `images`: those of `indices` that have already been loaded.
 * - `labels`: of all images of a split; refused until they have been loaded.
 * - `nextWrong`: the next test digit after `after` that is misclassified, starting over after the last; null: there is none.
 * - `traceWeight`: what the next step will do to one weight.
 * - `checkGradient`: the slope of the probe's loss in one weight, with `label` as in `Watched`.
 * - `lossLine`: the loss of the next batch at `points` places from `from` to `to` times the next step.
 * - `tryImage`: the answer to an image, which does not become the probe.
 * - `unlikeness`: how far an image is from validation images of its predicted class, and the distance that few of those exceed;
 *   refused while they are loading, and if the weights change meanwhile.
 * - `contrast`: what makes the score of one class differ from that of another, for an image.
 * - `receipt`: what the run can be recognised by. The first time, the data are read again for it.
 * - `checkpointFilters`: the weights of a layer of a checkpoint, in PyTorch's layout.
 * - `emptyCheckpoint`: a checkpoint of a run of `spec` whose weights are all 0.
 * - `network`: the network as it is now, with three test images for which it can be checked elsewhere: two that it classifies
 *   correctly, of different classes, and a misclassified one, as far as there are any.
 * - `checkpoint`: the run as it is now.
 * - `sample`: at most `count` images of a split from `from` on, fewer at its end, and their labels; refused until they have been
 *   loaded.
 * - `teach`: teaches the network examples, the pixels of an image and a label each, mixed with the training images; how many of them it
 *   reads before and after. The run pauses, and is refused a receipt from then on.
 * - `undoTeaching`: takes the weights from before the last teaching; refused once the run has gone on.
 * - `lives`: what became of each training image so far, as far as this worker has seen it.
 * - `livesOf`: the history of up to 100 training images, and what the network says of them now; refused for one that has not
 *   been loaded.
 * - `facts`: the engine's own sizes and limits.
 * @typedef {{
 *   validate: { ask: { spec: Spec }, answer: Summary },
 *   readCheckpoint: { ask: { bytes: Uint8Array }, answer: { spec: Spec, step: number } },
 *   freshSeed: { ask: {}, answer: number },
 *   images: { ask: { split: Split, indices: readonly number[] }, answer: TestImage[] },
 *   labels: { ask: { split: Split }, answer: Uint8Array },
 *   nextWrong: { ask: { after: number }, answer: number | null },
 *   traceWeight: { ask: { place: WeightRef }, answer: WeightStep },
 *   checkGradient: { ask: { place: WeightRef, label: number | null }, answer: GradientCheck },
 *   lossLine: { ask: { from: number, to: number, points: number }, answer: LossLine },
 *   tryImage: { ask: { pixels: Uint8Array }, answer: { logits: Float32Array, probabilities: Float32Array } },
 *   unlikeness: { ask: { pixels: Uint8Array }, answer: { distance: number, threshold: number } },
 *   contrast: { ask: { pixels: Uint8Array, first: number, second: number }, answer: Contrast },
 *   receipt: { ask: {}, answer: RunIdentity },
 *   checkpointFilters: { ask: { bytes: Uint8Array, layer: number }, answer: Float32Array },
 *   emptyCheckpoint: { ask: { spec: Spec }, answer: Uint8Array },
 *   network: { ask: {}, answer: TakenNetwork },
 *   checkpoint: { ask: {}, answer: { step: number, bytes: Uint8Array } },
 *   sample: { ask: { split: Split, from: number, count: number }, answer: { pixels: Uint8Array, labels: Uint8Array } },
 *   teach: { ask: { pixels: Uint8Array, labels: Uint8Array }, answer: Taught },
 *   undoTeaching: { ask: {}, answer: null },
 *   lives: { ask: {}, answer: Lives },
 *   livesOf: { ask: { images: readonly number[] }, answer: Life[] },
 *   facts: { ask: {}, answer: EngineFacts },
 * }} Requests
 */

/** @typedef {keyof Requests} RequestName */

/**
 * @template {RequestName} Name
 * @typedef {Requests[Name]['ask']} Ask
 */

/**
 * @template {RequestName} Name
 * @typedef {Requests[Name]['answer']} Answer
 */

/**
 * The reply to a request: its answer, or why it was refused.
 * @template {RequestName} Name
 * @typedef {{ answer: Answer<Name>, problem: null } | { answer: null, problem: Problem }} Reply
 */

/** @typedef {{ [Name in RequestName]: { type: 'request', id: number, name: Name, ask: Ask<Name> } }[RequestName]} RequestCommand */

/**
 * Page to worker. `open` comes first, but for `offerSet`, which hands over a set of the visitor's own; the last one is kept, and
 * the one that is trained on. `painted` says that the last snapshot has been drawn and the
 * next one may follow; `ping` asks for `alive`; `reload` fetches the files that could not be read.
 * `drawnAt` is returned with the prediction, so that the page can show how long the answer took.
 * `dataUrl` is the folder in which each data set has one of its own. `restart` and `restore` look for the files of another
 * data set first; where they are missing, they are rejected with `no_data`, as is `open`.
 * `restore` continues, paused, from a checkpoint of the run that the page calls `run`, of data set `set`.
 * `trainTo` trains and pauses after step `step`, `trainEpoch` at the end of the epoch. `pace` slows training down; null: full
 * speed.
 * @typedef {(
 *   | { type: 'open', dataUrl: string, spec: Spec, checkpoint: Checkpoint | null }
 *   | { type: 'offerSet', set: OwnName, about: OwnSet, files: Record<FileKind, Blob> }
 *   | { type: 'reload' }
 *   | { type: 'train' }
 *   | { type: 'trainTo', step: number }
 *   | { type: 'trainEpoch' }
 *   | { type: 'pace', stepsPerSecond: number | null }
 *   | { type: 'pause' }
 *   | { type: 'step' }
 *   | { type: 'restart', spec: Spec }
 *   | { type: 'restore', run: string, set: Spec['data']['set'], checkpoint: Checkpoint }
 *   | { type: 'configure', training: Training }
 *   | { type: 'goBack' }
 *   | { type: 'probe', probe: Probe, drawnAt: number }
 *   | { type: 'painted' }
 *   | { type: 'watch', watched: Watched }
 *   | { type: 'setWeight', place: WeightRef, value: number }
 * )} PlainCommand
 */

/** @typedef {PlainCommand | RequestCommand | { type: 'ping' }} Command */

/**
 * What the run is doing. `ready`: no step has been made; `finished`: its last step has been made and evaluated.
 * @typedef {'ready' | 'training' | 'paused' | 'finished' | 'diverged'} Phase
 */

/** Commands that may be impossible; `train` where a step was refused. @typedef {'open' | 'restart' | 'restore' | 'configure' | 'train'} Rejectable */

/**
 * Worker to page. `built` follows `open`, `restart` and `restore`: the run is paused at `step`; `run` is the name
 * that came with `restore`, else null. `seeking` comes before it, or before `rejected`, while the host is asked for another
 * data set.
 * `phase` follows `built`, and every change after it: the page need not conclude it from anything else.
 * `rejected` answers a command that was impossible; nothing has changed then, except that a run whose step was refused
 * has been paused. `missing` is the data set that cannot be had.
 * `taught` comes before the first step of a teaching, `teaching` after some of them, `untaught` when it has been undone.
 * `diverged` and `wentBack` say why the phase changes next. `failed` says that the engine is dead and the worker with it.
 * @typedef {(
 *   | { type: 'opened', version: string }
 *   | { type: 'loading', loading: Loading }
 *   | { type: 'dataFailed', problem: Problem }
 *   | { type: 'built', spec: Spec, summary: Summary, step: number, run: string | null }
 *   | { type: 'phase', phase: Phase }
 *   | { type: 'seeking', set: Spec['data']['set'] }
 *   | { type: 'rejected', command: Rejectable, problem: Problem, missing?: Spec['data']['set'] }
 *   | { type: 'configured', training: Training, step: number }
 *   | { type: 'progress', progress: Progress }
 *   | { type: 'costs', costs: Costs }
 *   | { type: 'evaluated', evaluation: Evaluation }
 *   | { type: 'prediction', probabilities: Float32Array | null, pixels: Uint8Array | null, drawnAt: number }
 *   | { type: 'snapshot', snapshot: Snapshot }
 *   | { type: 'diverged', step: number, layer: number | null, problem: Problem, goBackTo: number | null }
 *   | { type: 'wentBack', step: number }
 *   | { type: 'weightSet', place: WeightRef, before: number, value: number, step: number }
 *   | { type: 'weightRefused', place: WeightRef, problem: Problem }
 *   | { type: 'teaching', done: number, of: number }
 *   | { type: 'taught', step: number, examples: number }
 *   | { type: 'untaught', step: number }
 *   | { type: 'gradientNorms', readings: GradientNorms[] }
 *   | { type: 'histograms', histograms: Histograms }
 *   | { type: 'census', census: Census }
 *   | { type: 'topActivations', topActivations: TopActivations }
 *   | { type: 'map', map: DigitMap }
 *   | { type: 'checkpoint', checkpoint: Checkpoint }
 *   | { type: 'answered', id: number, answer: unknown, problem: Problem | null }
 *   | { type: 'alive' }
 *   | { type: 'failed', problem: Problem }
 * )} Event
 */

export {};
