/** Light or dark: as the system has it, until the viewer chooses; the choice is remembered. */

/** @typedef {import('../../charts/palette.js').Theme} ThemeName */

const KEY = 'convscope.theme';

export class Theme {
  #system = window.matchMedia('(prefers-color-scheme: dark)');
  /** @type {ThemeName | null} */
  #chosen = $state(remembered());
  #systemIsDark = $state(this.#system.matches);

  constructor() {
    this.#system.addEventListener('change', ({ matches }) => (this.#systemIsDark = matches));
  }

  /** @returns {ThemeName} */
  get name() {
    return this.#chosen ?? (this.#systemIsDark ? 'dark' : 'light');
  }

  toggle() {
    this.#chosen = this.name === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, this.#chosen);
    } catch {
      // Storage can be forbidden; then the choice lasts as long as the page.
    }
  }
}

/** @returns {ThemeName | null} */
function remembered() {
  try {
    const name = localStorage.getItem(KEY);
    return name === 'light' || name === 'dark' ? name : null;
  } catch {
    return null;
  }
}
