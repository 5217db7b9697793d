/** What is drawn, as files of pictures. */

import { layoutOf } from '../../exports/sheet-layout.js';
import { paintSheet } from '../../exports/sheet.js';

/** @param {HTMLCanvasElement} canvas @param {string} name @returns {Promise<File>} */
export async function pngFile(canvas, name) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('Your browser could not draw this picture. Save it in another form.');
  return new File([blob], name, { type: 'image/png' });
}

/** @param {import('../../exports/sheet-layout.js').Sheet} sheet */
export function sheetCanvas(sheet) {
  const layout = layoutOf(sheet);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(layout.width * layout.ratio);
  canvas.height = Math.round(layout.height * layout.ratio);
  paintSheet(contextOf(canvas), sheet, layout);
  return canvas;
}

/** Twice as large as it is shown, so that it is sharp in print. @param {string} svg */
export async function svgCanvas(svg) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
    contextOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('Your browser has no room for this picture. Close other pages and try again.');
  return context;
}
