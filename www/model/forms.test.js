import { expect, test } from 'vitest';
import { fileName, FORMS } from './forms.js';

test('fileName says what the network is, and after which step', () => {
  expect(fileName('LeNet-5', 1200, 'onnx')).toBe('convscope-lenet-5-step-1200.onnx');
  expect(fileName('', 0, 'py')).toBe('convscope-network-step-0.py');
  expect(fileName('…', 7, 'npz')).toBe('convscope-network-step-7.npz');
});

test('every form has an ending of its own, and says what it is for in whole sentences', () => {
  expect(new Set(FORMS.map(({ ending }) => ending)).size).toBe(FORMS.length);
  for (const { purpose, proof } of FORMS) expect(purpose + proof).toMatch(/^[^.]+\..*\.$/);
});
