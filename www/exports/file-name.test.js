import { expect, it } from 'vitest';
import { fileName } from './file-name.js';

it('fileName has only letters, digits and hyphens', () => {
  expect(fileName(['curves', 'step', 1200], 'csv')).toBe('convscope-curves-step-1200.csv');
  expect(fileName(['maps', 'avg pool 2'], 'png')).toBe('convscope-maps-avg-pool-2.png');
  expect(fileName(['../../Ünï "x"?\u0000', '…'], 'html')).toBe('convscope-u-ni-x.html');
  expect(fileName(['a'.repeat(500)], 'csv')).toHaveLength(84);
});
