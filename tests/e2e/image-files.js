/** Files of small images in every form that the page takes, written here byte by byte. */

import { crc32, deflateSync } from 'node:zlib';

/** `pixels` are rows of columns of channels. @typedef {{ label: number, pixels: Uint8Array }} Image */
/** @typedef {{ name: string, bytes: Uint8Array }} Entry */

/** The classes of `images`. */
export const CLASSES = ['rows', 'columns'];

/**
 * Stripes across or down, each image a little different.
 * @param {{ each: number, rows?: number, columns?: number, channels?: number }} size
 * @returns {Image[]}
 */
export function images({ each, rows = 12, columns = 12, channels = 1 }) {
  return Array.from({ length: each * CLASSES.length }, (_, index) => {
    const label = index % CLASSES.length;
    const pixels = new Uint8Array(rows * columns * channels);
    for (let at = 0; at < pixels.length; at += 1) {
      const place = Math.floor(at / channels);
      const [row, column] = [Math.floor(place / columns), place % columns];
      const isBright = ((label === 0 ? row : column) + Math.floor(index / 2)) % 4 < 2;
      pixels[at] = isBright ? 200 + ((index * 7 + at) % 50) : (index * 3 + (at % channels) * 20) % 60;
    }
    return { label, pixels };
  });
}

/** @param {number[]} words */
const bigEndian = (words) =>
  Buffer.concat(words.map((word) => Buffer.from([24, 16, 8, 0].map((by) => (word >>> by) & 255))));

/** @param {readonly Image[]} all @param {number} rows @param {number} columns @returns {[Buffer, Buffer]} images and labels */
export const idx = (all, rows = 12, columns = 12) => [
  Buffer.concat([bigEndian([2051, all.length, rows, columns]), ...all.map(({ pixels }) => pixels)]),
  Buffer.concat([bigEndian([2049, all.length]), Buffer.from(all.map(({ label }) => label))]),
];

/** With the label first, under a header. @param {readonly Image[]} all */
export function csv(all) {
  const names = ['label', ...Array.from(all[0]?.pixels ?? [], (_, at) => `pixel${at}`)];
  const lines = all.map(({ label, pixels }) => [label, ...pixels].join(','));
  return Buffer.from([names.join(','), ...lines, ''].join('\n'));
}

/** @param {number[]} shape @param {Uint8Array} bytes */
function npy(shape, bytes) {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${text.padEnd(128 - 11)}\n`;
  const length = Buffer.from([header.length & 255, header.length >> 8]);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), bytes]);
}

/** One pair. @param {readonly Image[]} all @param {number} rows @param {number} columns */
export const npz = (all, rows = 12, columns = 12) =>
  zip([
    { name: 'x_train.npy', bytes: npy([all.length, rows, columns], Buffer.concat(all.map(({ pixels }) => pixels))) },
    { name: 'y_train.npy', bytes: npy([all.length], Buffer.from(all.map(({ label }) => label))) },
  ]);

/** @param {Uint8Array} pixels @param {{ rows: number, columns: number, channels: number }} form */
export function png(pixels, { rows, columns, channels }) {
  const header = Buffer.concat([bigEndian([columns, rows]), Buffer.from([8, channels === 3 ? 2 : 0, 0, 0, 0])]);
  const width = columns * channels;
  const lines = Array.from({ length: rows }, (_, row) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(row * width, (row + 1) * width)]),
  );
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    ...[chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(lines))), chunk('IEND', Buffer.alloc(0))],
  ]);
}

/** @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([bigEndian([data.length]), named, bigEndian([crc32(named)])]);
}

/** A folder for each class. @param {readonly Image[]} all @param {{ rows: number, columns: number, channels: number }} form */
export const pictures = (all, form) =>
  all.map(({ label, pixels }, index) => ({
    name: `stripes/${CLASSES[label]}/${index}.png`,
    bytes: png(pixels, form),
  }));

/** Without compression. @param {readonly Entry[]} entries */
export function zip(entries) {
  const [files, directory] = [/** @type {Buffer[]} */ ([]), /** @type {Buffer[]} */ ([])];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const common = zipFields(name, bytes);
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), bytes]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name)]));
    files.push(file);
    offset += file.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  [8, 10].forEach((at) => end.writeUInt16LE(entries.length, at));
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

/** What a file's header and its entry in the directory have in common. @param {string} name @param {Uint8Array} bytes */
function zipFields(name, bytes) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}
