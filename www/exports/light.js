/** The page's light colours and type, for files, which are printed as often as shown. They are those of style.css. */

export const LIGHT = {
  page: '#ffffff',
  sunken: '#f6f7f7',
  line: '#e3e6e8',
  'line-strong': '#cbd0d4',
  text: '#14181c',
  soft: '#5a636c',
  accent: '#0b7d72',
  'accent-soft': '#e2f3f0',
  warning: '#a33c06',
  train: '#8a94a0',
  right: '#174f8f',
  wrong: '#c9650c',
};

/** Of type, in pixels. */
export const SIZES = { small: 11, text: 13, title: 16, figure: 24 };

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
