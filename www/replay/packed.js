/** A replay in a link: its text, compressed, in base64url. What is unpacked is limited while it grows. */

import { Malformed } from '../lib/json-reader.js';
import { LONGEST_LINK } from '../link/link.js';
import { LONGEST_FILE } from './form.js';

/** What comes before it in an address. */
const KEY = '#replay=';
const DAMAGED = 'This link is damaged: its replay cannot be unpacked. Copy the whole link again.';

/** @param {string} text @returns {Promise<string | null>} the end of an address, from its `#`; null if that is too long for a link */
export async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const packed = KEY + letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return packed.length <= LONGEST_LINK ? packed : null;
}

/** @param {string} packed with its key @returns {Promise<string>} */
export async function unpack(packed) {
  const letters = packed.slice(KEY.length);
  if (letters.length > LONGEST_LINK || !/^[\w-]+$/.test(letters)) throw new Malformed(DAMAGED);
  try {
    const binary = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    return await textOf(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
  } catch (error) {
    throw error instanceof Malformed ? error : new Malformed(DAMAGED);
  }
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream */
async function textOf(stream) {
  const [reader, decoder] = [stream.getReader(), new TextDecoder()];
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length <= LONGEST_FILE) continue;
    await reader.cancel();
    throw new Malformed(`A replay has up to ${LONGEST_FILE} letters; this link has more.`);
  }
}
