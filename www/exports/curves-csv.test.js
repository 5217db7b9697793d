import { describe, expect, it } from 'vitest';
import { Curves } from '../model/curves.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { curvesCsv } from './curves-csv.js';

const HEADER =
  'run,data,step,epoch (passes over the training images),training loss (nats),training accuracy (0 to 1),' +
  'validation loss (nats),validation accuracy (0 to 1),test loss (nats),test accuracy (0 to 1),' +
  'settings changed after this step\r\n';
const spec = structuredClone(DEFAULT_PRESET.spec);
spec.data.training_images = 100;
spec.training.batch_size = 50;
const { training } = spec;

/** @param {number} number @param {Curves} curves */
const run = (number, curves) => ({ number, curves, spec, stretches: [{ after: 0, training }], forkedFrom: null });

describe('curvesCsv', () => {
  it('has a header without curves', () => {
    expect(curvesCsv([])).toBe(HEADER);
    expect(curvesCsv([run(1, new Curves())])).toBe(HEADER);
  });

  it('has a row for each step of any split, and leaves empty what was not measured', () => {
    const curves = new Curves();
    curves.train.add(1, 2.5, 0.1);
    curves.train.add(2, NaN, 0.25);
    curves.validation.add(2, 1.5, 0.5);
    curves.test.add(3, 1.25, 0.625);
    curves.mark(0, 'Learning rate 0.02 → 0.005');
    curves.mark(2, 'Epochs 5 → 6, "Momentum" 0.9 → 0');
    expect(curvesCsv([run(3, curves)])).toBe(
      HEADER +
        '3,MNIST,0,0,,,,,,,Learning rate 0.02 → 0.005\r\n' +
        '3,MNIST,1,0.5,2.5,0.1,,,,,\r\n' +
        '3,MNIST,2,1,NaN,0.25,1.5,0.5,,,"Epochs 5 → 6, ""Momentum"" 0.9 → 0"\r\n' +
        '3,MNIST,3,1.5,,,,,1.25,0.625,\r\n',
    );
  });

  it('puts several runs below one another', () => {
    const [first, second] = [new Curves(), new Curves()];
    first.train.add(1, 1, 0);
    second.train.add(1, 2, 1);
    expect(curvesCsv([run(1, first), run(2, second)])).toBe(
      `${HEADER}1,MNIST,1,0.5,1,0,,,,,\r\n2,MNIST,1,0.5,2,1,,,,,\r\n`,
    );
  });
});
