/** Light or dark, as the system has it until the visitor chooses, and how large type is. Both choices are remembered. */

/** @typedef {import('../../charts/palette.js').Theme} ThemeName */

const NAME = 'convscope.theme';
const SIZE = 'convscope.size';

export class Theme {
  #system = window.matchMedia('(prefers-color-scheme: dark)');
  #chosen = $state(remembered(NAME));
  #systemIsDark = $state(this.#system.matches);
  /** Without so much room, large type would leave none for the pictures. */
  #wide = window.matchMedia('(min-width: 1280px)');
  #isWide = $state(this.#wide.matches);
  /** Whether type is to be read from the back of a room. */
  large = $state(remembered(SIZE) === 'large');

  constructor() {
    this.#system.addEventListener('change', ({ matches }) => (this.#systemIsDark = matches));
    this.#wide.addEventListener('change', ({ matches }) => (this.#isWide = matches));
  }

  get size() {
    return this.large && this.#isWide ? 'large' : 'usual';
  }

  /** @returns {ThemeName} */
  get name() {
    const chosen = this.#chosen;
    return chosen === 'light' || chosen === 'dark' ? chosen : this.#systemIsDark ? 'dark' : 'light';
  }

  toggle() {
    this.#chosen = this.name === 'dark' ? 'light' : 'dark';
    remember(NAME, this.#chosen);
  }

  /** Takes the theme of the page around this one, which is not remembered. @param {ThemeName | 'auto'} name */
  obey(name) {
    this.#chosen = name === 'auto' ? remembered(NAME) : name;
  }

  toggleSize() {
    this.large = !this.large;
    remember(SIZE, this.large ? 'large' : 'usual');
  }
}

// Storage can be forbidden; then a choice lasts as long as the page.

/** @param {string} key */
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} choice */
function remember(key, choice) {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // It is not remembered.
  }
}
