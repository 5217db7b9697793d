import { expect, test } from 'vitest';
import { placeOfLabel } from './place-label.js';

const BOX = { left: 100, top: 100, right: 300, bottom: 200 };
const FREE = { left: 0, top: 50, right: 400, bottom: 800 };
const LABEL = { width: 80, free: FREE, best: /** @type {const} */ ('above') };
const nothing = () => 0;

/** @typedef {import('./pointed.js').Box} Box */
/** Whether two boxes share a place. @param {Box} a @returns {(b: Box) => number} */
const over = (a) => (b) => Number(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);

test('placeOfLabel: above if nothing is hidden there, and below what is read with what is above it', () => {
  expect(placeOfLabel(BOX, LABEL, nothing)).toEqual({ side: 'above', left: 0, top: -34, isAtEnd: false, hides: 0 });
  expect(placeOfLabel(BOX, { ...LABEL, best: 'below' }, nothing)).toMatchObject({ side: 'below', top: 110 });
});

test('placeOfLabel: at the end where it would leave the window', () => {
  const box = { ...BOX, left: 350, right: 395 };
  expect(placeOfLabel(box, LABEL, nothing)).toMatchObject({ side: 'above', left: -35, isAtEnd: true });
});

test('placeOfLabel: where the words hide least', () => {
  const above = { left: 0, top: 0, right: 400, bottom: 100 };
  const around = { ...above, bottom: 800 };
  expect(placeOfLabel(BOX, LABEL, over(above))).toMatchObject({ side: 'below' });
  expect(placeOfLabel(BOX, LABEL, over({ ...around, right: 300 }))).toMatchObject({
    side: 'beside',
    left: 210,
    top: 38,
  });
  const read = { left: 100, top: 100, right: 300, bottom: 170 };
  const page = (/** @type {Box} */ box) => (box.left > 300 || box.left < 100 ? 1 : over(read)(box));
  const inside = placeOfLabel(BOX, LABEL, (box) => page(box) || Number(box.top < 100 || box.bottom > 200));
  expect(inside).toMatchObject({ side: 'inside', left: 116, top: 72 });
});

test('placeOfLabel: within what is free, before what is as high as that', () => {
  const tall = { left: 200, top: 10, right: 400, bottom: 790 };
  const onlyInside = ({ left = 0 }) => Number(left < 200);
  expect(placeOfLabel(tall, LABEL, ({ left }) => Number(left >= 200))).toMatchObject({ side: 'beside', left: -90 });
  expect(placeOfLabel(tall, LABEL, onlyInside)).toMatchObject({ side: 'inside' });
});
