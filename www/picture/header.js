/** How large a picture says it is, read from the beginning of its file: to refuse what is too large before it is decoded. */

/** @typedef {{ width: number, height: number }} Size */

/** Of a file, in bytes: the size is within them. */
export const HEADER_BYTES = 2 ** 18;

/** @param {Uint8Array} bytes the beginning of a file @returns {Size | null} null if it does not say, or is of another kind */
export function sizeIn(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return pngSize(view) ?? gifSize(view) ?? webpSize(view) ?? jpegSize(view);
  } catch (error) {
    // It is cut off.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @param {DataView} view */
const pngSize = (view) =>
  view.getUint32(0) === 0x89504e47 ? { width: view.getUint32(16), height: view.getUint32(20) } : null;

/** @param {DataView} view */
const gifSize = (view) =>
  view.getUint32(0) === 0x47494638 ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null;

/** Of its three kinds, two have 14 bits a side and one has 24. @param {DataView} view @returns {Size | null} */
function webpSize(view) {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return null;
  const low = 0x3fff;
  switch (view.getUint32(12)) {
    case 0x56503820: // 'VP8 '
      return { width: view.getUint16(26, true) & low, height: view.getUint16(28, true) & low };
    case 0x5650384c: {
      // 'VP8L'
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & low), height: 1 + ((bits >>> 14) & low) };
    }
    case 0x56503858: // 'VP8X'
      return {
        width: 1 + view.getUint16(24, true) + 2 ** 16 * view.getUint8(26),
        height: 1 + view.getUint16(27, true) + 2 ** 16 * view.getUint8(29),
      };
    default:
      return null;
  }
}

/** Its segments follow each other; the first of a frame has the size. @param {DataView} view @returns {Size | null} */
function jpegSize(view) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    // Between them are tables: Huffman's, the extension of JPEG, and the arithmetic coder's.
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker < 0xff00) return null;
  }
}
