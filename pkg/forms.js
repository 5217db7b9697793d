/** Networks in forms that others open, by a module that is fetched when it is first needed. */

import { formOf } from './checks.js';
import { ConvscopeError, errorOf, refusalOf } from './errors.js';

/**
 * The module that writes and reads them, loaded; src/wasm_formats.rs says what its functions are given.
 * @typedef {{
 *   exportNetwork(
 *     form: string, checkpoint: Uint8Array, said: string, classes: string[], link: string, pixels: Uint8Array,
 *     logits: Float32Array,
 *   ): Uint8Array,
 *   saidBy(bytes: Uint8Array): string | undefined,
 *   ImportedNetwork: new (bytes: Uint8Array, own: Uint8Array | undefined, onScreen: Uint8Array) => {
 *     checkpoint(): Uint8Array, free(): void,
 *   },
 * }} Formats
 */
/** @typedef {() => Promise<Formats>} OpenFormats */

/** @typedef {'onnx' | 'safetensors' | 'pytorch' | 'notebook' | 'html' | 'npz'} Form */
/** What is written: `logits` are the engine's for the images that prove the file. @typedef {{ bytes: Uint8Array, images: Uint8Array, logits: Float32Array }} Taken */

/** Of what a file says about itself. */
const VERSION = 1;

/**
 * The file of a network.
 * @param {OpenFormats} open
 * @param {Form} form
 * @param {import('../www/model/spec.js').Spec} spec
 * @param {readonly string[]} classes
 * @param {Taken} taken
 */
export async function written(open, form, spec, classes, { bytes, images, logits }) {
  const { bytes: size } = formOf({ input: spec.input, classes: classes.length });
  const proof = Array.from({ length: images.length / size }, (_, image) => ({
    pixels: [...images.subarray(image * size, (image + 1) * size)],
    logits: [...logits.subarray(image * classes.length, (image + 1) * classes.length)],
  }));
  const said = JSON.stringify({ version: VERSION, spec, classes, proof, receipt: '', link: '' });
  const formats = await open();
  return refusing(() => formats.exportNetwork(form, bytes, said, [...classes], '', images, logits));
}

/**
 * The network of an ONNX or a safetensors file, as a checkpoint.
 * @param {OpenFormats} open
 * @param {Uint8Array} bytes
 * @param {(spec: unknown) => Promise<Uint8Array>} empty makes a checkpoint of a spec, which it checks
 * @param {unknown} spec of the network that a file of somebody else's fits
 */
export async function readForm(open, bytes, empty, spec) {
  const formats = await open();
  const said = refusing(() => formats.saidBy(bytes));
  const own = said === undefined ? undefined : await empty(specIn(said));
  const other = await empty(spec);
  return refusing(() => {
    const network = new formats.ImportedNetwork(bytes, own, other);
    try {
      return network.checkpoint();
    } finally {
      network.free();
    }
  });
}

/** @param {string} said */
function specIn(said) {
  try {
    return JSON.parse(said).spec;
  } catch {
    throw new ConvscopeError('bad_file', 'What this file says about itself is not JSON. Choose another file.');
  }
}

/** @template Result @param {() => Result} act @returns {Result} */
function refusing(act) {
  try {
    return act();
  } catch (error) {
    const problem = refusalOf(error);
    throw problem ? errorOf(problem) : error;
  }
}
