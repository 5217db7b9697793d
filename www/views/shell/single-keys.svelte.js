/** Whether single keys do something (WCAG 2.1.4): dictated words would press them. The choice is remembered. */

const KEY = 'convscope.keys';

export class SingleKeys {
  on = $state(remembered());

  toggle() {
    this.on = !this.on;
    try {
      localStorage.setItem(KEY, this.on ? 'on' : 'off');
    } catch {
      // Storage can be forbidden; then the choice lasts as long as the page.
    }
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}
