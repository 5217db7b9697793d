/** The address of the page in the element's frame. */

/** The attributes of an element; null where there is none. @typedef {{ src: string | null, link: string | null, panels: string | null, theme: string | null }} Attributes */

/**
 * @param {Attributes} attributes
 * @param {string} base what `src` is relative to
 * @param {string | null} home the folder of the script, where there is no `src`
 * @returns {URL} throws a sentence if there is no page to show
 */
export function frameAddress({ src, link, panels, theme }, base, home) {
  const from = src ?? home;
  if (from === null) throw new Error('Say where Convscope is: src="https://your.host/convscope/".');
  if (!URL.canParse(from, base)) throw new Error(`“${from.slice(0, 80)}” is not an address. Correct src.`);
  const address = new URL(from, base);
  if (address.protocol !== 'https:' && address.protocol !== 'http:') {
    throw new Error(`Convscope is shown from https: or http:; src begins with ${address.protocol}`);
  }
  const named = (panels ?? '').split(/[\s,]+/).filter((name) => name !== '');
  address.hash = withFields((link ?? '').trim(), {
    ...(named.length > 0 && { panels: named.join(',') }),
    ...((theme === 'light' || theme === 'dark') && { theme }),
    embed: '1',
  });
  return address;
}

/**
 * @param {string} link with or without what comes before its fields
 * @param {Record<string, string>} fields that replace those of the link
 */
function withFields(link, fields) {
  const kept = link
    .slice(link.indexOf('#') + 1)
    .split('&')
    .filter((field) => field !== '' && !Object.hasOwn(fields, field.split('=', 1)[0] ?? ''));
  const added = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return [...(kept.length > 0 ? kept : ['v=1']), ...added].join('&').replaceAll('%2C', ',');
}
