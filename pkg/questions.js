/** What can be asked of the host, in this thread or in a worker. Types only. */

/** @typedef {import('../www/model/spec.js').Spec} Spec */
/** @typedef {import('../www/model/spec.js').Summary} Summary */
/** @typedef {import('./checks.js').Length} Length */
/** @typedef {import('./errors.js').Problem} Problem */
/** @typedef {import('./forms.js').Taken} Taken */

/**
 * One step: `step` counts from 1. `loss` and `accuracy` are the batch's, before the update; `epoch` counts finished epochs.
 * @typedef {{ step: number, epoch: number, loss: number, accuracy: number, learningRate: number }} Step
 */

/** @typedef {{ id: number, spec: Spec, summary: Summary, step: number }} Created */

/**
 * What can be asked. `train` begins to train, on the last images where there are none; `slice` takes steps for a moment,
 * and `turn` tells the training that it belongs to. `take` is for a file that is proved by `images`, or by the first that it
 * learned from; `empty` is a checkpoint of a spec whose weights are all 0.
 * @typedef {{
 *   version: { ask: {}, answer: string },
 *   create: { ask: { spec: unknown }, answer: Created },
 *   restore: { ask: { bytes: Uint8Array }, answer: Created },
 *   train: { ask: { id: number, data: { images: Uint8Array, labels: Uint8Array } | null, length: Length }, answer: number },
 *   slice: { ask: { id: number, turn: number }, answer: { steps: Step[], done: boolean } },
 *   predict: { ask: { id: number, images: Uint8Array }, answer: Float32Array },
 *   parameter: { ask: { id: number, name: string }, answer: Float32Array },
 *   checkpoint: { ask: { id: number }, answer: Uint8Array },
 *   take: { ask: { id: number, images: Uint8Array | null }, answer: Taken },
 *   empty: { ask: { spec: unknown }, answer: Uint8Array },
 *   fingerprint: { ask: { id: number }, answer: string },
 *   free: { ask: { id: number }, answer: null },
 * }} Questions
 */

/** @typedef {keyof Questions} Question */
/** @template {Question} Name @typedef {Questions[Name]['ask']} Ask */
/** @template {Question} Name @typedef {Questions[Name]['answer']} Answer */
/** @typedef {{ answer: any, problem: null } | { answer: null, problem: Problem }} Reply */

/** @typedef {{ [Name in Question]: (ask: Ask<Name>) => Answer<Name> }} Answers */

export {};
