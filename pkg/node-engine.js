/** The engine and the module of formats, loaded in Node. */

import { readFile } from 'node:fs/promises';
import init, * as engine from './convscope.js';

/** @type {Promise<unknown> | null} */
let loading = null;

export async function loadEngine() {
  loading ??= read('./convscope_bg.wasm').then((bytes) => init({ module_or_path: bytes }));
  await loading;
  return engine;
}

export async function openFormats() {
  const { default: initFormats, ...formats } = await import('./convscope_formats.js');
  await initFormats({ module_or_path: await read('./convscope_formats_bg.wasm') });
  return formats;
}

/** @param {string} file */
const read = (file) => readFile(new URL(file, import.meta.url));
