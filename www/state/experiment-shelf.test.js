import { beforeEach, expect, test } from 'vitest';
import { readExperiment } from '../experiments/form.js';
import { ExperimentShelf } from './experiment-shelf.svelte.js';

/** @param {string} id */
const experimentOf = (id) =>
  readExperiment({
    ...{ id, title: 'One', question: 'What?', guess: { options: ['a', 'b'], right: 1 } },
    base: { preset: 'codelab' },
    runs: [{ name: 'a', steps: 10 }],
    ...{ watch: { view: 'curves', text: 'Watch.' }, shows: ['This.'], maths: 'That.' },
    claims: [{ says: 'It is so.', run: 'a', measure: 'testAccuracy', above: 0.5 }],
  });
const [ONE, TWO] = [experimentOf('one'), experimentOf('two')];

/** @type {any[]} */
let workers;
/** @type {Map<string, string>} */
let stored;

function shelfOf({
  setItem = (/** @type {string} */ key, /** @type {string} */ text) => void stored.set(key, text),
} = {}) {
  const createWorker = () => {
    const worker = { postMessage() {}, terminate() {}, onmessage: null, onerror: null };
    workers.push(worker);
    return /** @type {any} */ (worker);
  };
  const getItem = (/** @type {string} */ key) => stored.get(key) ?? null;
  return new ExperimentShelf({ dataUrl: 'here/', cores: 1, createWorker }, { getItem, setItem });
}

const ends = () =>
  workers.at(-1).onmessage({ data: { index: 0, type: 'made', result: { values: { testAccuracy: 0.9 }, stops: [] } } });

beforeEach(() => {
  workers = [];
  stored = new Map();
});

test('ExperimentShelf keeps results for the page, and for the next visit', () => {
  const shelf = shelfOf();
  shelf.of(ONE).guess = 1;
  shelf.start(ONE);
  ends();
  expect(shelf.of(ONE).phase).toBe('ended');
  const later = shelfOf();
  expect(later.of(ONE)).toMatchObject({ phase: 'ended', guess: 1, right: true });
  expect(later.of(ONE).verdicts).toMatchObject([{ value: 0.9, holds: true }]);
  expect(later.of(TWO)).toMatchObject({ phase: 'asking', guess: null });
});

test('start stops the experiment that is running', () => {
  const shelf = shelfOf();
  shelf.start(ONE);
  shelf.start(TWO);
  expect([shelf.of(ONE).phase, shelf.of(TWO).phase]).toEqual(['asking', 'running']);
});

test('what is stored and damaged is ignored, and a full store loses only the next visit', () => {
  stored.set('convscope experiment one', '{"guess":0}');
  const shelf = shelfOf({
    setItem() {
      throw new Error('full');
    },
  });
  expect(shelf.of(ONE).phase).toBe('asking');
  shelf.of(ONE).guess = 0;
  shelf.start(ONE);
  ends();
  expect(shelf.of(ONE)).toMatchObject({ phase: 'ended', right: false });
});
