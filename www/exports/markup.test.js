import { describe, expect, it } from 'vitest';
import { escaped, markup } from './markup.js';

describe('markup', () => {
  it('escapes what is put in, and leaves markup as it is', () => {
    const name = `<img src=x onerror="alert('1')">&amp;`;
    const cell = markup`<td title="${name}">${name}</td>`;
    const safe = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';
    expect(String(cell)).toBe(`<td title="${safe}">${safe}</td>`);
    expect(String(markup`<tr>${cell}</tr>`)).toBe(`<tr><td title="${safe}">${safe}</td></tr>`);
  });

  it('joins lists and leaves out what is not there', () => {
    expect(String(markup`<p>${[1, markup`<br>`, ['<', 0]]}${null}${undefined}${false}${''}</p>`)).toBe(
      '<p>1<br>&lt;0</p>',
    );
  });

  it('replaces characters that no XML may hold, and halves of characters', () => {
    expect(escaped('a\u0000b\u001b\ud800c😀\n\t')).toBe('a\ufffdb\ufffd\ufffdc😀\n\t');
  });
});
