/**
 * Messages between the page and the worker that writes and reads networks in forms that others open. Types only.
 *
 * - `export`: the file of a checkpoint's network. `said` is what it says about itself, as JSON.
 * - `said`: what a file says about itself, as JSON that nobody has checked; null if it is not one of ours.
 * - `import`: the network of a file, as a checkpoint, and which of its tensors became which parameter. `own` is a checkpoint
 *   with the spec that the file says it has; what it does not say is that of `onScreen`, a checkpoint too.
 *
 * @typedef {'onnx' | 'safetensors' | 'pytorch' | 'notebook' | 'html' | 'npz'} Form
 *
 * @typedef {{ parameter: string, tensor: string, dims: number[] }} Match
 *
 * @typedef {{
 *   form: Form, checkpoint: Uint8Array, said: string, classes: string[], link: string,
 *   pixels: Uint8Array, logits: Float32Array,
 * }} ExportAsk
 *
 * @typedef {{
 *   export: { ask: ExportAsk, answer: Uint8Array<ArrayBuffer> },
 *   said: { ask: { bytes: Uint8Array }, answer: string | null },
 *   import: {
 *     ask: { bytes: Uint8Array, own: Uint8Array | null, onScreen: Uint8Array },
 *     answer: { checkpoint: Uint8Array, matches: Match[] },
 *   },
 * }} FormatRequests
 *
 * @typedef {keyof FormatRequests} FormatRequest
 *
 * @typedef {{ [Name in FormatRequest]: { id: number, name: Name, ask: FormatRequests[Name]['ask'] } }[FormatRequest]} FormatCommand
 *
 * @typedef {{ id: number, answer: unknown, problem: import('../../model/reports.js').Problem | null }} FormatAnswer
 */

export {};
