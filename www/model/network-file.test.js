import { expect, test } from 'vitest';
import { whyNoNetwork } from './network-file.js';

/** @param {string} text one byte a letter */
const bytesOf = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test('whyNoNetwork lets through what begins like safetensors or ONNX, whatever it is called', () => {
  for (const name of ['a.safetensors', 'a.onnx', 'a', 'a.bin']) {
    expect(whyNoNetwork(name, bytesOf('\x40\0\0\0\0\0\0\0{"0.weight":{}}'))).toBe('');
    expect(whyNoNetwork(name, bytesOf('\x08\x09\x12\x09convscope'))).toBe('');
  }
});

test.each([
  ['a.png', '\x89PNG\r\n', 'It is a PNG picture. Choose a .safetensors or .onnx file.'],
  ['notes.safetensors', 'Dear diary,\nto', 'It is text. Choose a .safetensors or .onnx file.'],
  ['a.npz', 'PK\x03\x04', 'It is an NPZ archive. NPZ cannot be brought in. '],
  ['a.PT', 'PK\x03\x04', 'It is a PyTorch file. Save the weights with '],
  ['a.zip', 'PK\x03\x04', 'It is a ZIP archive. Choose '],
  ['a.cvsr', 'CVSR\x02\0\0\0', 'It is a saved run of Convscope. Open it in the Runs tab.'],
  ['page.html', '<!doctype html>', 'It is text. Pages, notebooks and programs cannot be brought in. '],
  ['a.safetensors', '\x01\x02\x03', 'It does not begin as safetensors files do. '],
  ['a.dat', '\x01\x02\x03', 'It is neither safetensors nor ONNX. '],
  ['a.onnx', '', 'It is empty. '],
])('whyNoNetwork says what %s is and what to do', (name, text, said) => {
  expect(whyNoNetwork(name, bytesOf(text)).startsWith(said)).toBe(true);
});
