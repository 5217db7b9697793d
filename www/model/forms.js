/** The forms in which a network is taken away: what each is for, what its file is called, and how it proves itself. */

/**
 * `name` is what the form is called, `ending` that of its file, `type` its media type; `purpose` and `proof` are sentences.
 * `purposeInColour` is the purpose where nothing can be drawn, if it is another.
 * @typedef {{ id: 'onnx' | 'safetensors' | 'pytorch' | 'notebook' | 'html' | 'npz', name: string, ending: string, type: string, purpose: string, purposeInColour?: string, proof: string }} Form
 */

/** @type {readonly Form[]} */
export const FORMS = [
  {
    id: 'html',
    name: 'Web page',
    ending: 'html',
    type: 'text/html',
    purpose: 'One file that reads what you draw on it. It needs no connection.',
    purposeInColour: 'One file that reads pictures you give it. It needs no connection.',
    proof: 'Open it: it says whether it gives the same scores as here.',
  },
  {
    id: 'notebook',
    name: 'NumPy notebook',
    ending: 'ipynb',
    type: 'application/x-ipynb+json',
    purpose: 'The network from scratch in Jupyter, with the maths of each of its layers.',
    proof: 'Run it: under “The proof” it compares its scores with those of here.',
  },
  {
    id: 'pytorch',
    name: 'PyTorch program',
    ending: 'py',
    type: 'text/x-python',
    purpose: 'Checks, evaluates and trains on. Put the safetensors file beside it.',
    proof: 'Run it: first it compares its scores with those of here, and says so.',
  },
  {
    id: 'safetensors',
    name: 'safetensors',
    ending: 'safetensors',
    type: 'application/octet-stream',
    purpose: 'The weights under PyTorch’s names. Convscope opens this file again.',
    proof: 'Holds images with their scores: Convscope and the program check them.',
  },
  {
    id: 'onnx',
    name: 'ONNX',
    ending: 'onnx',
    type: 'application/octet-stream',
    purpose: 'For ONNX Runtime, in any language. Convscope opens this file too.',
    proof: 'Holds images with their scores: any runtime must find the same.',
  },
  {
    id: 'npz',
    name: 'NPZ',
    ending: 'npz',
    type: 'application/zip',
    purpose: 'The arrays by their names, for NumPy’s load.',
    proof: 'Its arrays proof_pixels and proof_logits hold images with their scores.',
  },
];

/**
 * @param {string} network the name of its preset; empty for none
 * @param {number} step
 * @param {string} ending
 */
export function fileName(network, step, ending) {
  const words = network.toLowerCase().match(/[a-z0-9]+/g) ?? ['network'];
  return `convscope-${words.join('-')}-step-${step}.${ending}`;
}
