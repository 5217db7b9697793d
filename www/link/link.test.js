import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from '../model/presets.js';
import { KEYS, LONGEST_LINK, readLink, readMost, writeExperimentLink, writeLink } from './link.js';
import { presetOf } from './specs.js';
import { damaged, generator, one, randomSpec, whole } from './testing/random.js';
import { Unreadable } from './unreadable.js';
import { NO_HANDOUT, DEFAULT_CHOICES, tidy } from './view-text.js';

const { spec } = DEFAULT_PRESET;
const nothing = {
  choices: DEFAULT_CHOICES,
  handout: NO_HANDOUT,
  card: null,
  embed: false,
  theme: null,
  digit: null,
  strokes: null,
  outcome: null,
};
/** @type {import('./outcome.js').Outcome} */
const outcome = {
  ...{ steps: 1719, weights: '0123456789abcdef', engine: '0.1.0', accuracy: 0.9781 },
  data: { algorithm: 'sha256', hex: 'ab'.repeat(32) },
};

test('readLink reads the links that the command line is tested with, and they have every field', () => {
  const links = readFileSync(new URL('./testing/links.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  for (const link of links) expect(readLink(link), link).not.toBeNull();
  const keys = links.flatMap((link) => link.split('&').map((field) => field.split('=', 1)[0]));
  // That one opens several networks, which the command line refuses.
  expect(new Set([...keys, 'experiment'])).toEqual(new Set(KEYS));
});

test('readLink returns null for an address with nothing after #', () => {
  expect(readLink('')).toBeNull();
  expect(readLink('#')).toBeNull();
});

test('writeLink keeps the experiment of a preset within a line', () => {
  for (const preset of PRESETS) {
    const link = writeLink({ spec: preset.spec });
    expect(link.length, link).toBeLessThan(130);
    expect(readLink(`#${link}`)).toEqual({ spec: preset.spec, ...nothing });
  }
});

test('readLink reads the view, drawing, handout and receipt that writeLink wrote', () => {
  const content = {
    spec,
    choices: {
      ...DEFAULT_CHOICES,
      ...{ scope: /** @type {const} */ ('network'), tab: 'cost', settings: true },
      ...{ mainPanel: /** @type {const} */ ('health'), part: 'step', direction: /** @type {const} */ ('backward') },
    },
    handout: { panels: [/** @type {const} */ ('draw')], tabs: ['cost'], question: 'Why? 100 % & <b>more</b> = #1 ☂' },
    digit: 445,
    strokes: [[{ x: 0.5, y: 0.5 }]],
    outcome,
  };
  const read = readLink(writeLink(content));
  expect(read).toMatchObject({ ...content, strokes: [[{ x: expect.closeTo(0.5), y: expect.closeTo(0.5) }]] });
});

test('a link opens an experiment, alone or with all else', () => {
  const choices = { ...DEFAULT_CHOICES, experiment: 'why-convolution' };
  expect(writeExperimentLink('pooling')).toBe('v=1&experiment=pooling');
  expect(readLink('v=1&experiment=why-convolution')).toEqual({ spec, ...nothing, choices });
  expect(readLink(writeLink({ spec: { ...spec, seed: 9 }, choices }))).toMatchObject({ spec: { seed: 9 }, choices });
});

test('readLink takes what a link leaves out to be as it is without a link', () => {
  const card = { lesson: 'reading', card: 3 };
  expect(readLink('#lesson=reading.3')).toEqual({ spec, ...nothing, card });
  expect(readLink('#embed=1')).toEqual({ spec, ...nothing, embed: true });
  expect(readLink('#experiment=pooling')).toEqual(readLink(writeExperimentLink('pooling')));
  expect(readLink('#seed=7&digit=4')).toEqual({ ...nothing, spec: { ...spec, seed: 7 }, digit: 4 });
  expect(readLink('#net=f,d10')).toEqual(readLink('#v=1&net=f,d10'));
});

test('readLink reads a link in which everything has been escaped', () => {
  const link = writeLink({ spec })
    .split('&')
    .map((pair) => pair.split('=').map(encodeURIComponent).join('='));
  expect(readLink(link.join('&'))).toEqual({ spec, ...nothing });
});

test.each([
  ['top', 'It is not a link to an experiment.'],
  ['top=1&bottom=2', 'It is not a link to an experiment.'],
  ['v=2&net=f,d10', 'It has version “2”; this page reads version 1.'],
  ['v=1&net=f,d10&__proto__=1', 'It has an unknown field, “__proto__”.'],
  ['v=1&net=f,d10&seed=1&seed=2', 'It has the field “seed” twice.'],
  ['v=1&net=f,d10&ask=%ff', 'It is damaged: a character cannot be read.'],
  ['v=1&experiment=<b>', 'There is no experiment “<b>”.'],
  ['v=1&net=f,d10&digit=10000', 'There is no test digit 10000.'],
  ['v=1&net=f,d10&panels=draw,secret', 'There is no panel “secret”.'],
  ['v=1&net=f,d10&tabs=<img>', 'There is no tab “<img>”.'],
  ['v=1&net=f,d10&scale=huge', 'It has an unknown setting, “scale=huge”.'],
  [`v=1&net=f,d10&ask=${'a'.repeat(301)}`, 'Its question has more than 300 characters.'],
  ['v=1&net=', 'It has no network.'],
  [`v=1&steps=5&weights=${outcome.weights}&engine=0.1.0&sum=sha256-${'ab'.repeat(32)}`, 'It has no network.'],
  ['lesson=Reading.3', 'There is no lesson “Reading.3”.'],
  ['lesson=reading.0', 'There is no lesson “reading.0”.'],
  ['centre=ask&part=xyz', 'It has an unknown setting, “part=xyz”.'],
  ['embed=yes', 'It has an unknown setting, “embed=yes”.'],
  ['v=1&net=f,d10&steps=5', 'Its “sum” is missing.'],
  ['v=1&net=f,d10&draw=abc', 'Its drawing is cut off.'],
  ['v=1&net=f,d10&draw=aaaa..aaaa', 'Its drawing is cut off.'],
  [`v=1&net=f,d10&tabs=${'a,'.repeat(16)}a`, 'It names more than 16 panels or tabs.'],
  ['v=1&net=f,d10&draw=ab$d', 'Its drawing has a malformed point.'],
  [`v=1&net=f,d10&draw=${'aaaa.'.repeat(64)}aaaa`, 'Its drawing has too many strokes.'],
  [`v=1&net=${'f,'.repeat(LONGEST_LINK)}`, 'It is too long.'],
])('readLink refuses %.40s with one sentence', (hash, sentence) => {
  expect(() => readLink(hash)).toThrow(new Unreadable(sentence));
});

test('readMost leaves out panels that do not exist, and keeps everything else', () => {
  const { content, problem } = readMost('#v=1&net=f,d10&seed=7&panels=draw%2Csecret&theme=dark&embed=1');
  expect(content).toMatchObject({ spec: { seed: 7 }, handout: { panels: ['draw'] }, theme: 'dark', embed: true });
  expect(problem).toBe('There is no panel “secret”. Unknown panels are left out.');
  expect(readMost('embed=1&panels=secret').content).toEqual({ spec, ...nothing, embed: true });
});

test('readMost keeps how the page around wants a link shown that cannot be read', () => {
  const frame = { embed: true, theme: 'dark', handout: { panels: ['draw', 'network'] } };
  for (const fault of ['net=q9', 'nonsense=1', 'v=9', 'ask=%ff', 'theme=dark', `net=${'f,'.repeat(20)}`, 'digit=x']) {
    const { content, problem } = readMost(`#v=1&${fault}&panels=draw,secret,network&theme=dark&embed=1`);
    expect(content, fault).toMatchObject({ spec, ...frame });
    expect(problem).toMatch(/\. The default experiment is open instead\.$/);
  }
  expect(readMost('theme=pink&embed=1').content).toMatchObject({ theme: null, embed: true });
  expect(readMost('#nonsense=1').content).toBeNull();
  expect(readMost('')).toEqual({ content: null, problem: '' });
});

test('readLink reads a handout that hides every panel', () => {
  const handout = { ...NO_HANDOUT, panels: [] };
  expect(readLink(writeLink({ spec, handout }))?.handout).toEqual(handout);
  expect(readLink('v=1&net=f,d10&tabs=cost,matrix,cost')?.handout.tabs).toEqual(['cost', 'matrix']);
});

test('tidy makes plain text of limited length', () => {
  expect(tidy('  a\u0000b\u202ec\nd  ')).toBe('a b c d');
  expect([...tidy('☂'.repeat(999))]).toHaveLength(300);
});

test('readLink refuses randomly damaged links with a sentence or returns content that can be written again', () => {
  const random = generator(7);
  let read = 0;
  for (let i = 0; i < 1_500; i += 1) {
    const strokes = one(random, [null, [[{ x: random(), y: random() }]]]);
    const question = one(random, ['', 'What will happen?']);
    const link = writeLink({ spec: randomSpec(random), strokes, handout: { ...NO_HANDOUT, question }, outcome });
    const hash = damaged(random, link);
    try {
      const content = readLink(hash);
      if (content) expect(readLink(writeLink(content))).toMatchObject({ spec: content.spec });
      read += 1;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw new Error(`${String(error)} for ${hash}`, { cause: error });
      expect(error.message).toMatch(/^[A-Z“].*\.$/);
    }
  }
  expect(read).toBeGreaterThan(30);
}, 20_000);

test('readLink refuses noise', () => {
  const random = generator(3);
  for (let i = 0; i < 2_000; i += 1) {
    const noise = Array.from({ length: whole(random, 1, 80) }, () => String.fromCharCode(whole(random, 1, 0xffff)));
    expect(() => readLink(`#v=1&net=${noise.join('')}`)).toThrow(Unreadable);
  }
});

test('presetOf tells presets of the same layers apart', () => {
  for (const { id, spec } of PRESETS) expect(presetOf(spec)).toBe(id);
  const fast = PRESETS.find(({ id }) => id === 'fast-99');
  if (!fast) throw new Error('no preset');
  const augmentation = { ...fast.spec.training.augmentation, rotation: 5 };
  expect(presetOf({ ...fast.spec, training: { ...fast.spec.training, augmentation } })).toBe('fast-99');
});
