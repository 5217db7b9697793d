/**
 * What the workers use of the engine, pkg/convscope.js, with the types of the plain objects that it returns. Types only.
 *
 * @typedef {import('../model/spec.js').Spec} Spec
 * @typedef {import('../model/spec.js').Summary} Summary
 * @typedef {import('../model/spec.js').Training} Training
 * @typedef {import('../model/reports.js').EngineFacts} EngineFacts
 * @typedef {import('../model/reports.js').Evaluation} Evaluation
 * @typedef {import('../model/reports.js').GradientNorms} GradientNorms
 * @typedef {import('../model/reports.js').LossLine} LossLine
 * @typedef {import('../model/reports.js').Split} Split
 * @typedef {import('../model/reports.js').Timing} Timing
 * @typedef {import('../model/reports.js').WeightStep} WeightStep
 *
 * @typedef {'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'} FileKind
 *
 * `epoch` counts finished epochs; `stepInEpoch` the steps of the one under way.
 * @typedef {{
 *   step: number, epoch: number, stepInEpoch: number, stepsPerEpoch: number, totalSteps: number, finished: boolean,
 * }} Position
 *
 * The result of one step, before its update. `passed` has three numbers for each image: its index, the label that it is
 * learnt with, and its loss, negative (or −0) where it was misclassified.
 * @typedef {{ loss: number, accuracy: number, learningRate: number, passed: Float32Array }} StepResult
 *
 * Why the loss stopped being a number.
 * @typedef {{ step: number, layer: number | null, message: string }} Divergence
 *
 * What images of a split do to each layer; `lastHidden` is −1 where the last layer with weights reads the input.
 * @typedef {{
 *   step: number, images: number, count: number, lastHidden: number, features: Float32Array, predicted: Uint8Array,
 *   layers: { fired: Uint32Array, images: Uint32Array, values: Float32Array, positions: Uint32Array }[],
 * }} Survey
 *
 * A forward pass: a value that keeps all its backward pass needs. It takes memory of the engine until it is freed;
 * trace.js sees to that.
 * @typedef {{
 *   images(): number, labels(): Uint8Array, activation(layer: number, image: number): Float32Array,
 *   logits(): Float32Array, probabilities(): Float32Array, free(): void,
 * }} Trace
 *
 * The gradients of the mean loss of a trace's images, or of a difference of their scores. `at(0)` is with respect to the
 * images, `at(i + 1)` to the output of layer i.
 * @typedef {{ loss(): number, at(place: number): Float32Array, parameter(name: string): Float32Array, free(): void }} Gradients
 *
 * A step is begun, its blocks are computed here or, by `request` and `accept`, by helpers, and it is finished.
 * `beginStep` returns the number of blocks; it refuses with `not_ready` if an image has not arrived yet.
 * `finishStep` returns nothing if the loss is no longer a number.
 *
 * What the engine refuses it throws as an Error with a `code`; an error without one is a trap, and the
 * engine must not be called again.
 * `beginSet` drops all images, and waits for those of a set of this form. A run goes on only once they are there.
 * @typedef {{
 *   beginSet(channels: number, rows: number, columns: number, classes: number, training: number, validation: number, test: number): void,
 *   beginFile(kind: FileKind): void,
 *   appendFile(kind: FileKind, bytes: Uint8Array): void,
 *   finishFile(kind: FileKind): void,
 *   imagesReady(): Uint32Array,
 *   image(split: Split, index: number): Uint8Array,
 *   label(split: Split, index: number): number,
 *   start(spec: Spec): Summary,
 *   configure(training: Training): void,
 *   beginStep(): number,
 *   maxMessageLen(blocks: number): number,
 *   request(first: number, end: number, buffer: Uint8Array): number,
 *   compute(first: number, end: number): void,
 *   accept(buffer: Uint8Array, length: number): void,
 *   finishStep(): StepResult | undefined,
 *   rehearse(images: number): void,
 *   timing(): Timing,
 *   position(): Position,
 *   diverged(): Divergence | undefined,
 *   goBack(): number,
 *   canGoBackTo(): number,
 *   beginEvaluation(split: Split): void,
 *   continueEvaluation(maxImages: number): boolean,
 *   evaluation(): Omit<Evaluation, 'split' | 'step' | 'epoch'>,
 *   predict(pixels: Uint8Array): Float32Array,
 *   trace(pixels: Uint8Array): Trace,
 *   traceTest(first: number, count: number): Trace,
 *   backward(trace: Trace, labels: Uint8Array): Gradients,
 *   contrast(trace: Trace, first: number, second: number): Gradients,
 *   fingerprint(): string,
 *   parameter(name: string): Float32Array,
 *   setParameter(name: string, values: Float32Array): void,
 *   traceWeight(name: string, index: number): Omit<WeightStep, 'place'>,
 *   beginTeaching(pixels: Uint8Array, labels: Uint8Array): void,
 *   continueTeaching(steps: number): number,
 *   undoTeaching(): void,
 *   lossLine(from: number, to: number, points: number): LossLine,
 *   watchGradientNorms(on: boolean): void,
 *   takeGradientNorms(): GradientNorms[],
 *   beginSurvey(split: Split, images: number, features: boolean): void,
 *   continueSurvey(maxImages: number): boolean,
 *   finishSurvey(): Survey,
 *   checkpoint(): Uint8Array,
 *   restore(bytes: Uint8Array): Spec,
 *   readCheckpoint(bytes: Uint8Array): { spec: Spec, step: number },
 * }} Session
 *
 * What needs no session.
 * @typedef {{
 *   validate(spec: Spec): Summary, version(): string, freshSeed(): number, facts(): EngineFacts,
 *   checkpointFilters(bytes: Uint8Array, layer: number): Float32Array, emptyCheckpoint(spec: Spec): Uint8Array,
 * }} Engine
 */

export {};
