import { beforeEach, describe, expect, test } from 'vitest';
import { View } from './view.svelte.js';

/** @type {View} */
let view;

beforeEach(() => {
  view = new View();
  view.openExperiment('filters');
});

describe('an open experiment', () => {
  test('is in the middle, and beside the main panel as soon as something is shown there', () => {
    expect(view.experimentInMiddle).toBe(true);
    view.showInMain({ mainPanel: 'health', part: 'units' });
    expect(view.experimentInMiddle).toBe(false);
    expect(view.choices).toMatchObject({ experiment: 'filters', mainPanel: 'health', part: 'units' });
  });

  test.each(
    /** @type {const} */ ([
      ['curves', { mainPanel: 'network', direction: 'forward' }],
      ['network', { mainPanel: 'network', direction: 'forward' }],
      ['backward', { mainPanel: 'network', direction: 'backward' }],
      ['digits', { mainPanel: 'digits', part: 'top' }],
    ]),
  )('that asks to watch %s makes room for it', (shown, choices) => {
    view.watch({ view: shown, part: 'top', step: null, text: '' });
    expect(view.choices).toMatchObject(choices);
    expect(view.experimentInMiddle).toBe(false);
  });

  test('is in the middle again when it is opened again, or another one is', () => {
    view.showInMain({});
    view.openExperiment('pooling');
    expect(view.experimentInMiddle).toBe(true);
    view.openExperiment('');
    expect(view.experimentInMiddle).toBe(false);
  });
});
