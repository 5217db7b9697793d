/** The engine, loaded in Node. */

import { readFile } from 'node:fs/promises';
import init, * as engine from './convscope.js';

/** @type {Promise<unknown> | null} */
let loading = null;

export async function loadEngine() {
  const wasm = new URL('./convscope_bg.wasm', import.meta.url);
  loading ??= readFile(wasm).then((bytes) => init({ module_or_path: bytes }));
  await loading;
  return engine;
}
