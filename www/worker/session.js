/**
 * What the worker uses of the engine. The real one is pkg/convscope.js; tests give a stand-in. Types only.
 *
 * @typedef {import('../spec.js').Spec} Spec
 * @typedef {import('../spec.js').Summary} Summary
 * @typedef {import('../spec.js').Training} Training
 * @typedef {import('../protocol.js').Evaluation} Evaluation
 * @typedef {import('../protocol.js').Split} Split
 *
 * @typedef {'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'} FileKind
 *
 * `epoch` counts finished epochs; `stepInEpoch` those of the one under way.
 * @typedef {{
 *   step: number, epoch: number, stepInEpoch: number, stepsPerEpoch: number, totalSteps: number, finished: boolean,
 * }} Position
 *
 * `steps` gives loss, accuracy and learning rate of each step made: at most `count`, none begun after
 * `milliseconds`, and none beyond the end of an epoch. It refuses with `not_ready` if the images of the
 * first step have not come yet. What the engine refuses it throws as an Error with a `code`; an error without one is a trap, and
 * the engine must not be called again.
 * @typedef {{
 *   beginFile(kind: FileKind): void,
 *   appendFile(kind: FileKind, bytes: Uint8Array): void,
 *   finishFile(kind: FileKind): void,
 *   imagesReady(): Uint32Array,
 *   testImage(index: number): Uint8Array,
 *   testLabel(index: number): number,
 *   start(spec: Spec): Summary,
 *   configure(training: Training): void,
 *   steps(count: number, milliseconds: number): Float32Array,
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
 *   parameter(name: string): Float32Array,
 *   checkpoint(): Uint8Array,
 *   restore(bytes: Uint8Array): Spec,
 * }} Session
 */

export {};
