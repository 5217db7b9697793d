/** Draws a sheet of pictures: a title, the pictures, and a colour scale with its figures. Always in light colours. */

import { ImageStack } from '../charts/image-stack.js';
import { diverging, ink } from '../charts/palette.js';
import { number } from '../lib/format.js';
import { FONT, LIGHT, SIZES } from './light.js';
import { CHARACTER, LINE, MARGIN, placeOf } from './sheet-layout.js';

/** @typedef {import('./sheet-layout.js').Sheet} Sheet */
/** @typedef {import('./sheet-layout.js').Layout} Layout */

const RAMP = { width: 180, height: 8 };

/**
 * @param {CanvasRenderingContext2D} context of a canvas of `ratio` times the size of the layout
 * @param {Sheet} sheet
 * @param {Layout} layout
 */
export function paintSheet(context, sheet, layout) {
  context.setTransform(layout.ratio, 0, 0, layout.ratio, 0, 0);
  context.fillStyle = LIGHT.page;
  context.fillRect(0, 0, layout.width, layout.height);
  context.textBaseline = 'alphabetic';
  write(context, sheet.title, { x: MARGIN, y: 22, font: `600 ${SIZES.text}px ${FONT}`, colour: LIGHT.text });
  write(context, sheet.subtitle, { x: MARGIN, y: 38 });
  if (sheet.table) writeHeads(context, sheet.table, layout);
  paintTiles(context, sheet, layout);
  paintLegend(context, sheet, layout);
}

/** @param {CanvasRenderingContext2D} context @param {Sheet} sheet @param {Layout} layout */
function paintTiles(context, { tiles, rows, columns, scale, table }, layout) {
  const stack = new ImageStack();
  stack.resize(1, rows, columns);
  tiles.forEach(({ caption, values, limit }, index) => {
    const { x, y } = placeOf(layout, index);
    if (scale === 'ink') stack.paintInk(values, ink.light, limit);
    else stack.paintDiverging(values, diverging.light, () => limit);
    stack.draw(context, 0, { x, y, ...layout.tile });
    if (layout.tile.width > 8) {
      context.strokeStyle = LIGHT.line;
      context.strokeRect(x - 0.5, y - 0.5, layout.tile.width + 1, layout.tile.height + 1);
    }
    if (!table) write(context, caption, { x, y: y + layout.tile.height + 12 });
  });
}

/** @param {CanvasRenderingContext2D} context @param {NonNullable<Sheet['table']>} table @param {Layout} layout */
function writeHeads(context, { heads, sides }, layout) {
  heads.forEach((head, column) => {
    const { x } = placeOf(layout, column);
    if (CHARACTER * head.length <= layout.cell.width) write(context, head, { x, y: layout.top - 6 });
  });
  sides.forEach((side, row) => {
    const { y } = placeOf(layout, row * layout.across);
    if (layout.cell.height >= LINE - 4 || row % 10 === 0)
      write(context, side, { x: MARGIN, y: y + layout.tile.height / 2 + 4 });
  });
}

/** @param {CanvasRenderingContext2D} context @param {Sheet} sheet @param {Layout} layout */
function paintLegend(context, { scale, limit, unit }, { legend: y }) {
  const { stops } = (scale === 'ink' ? ink : diverging).light;
  const ramp = context.createLinearGradient(MARGIN, 0, MARGIN + RAMP.width, 0);
  stops.forEach((stop, index) => ramp.addColorStop(index / (stops.length - 1), stop));
  context.fillStyle = ramp;
  context.fillRect(MARGIN, y, RAMP.width, RAMP.height);
  context.strokeStyle = LIGHT['line-strong'];
  context.strokeRect(MARGIN - 0.5, y - 0.5, RAMP.width + 1, RAMP.height + 1);
  const highest = limit === null ? 'limit' : number(limit);
  const figures = scale === 'ink' ? ['0', '', highest] : [limit === null ? '−limit' : number(-limit), '0', highest];
  figures.forEach((figure, index) => {
    const align = /** @type {const} */ (['left', 'center', 'right'])[index] ?? 'left';
    write(context, figure, { x: MARGIN + (index * RAMP.width) / 2, y: y + RAMP.height + 14, align });
  });
  write(context, unit, { x: MARGIN + RAMP.width + 14, y: y + RAMP.height });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {{ x: number, y: number, font?: string, colour?: string, align?: CanvasTextAlign }} how
 */
function write(context, text, { x, y, font = `${SIZES.small}px ${FONT}`, colour = LIGHT.soft, align = 'left' }) {
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = align;
  context.fillText(text, x, y);
}
