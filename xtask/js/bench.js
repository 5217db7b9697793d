/**
 * Measures everything in Chromium: `node bench.js [--json] [--nets S,T] [--windows N] [--accuracy] [--soak]`.
 * With `--check` it only checks that the names of the networks are known. Otherwise it needs pkg/ and dist/. The result goes to standard output, what is going on to standard error.
 */

import { parseArgs } from 'node:util';
import { benchmark } from './bench/benchmark.js';
import { unknownName } from './bench/nets.js';
import { report } from './bench/report.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    nets: { type: 'string', default: '' },
    windows: { type: 'string', default: '5' },
    accuracy: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});

const { json, accuracy, soak } = values;
const nets = values.nets.split(',').filter(Boolean);
const unknown = unknownName(nets);
if (unknown) console.error(unknown);
if (unknown || values.check) process.exit(unknown ? 1 : 0);

const options = { nets, windows: Number(values.windows), accuracy, soak };
const result = await benchmark(options, (what) => console.error(`  ${what}`));
console.log(json ? JSON.stringify(result) : report(result));

for (const { name, batch, weights } of result.networks.filter(({ weights }) => !weights.identical)) {
  console.error(`${name}, batch ${batch}: one worker's weights are ${weights.one}, those of all ${weights.all}`);
  process.exitCode = 1;
}
