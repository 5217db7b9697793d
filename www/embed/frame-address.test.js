import { expect, test } from 'vitest';
import { readLink } from '../link/link.js';
import { frameAddress } from './frame-address.js';

const NONE = { src: null, link: null, panels: null, theme: null };
const BASE = 'https://course.example/week-2/index.html';
const HOME = 'https://host.example/some/where/';

/** @param {Partial<import('./frame-address.js').Attributes>} attributes */
const address = (attributes) => frameAddress({ ...NONE, ...attributes }, BASE, HOME).href;

test('frameAddress is the folder of the script, or src, which may be relative', () => {
  expect(address({})).toBe(`${HOME}#v=1&embed=1`);
  expect(address({ src: '../lab/' })).toBe('https://course.example/lab/#v=1&embed=1');
  expect(address({ src: 'http://localhost:8000/#v=1&net=f,d10' })).toBe('http://localhost:8000/#v=1&embed=1');
});

test('frameAddress takes the link as it is copied, whole or from # on, and its attributes come first', () => {
  const link = 'v=1&net=c8k5,r,m2,f,d10&ask=Why%3F&panels=draw&theme=dark';
  expect(address({ link })).toBe(`${HOME}#${link}&embed=1`);
  for (const written of [link, `#${link}`, `https://host.example/#${link}&embed=1`]) {
    const { hash } = new URL(address({ link: written, panels: ' network, learning ', theme: 'light' }));
    expect(hash).toBe('#v=1&net=c8k5,r,m2,f,d10&ask=Why%3F&panels=network,learning&theme=light&embed=1');
    expect(readLink(hash)).toMatchObject({
      embed: true,
      theme: 'light',
      handout: { panels: ['network', 'learning'], question: 'Why?' },
    });
  }
});

test('frameAddress: the theme auto and panels without a name leave both as they are', () => {
  for (const panels of ['', ' , ']) expect(address({ theme: 'auto', panels })).toBe(`${HOME}#v=1&embed=1`);
  expect(address({ link: ' v=1 ', panels: 'draw,' })).toBe(`${HOME}#v=1&panels=draw&embed=1`);
});

test('frameAddress lets no attribute add a field or leave the page', () => {
  expect(address({ panels: 'draw&ask=Hello' })).toBe(`${HOME}#v=1&panels=draw%26ask%3DHello&embed=1`);
  expect(new URL(address({ link: '../../elsewhere?#v=1' })).pathname).toBe('/some/where/');
});

test.each([
  [{ src: 'javascript:alert(1)' }, 'begins with javascript:'],
  [{ src: 'data:text/html,x' }, 'begins with data:'],
  [{ src: 'https://' }, 'is not an address'],
])('frameAddress refuses %o', (attributes, sentence) => {
  expect(() => address(attributes)).toThrow(sentence);
});

test('frameAddress asks for src where the script is a part of another one', () => {
  expect(() => frameAddress(NONE, BASE, null)).toThrow('Say where Convscope is');
});
