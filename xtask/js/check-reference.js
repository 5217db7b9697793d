/** Checks reference files with the wasm engine: `node check-reference.js FOLDER FILE...`, a line of JSON each. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder = '', ...files] = process.argv.slice(2);
const engine = await import(pathToFileURL(join(folder, 'convscope.js')).href);
engine.initSync({ module: readFileSync(join(folder, 'convscope_bg.wasm')) });

for (const file of files) {
  try {
    console.log(JSON.stringify({ file, report: engine.checkReference(readFileSync(file)) }));
  } catch (error) {
    console.log(JSON.stringify({ file, error: error instanceof Error ? error.message : String(error) }));
  }
}
