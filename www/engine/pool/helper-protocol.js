/**
 * Every message between the worker that owns the run and the workers that help it compute gradients.
 * Types only; both sides are checked against this file.
 */

/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Training} Training */

/**
 * Owner to helper. `build` is the first message, and again for each new network; `compute` asks for the gradients
 * of some blocks: the request is in the first `length` bytes of `buffer`, and only the engine knows what
 * it says.
 * @typedef {(
 *   | { type: 'build', spec: Spec }
 *   | { type: 'configure', training: Training }
 *   | { type: 'compute', length: number, buffer: ArrayBuffer }
 * )} HelperCommand
 */

/**
 * Helper to owner. `built` answers each `build`. `answer` returns the buffer, with the answer in its
 * first `length` bytes. `failed` is its last message.
 * @typedef {(
 *   | { type: 'built' }
 *   | { type: 'answer', length: number, buffer: ArrayBuffer }
 *   | { type: 'failed', message: string }
 * )} HelperEvent
 */

export {};
