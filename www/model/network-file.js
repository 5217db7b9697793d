/** Which files can hold a network that is brought in, by their first bytes and the ending of their names. */

const TAKEN = 'Choose a .safetensors or .onnx file.';

/** @typedef {(bytes: Uint8Array) => boolean} Recognises */

/** @param {string} text @returns {Recognises} */
const begins = (text) => (bytes) => [...text].every((letter, at) => bytes[at] === letter.charCodeAt(0));

/** How far a file is looked at for letters. */
const LOOKED_AT = 256;

/** @type {Recognises} */
const isText = (bytes) =>
  bytes.length > 0 && bytes.subarray(0, LOOKED_AT).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));

/**
 * What is often chosen by mistake: what it is, and what to do instead.
 * @type {readonly { is: Recognises, endings?: readonly string[], what: string, instead?: string }[]}
 */
const OTHERS = [
  { is: begins('\x89PNG'), what: 'a PNG picture' },
  { is: begins('\xff\xd8\xff'), what: 'a JPEG picture' },
  { is: begins('%PDF'), what: 'a PDF document' },
  {
    ...{ is: begins('PK\x03\x04'), endings: ['npz'], what: 'an NPZ archive' },
    instead: 'NPZ cannot be brought in. Take the network away as safetensors or ONNX instead.',
  },
  {
    ...{ is: begins('PK\x03\x04'), endings: ['pt', 'pth', 'bin'], what: 'a PyTorch file' },
    instead: 'Save the weights with safetensors.torch.save_file, or export the network as ONNX.',
  },
  { is: begins('PK\x03\x04'), what: 'a ZIP archive' },
  { is: begins('\x1f\x8b'), what: 'a gzip archive', instead: 'Unpack it first.' },
  { is: begins('\x89HDF'), what: 'an HDF5 file, as Keras writes', instead: 'Export the network as ONNX.' },
  { is: begins('CVSR'), what: 'a saved run of Convscope', instead: 'Open it in the Runs tab.' },
  {
    ...{ is: isText, endings: ['html', 'ipynb', 'py'], what: 'text' },
    instead:
      'Pages, notebooks and programs cannot be brought in. Take the network away as safetensors or ONNX instead.',
  },
  { is: isText, what: 'text' },
];

/** The header of a safetensors file is a JSON object, after eight bytes. @param {Uint8Array} bytes */
export const isTensors = (bytes) => bytes[8] === '{'.charCodeAt(0);

/** The first field of an ONNX file is its version, and says so in its first byte. @param {Uint8Array} bytes */
const isLikeOnnx = (bytes) => bytes[0] === 0x08;

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {string} why it cannot be a network, and what to do; empty if it can
 */
export function whyNoNetwork(name, bytes) {
  const ending = name.includes('.') ? (name.split('.').at(-1) ?? '').toLowerCase() : '';
  if (bytes.length === 0) return `It is empty. ${TAKEN}`;
  if (isTensors(bytes)) return '';
  const other = OTHERS.find(({ is, endings }) => is(bytes) && (!endings || endings.includes(ending)));
  if (other) return `It is ${other.what}. ${other.instead ?? TAKEN}`;
  if (ending === 'safetensors' && !isLikeOnnx(bytes)) return `It does not begin as safetensors files do. ${TAKEN}`;
  return ending === 'onnx' || isLikeOnnx(bytes) ? '' : `It is neither safetensors nor ONNX. ${TAKEN}`;
}
