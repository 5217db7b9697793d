/**
 * What the worker uses of the engine. The real one is pkg/convscope.js; tests give a stand-in. Types only.
 *
 * @typedef {import('../model/spec.js').Spec} Spec
 * @typedef {import('../model/spec.js').Summary} Summary
 * @typedef {import('../model/spec.js').Training} Training
 * @typedef {import('../model/reports.js').Evaluation} Evaluation
 * @typedef {import('../model/reports.js').Split} Split
 *
 * @typedef {'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'} FileKind
 *
 * `epoch` counts finished epochs; `stepInEpoch` those of the one under way.
 * @typedef {{
 *   step: number, epoch: number, stepInEpoch: number, stepsPerEpoch: number, totalSteps: number, finished: boolean,
 * }} Position
 *
 * What images of a split do to each layer; `lastHidden` is −1 where the input is what the last layer with weights reads.
 * @typedef {{
 *   step: number, images: number, count: number, lastHidden: number, features: Float32Array, predicted: Uint8Array,
 *   layers: { fired: Uint32Array, images: Uint32Array, values: Float32Array, positions: Uint32Array }[],
 * }} Survey
 *
 * A step is begun, its blocks computed here or, by `request` and `accept`, by helpers, and finished.
 * `beginStep` gives the number of blocks; it refuses with `not_ready` if an image has not come yet.
 * `finishStep` gives loss, accuracy and learning rate, or nothing if the loss is no longer a number.
 *
 * `probe` and `probeTest` pass images through the network; what can be asked then, `lookBack` included, is about them.
 * `gradientAt(0)` is about the images, `gradientAt(i + 1)` about what layer i put out.
 *
 * What the engine refuses it throws as an Error with a `code`; an error without one is a trap, and the
 * engine must not be called again.
 * @typedef {{
 *   beginFile(kind: FileKind): void,
 *   appendFile(kind: FileKind, bytes: Uint8Array): void,
 *   finishFile(kind: FileKind): void,
 *   imagesReady(): Uint32Array,
 *   testImage(index: number): Uint8Array,
 *   testLabel(index: number): number,
 *   start(spec: Spec): Summary,
 *   configure(training: Training): void,
 *   beginStep(): number,
 *   shareRoom(blocks: number): number,
 *   request(first: number, end: number, buffer: Uint8Array): number,
 *   compute(first: number, end: number): void,
 *   accept(buffer: Uint8Array, length: number): void,
 *   finishStep(): Float32Array,
 *   rehearse(images: number): void,
 *   ledger(): import('../model/reports.js').Timing,
 *   position(): Position,
 *   diverged(): { step: number, layer: number | null, message: string } | undefined,
 *   goBack(): number,
 *   canGoBackTo(): number,
 *   beginEvaluation(split: Split): void,
 *   continueEvaluation(maxImages: number): boolean,
 *   evaluation(): Omit<Evaluation, 'split' | 'step' | 'epoch'>,
 *   predict(pixels: Uint8Array): Float32Array,
 *   probe(pixels: Uint8Array): void,
 *   activation(layer: number): Float32Array,
 *   probabilities(): Float32Array,
 *   logits(): Float32Array,
 *   fingerprint(): string,
 *   parameter(name: string): Float32Array,
 *   setParameter(name: string, values: Float32Array): void,
 *   probeTest(first: number, count: number): Uint8Array,
 *   activationOf(layer: number, image: number): Float32Array,
 *   lookBack(labels: Uint8Array): number,
 *   gradientAt(place: number): Float32Array,
 *   parameterGradient(name: string): Float32Array,
 *   weigh(name: string, index: number): Omit<import('../model/reports.js').WeightStep, 'place'>,
 *   slice(from: number, to: number, points: number): { step: number, at: Float32Array, losses: Float64Array },
 *   watchFlow(on: boolean): void,
 *   takeFlow(): import('../model/reports.js').GradientNorms[],
 *   beginSurvey(split: Split, images: number, features: boolean): void,
 *   continueSurvey(maxImages: number): boolean,
 *   finishSurvey(): Survey,
 *   checkpoint(): Uint8Array,
 *   restore(bytes: Uint8Array): Spec,
 *   readCheckpoint(bytes: Uint8Array): { spec: Spec, step: number },
 * }} Session
 */

export {};
