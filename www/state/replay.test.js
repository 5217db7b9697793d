import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Drawing } from '../lib/strokes.js';
import { DEFAULT_CHOICES } from '../link/view-text.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Lab } from './lab.svelte.js';
import { Lessons } from './lessons.svelte.js';
import { Player } from './replay-player.svelte.js';
import { Recorder } from './replay-recorder.svelte.js';
import { FakeClient } from './testing/fake-client.js';
import { View } from './view.svelte.js';

/** @typedef {import('../replay/actions.js').Action} Action */
/** @typedef {import('../model/spec.js').Spec} Spec */

const SPEC = DEFAULT_PRESET.spec;
const WEIGHTS = '0123456789abcdef';

/** @type {FakeClient} */
let client;
/** @type {Lab} */
let lab;
/** @type {View} */
let view;
/** @type {any} what the stores need of the address */
let page;
let time = 0;

/** @param {import('../engine/protocol.js').Phase} phase */
const phase = (phase) => client.says({ type: 'phase', phase });

/** @param {Spec} spec */
function built(spec) {
  client.says({ type: 'built', spec, summary: SUMMARY, step: 0, run: null });
  phase('ready');
}

/** The weights of a step are kept. @param {number} step */
function keeps(step) {
  client.says({ type: 'checkpoint', checkpoint: /** @type {any} */ ({ step, elapsed: 1, bytes: new Uint8Array(8) }) });
}

/** The worker restores what it was sent last, and says only later how far it is. */
function restores() {
  const { run, checkpoint } = client.sent('restore').at(-1);
  client.says({ type: 'built', spec: lab.spec, summary: SUMMARY, step: checkpoint.step, run });
  phase('paused');
}

/** @param {number} step */
function reached(step) {
  const progress = {
    step,
    firstStep: step,
    losses: Float32Array.of(1),
    accuracies: Float32Array.of(0.5),
    totalSteps: 900,
  };
  client.says({ type: 'progress', progress: /** @type {any} */ (progress) });
}

/** @param {import('../model/spec.js').Training} training @param {number} step */
function configured(training, step) {
  client.says({ type: 'configured', training, step });
}

beforeEach(() => {
  vi.useFakeTimers();
  time = 0;
  client = new FakeClient();
  client.answers['receipt'] = () => ({ step: lab.progress?.step ?? 0, weights: WEIGHTS, version: '0.1.0 simd' });
  lab = new Lab({ client: /** @type {any} */ (client) });
  lab.open();
  built(SPEC);
  view = new View();
  page = { lab, view, lessons: new Lessons(view), drawing: new Drawing() };
});

afterEach(() => {
  lab.dispose();
  vi.useRealTimers();
});

describe('a recording', () => {
  /** @type {Recorder} */
  let recorder;

  beforeEach(() => {
    recorder = new Recorder(page, () => time);
  });

  /** @param {number} at @param {() => void} happens */
  function when(at, happens) {
    time = at;
    happens();
    recorder.follow();
  }

  /** What has been recorded after what there was to begin with. */
  const recorded = () => recorder.actions.slice(3);

  test('begins with the network, the view and the image that there are', () => {
    expect(recorder.actions).toEqual([
      { at: 0, do: 'restart', spec: SPEC },
      { at: 0, do: 'view', choices: DEFAULT_CHOICES },
      { at: 0, do: 'look', split: 'test', image: 0 },
    ]);
  });

  test('has training as one action, to the last step, and another after a pause', () => {
    when(100, () => phase('training'));
    when(200, () => reached(5));
    when(400, () => reached(20));
    when(450, () => phase('paused'));
    when(5_000, () => phase('training'));
    when(6_000, () => reached(30));
    expect(recorded()).toEqual([
      { at: 100, do: 'train', to: 20, took: 300 },
      { at: 5_000, do: 'train', to: 30, took: 1_000 },
    ]);
  });

  test('has a view that is chosen while it trains between two stretches', () => {
    when(100, () => phase('training'));
    when(200, () => reached(5));
    when(300, () => (view.choices.tab = 'cost'));
    when(400, () => reached(9));
    expect(recorded().map(({ do: deed }) => deed)).toEqual(['train', 'view', 'train']);
  });

  test('has a setting that is used while it trains after the step at which it was', () => {
    const training = { ...SPEC.training, batch_size: 7 };
    when(100, () => phase('training'));
    when(200, () => reached(5));
    when(300, () => lab.edit({ ...SPEC, training }));
    when(400, () => reached(8));
    when(500, () => configured(training, 11));
    when(501, () => reached(11));
    when(600, () => reached(15));
    expect(recorded()).toMatchObject([
      { do: 'train', to: 11 },
      { do: 'settings', spec: { training } },
      { do: 'train', to: 15 },
    ]);
  });

  test('has a drawing as one action, also while it trains, and what is taken back as another', () => {
    const { drawing } = page;
    when(100, () => {
      drawing.begin({ x: 0.1, y: 0.1 });
      lab.draw(new Uint8Array(784));
    });
    when(150, () => phase('training'));
    when(200, () => reached(3));
    when(300, () => {
      drawing.extend({ x: 0.2, y: 0.2 });
      lab.draw(new Uint8Array(784));
    });
    when(900, () => {
      drawing.begin({ x: 0.5, y: 0.5 });
      lab.draw(new Uint8Array(784));
    });
    when(1_500, () => {
      drawing.undo();
      lab.draw(new Uint8Array(784));
    });
    expect(recorded()).toMatchObject([
      {
        at: 100,
        do: 'draw',
        strokes: [{ length: 2 }, { length: 1 }],
        times: [
          [0, 200],
          [800, 800],
        ],
      },
      { do: 'train', to: 3 },
      { at: 1_500, do: 'draw', strokes: [{ length: 2 }], times: [[0, 0]] },
    ]);
  });

  test('has a new run, and weights that are set and taken back', () => {
    const spec = { ...SPEC, seed: 4 };
    /** @type {import('../model/reports.js').WeightRef} */
    const place = { layer: 0, kind: 'weight', index: 1 };
    when(100, () => built(spec));
    when(200, () => lab.weightEdits.setWeight(place, 0.5));
    when(210, () => client.says({ type: 'weightSet', place, before: 0.25, value: 0.5, step: 0 }));
    when(300, () => (view.choices.tab = 'cost'));
    when(400, () => lab.weightEdits.undo());
    expect(recorded()).toMatchObject(
      [
        { do: 'settings' },
        { do: 'restart', spec },
        { do: 'weight', place, value: 0.5 },
        { do: 'view' },
        { do: 'weight', place, value: 0.25 },
      ].slice(1),
    );
  });

  test('has where the run goes back to, and forward again, and no training that there was not', async () => {
    when(0, () => phase('training'));
    for (const step of [5, 10, 20]) {
      when(step, () => reached(step));
      keeps(step);
    }
    when(30, () => phase('paused'));
    for (const step of [5, 10, 20]) {
      lab.runs.goTo(/** @type {any} */ (lab.runs.current), step);
      await vi.advanceTimersByTimeAsync(0);
      when(100 * step, restores);
      when(100 * step + 1, () => client.says({ type: 'costs', costs: /** @type {any} */ ({}) }));
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(recorded()).toEqual([
      { at: 0, do: 'train', to: 20, took: 20 },
      { at: 500, do: 'back', run: 0, step: 5 },
      { at: 1_000, do: 'back', run: 0, step: 10 },
      { at: 2_000, do: 'back', run: 0, step: 20 },
    ]);
  });

  test('ends with what it led to', async () => {
    when(100, () => phase('training'));
    when(200, () => reached(5));
    reached(6);
    expect(await recorder.finish()).toMatchObject({
      actions: [{}, {}, {}, { do: 'train', to: 6 }],
      outcome: { step: 6, weights: WEIGHTS, engine: '0.1.0' },
    });
    when(300, () => (view.choices.tab = 'cost'));
    expect(recorded()).toHaveLength(1);
  });

  test('without a step leads to nothing', async () => {
    expect((await recorder.finish()).outcome).toBe(null);
  });
});

describe('a replay', () => {
  /** @type {number[]} how long it waited */
  let waits;
  /** @type {Player} */
  let player;
  const other = { ...SPEC, seed: 4 };
  const seen = { ...DEFAULT_CHOICES, tab: 'cost' };

  /** @param {Action[]} actions @param {string} weights */
  function opened(actions, weights = WEIGHTS) {
    waits = [];
    const wait = async (/** @type {number} */ ms) => void waits.push(ms);
    player = new Player({ actions, outcome: { step: 20, weights, engine: '0.1.0' } }, page, wait);
    return player.toggle();
  }

  /** Lets what the player waits for come about. @param {() => void} [happens] */
  async function then(happens = () => {}) {
    await vi.advanceTimersByTimeAsync(0);
    happens();
    player.follow();
    await vi.advanceTimersByTimeAsync(0);
  }

  /** @type {Action[]} */
  const ACTIONS = [
    { at: 0, do: 'restart', spec: other },
    { at: 60_000, do: 'train', to: 20, took: 2_000 },
    { at: 62_000, do: 'view', choices: seen },
  ];

  test('does one action after the other, as fast as when it was recorded, and compares what came of it', async () => {
    const ends = opened(ACTIONS);
    await then();
    expect(client.sent('restart').at(-1)).toMatchObject({ spec: other });
    await then(() => built(other));
    expect(client.sent('pace').at(-1)).toMatchObject({ stepsPerSecond: 10 });
    expect(client.sent('trainTo')).toMatchObject([{ step: 20 }]);
    expect(player.done).toBe(1);
    await then(() => phase('training'));
    await then(() => reached(20));
    expect(player.done).toBe(1);
    await then(() => phase('paused'));
    await ends;
    expect(view.choices).toEqual(seen);
    expect(player.verdict).toBe('The weights are the same as when it was recorded, bit for bit.');
    expect(lab.pace).toBe(null);
    expect(waits).toEqual([1_500]);
  });

  test('begins in the lab, and looks at the first image where there is none of that number', async () => {
    page.lessons.show({ lesson: 'reading', card: 2 });
    const ends = opened([...ACTIONS.slice(0, 1), { at: 9, do: 'look', split: 'test', image: 10_000 }]);
    await then();
    expect(page.lessons.open).toBe(null);
    await then(() => built(other));
    await ends;
    expect(lab.probe).toEqual({ kind: 'test', index: 0 });
  });

  test('says if something else came of it', async () => {
    const ends = opened(ACTIONS.slice(0, 1), 'f'.repeat(16));
    await then(() => built(other));
    await ends;
    expect(player.verdict).toBe('The weights differ: this is step 0, and it was recorded to step 20.');
  });

  test('can be paused while it trains, and goes on', async () => {
    opened(ACTIONS);
    await then(() => built(other));
    await then(() => phase('training'));
    player.toggle();
    await then();
    expect(client.sent('pause')).toHaveLength(1);
    await then(() => reached(7));
    await then(() => phase('paused'));
    expect(client.sent('trainTo')).toHaveLength(1);
    player.toggle();
    await then();
    expect(client.sent('trainTo')).toHaveLength(2);
  });

  test('goes back, and trains on from there', async () => {
    opened([
      { at: 0, do: 'restart', spec: other },
      { at: 0, do: 'train', to: 20, took: 0 },
      { at: 0, do: 'back', run: 0, step: 8 },
      { at: 0, do: 'train', to: 15, took: 0 },
    ]);
    await then(() => built(other));
    await then(() => phase('training'));
    await then(() => reached(5));
    keeps(5);
    await then(() => reached(20));
    await then(() => phase('paused'));
    // Step 8 is not kept, so it is trained for, from the last one before it that is.
    expect(client.sent('restore').at(-1)).toMatchObject({ checkpoint: { step: 5 } });
    await then(restores);
    expect(client.sent('trainTo').at(-1)).toMatchObject({ step: 8 });
    await then(() => phase('training'));
    await then(() => reached(8));
    await then(() => phase('paused'));
    expect(client.sent('trainTo').at(-1)).toMatchObject({ step: 15 });
  });

  test('is paused by the button that pauses the training', async () => {
    opened(ACTIONS);
    await then(() => built(other));
    await then(() => phase('training'));
    await then(() => phase('paused'));
    expect(player.playing).toBe(false);
  });

  test('can be taken over: nothing is done any more', async () => {
    lab.setPace(3);
    opened(ACTIONS);
    await then(() => built(other));
    await then(() => phase('training'));
    player.close();
    expect(client.sent('pause')).toHaveLength(1);
    expect(lab.pace).toBe(3);
    await then(() => reached(20));
    await then(() => phase('paused'));
    expect(view.choices.tab).toBe(DEFAULT_CHOICES.tab);
    expect([player.verdict, player.problem]).toEqual(['', '']);
  });

  test('draws stroke by stroke, twice as fast if asked to, and shows each piece', async () => {
    const redrawn = vi.fn();
    page.drawing.redraw = redrawn;
    const stroke = [0, 0.2, 0.4, 0.6, 0.8].map((x) => ({ x, y: 0.5 }));
    const ends = opened([
      {
        at: 0,
        do: 'draw',
        strokes: [stroke, [{ x: 0.5, y: 0.1 }]],
        times: [
          [0, 400],
          [600, 600],
        ],
      },
    ]);
    player.setSpeed(2);
    await ends;
    expect(page.drawing.strokes).toEqual([stroke, [{ x: 0.5, y: 0.1 }]]);
    expect(waits).toEqual([50, 50, 50, 50, 100]);
    expect(redrawn.mock.calls.length).toBeGreaterThan(5);
  });

  test('stops where a network cannot be built, and says why', async () => {
    const ends = opened(ACTIONS);
    await then(() =>
      client.says({
        type: 'rejected',
        command: 'restart',
        problem: { code: 'invalid', message: 'Too large.', layer: null },
      }),
    );
    await ends;
    expect(player.problem).toBe('The replay stops here: its network cannot be built. Too large.');
  });

  test('changes nothing until it is begun', () => {
    new Player({ actions: ACTIONS, outcome: null }, page).close();
    expect(client.sent('restart')).toEqual([]);
    expect(client.sent('pause')).toEqual([]);
  });
});
