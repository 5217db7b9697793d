/** The script of <convscope-playground>, as one file that a page loads by itself: `node xtask/js/bundle-element.js FILE`. */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** @returns {Promise<string>} */
export async function bundleElement() {
  const entry = fileURLToPath(new URL('../../www/embed/element.js', import.meta.url));
  const bundles = await build({
    ...{ configFile: false, logLevel: 'warn', publicDir: false },
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'convscope' } },
  });
  const [bundle] = Array.isArray(bundles) ? bundles : [];
  if (!bundle || !('output' in bundle)) throw new Error('the script of the element was not built');
  return bundle.output[0].code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(String(process.argv[2]), await bundleElement());
}
