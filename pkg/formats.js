/** The module of formats in a browser. */

import init, * as formats from './convscope_formats.js';

export async function openFormats() {
  await init({ module_or_path: new URL('./convscope_formats_bg.wasm', import.meta.url) });
  return formats;
}
