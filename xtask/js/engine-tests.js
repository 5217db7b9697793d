/** Runs test modules in the browser: `node engine-tests.js FOLDER NAME...`. */

import { withPage } from './browser-page.js';

const [folder = '', ...names] = process.argv.slice(2);

/**
 * Runs all tests of one module; what it prints is in the element `output`.
 * @param {string} name
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
async function runModule(name) {
  const module = await import(`/tests/${name}.js`);
  const wasm = await module.default({ module_or_path: `/tests/${name}_bg.wasm` });
  const tests = Object.keys(wasm).filter((key) => key.startsWith('__wbgt_'));
  Object.assign(globalThis, {
    on_console_debug: module.__wbgtest_console_debug,
    on_console_log: module.__wbgtest_console_log,
    on_console_info: module.__wbgtest_console_info,
    on_console_warn: module.__wbgtest_console_warn,
    on_console_error: module.__wbgtest_console_error,
    // What wasm-bindgen-test calls a test by, so that a trap ends in JavaScript.
    __wbg_test_invoke: (/** @type {() => unknown} */ test) => test(),
  });
  const context = new module.WasmBindgenTestContext(false);
  const passed = await context.run(tests.map((test) => wasm[test]));
  return { passed, output: document.getElementById('output')?.textContent ?? '' };
}

for (const name of names) {
  const { passed, output } = await withPage({ tests: folder }, '<pre id="output"></pre>', (page) => {
    page.on('pageerror', (error) => console.error(error.message));
    return page.evaluate(runModule, name);
  });
  console.log(`${name}, in the browser\n${output}`);
  if (!passed) process.exitCode = 1;
}
