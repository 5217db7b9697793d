import { describe, expect, it } from 'vitest';
import { evaluation } from '../model/testing/record.js';
import { markup } from './markup.js';
import { reportPage } from './report.js';

const NAMES = ['cat', 'dog'];
const results = {
  ...evaluation({
    accuracy: 0.75,
    images: 8,
    classes: 2,
    step: 120,
    loss: 0.5,
    confusion: new Uint32Array([3, 1, 2, 2]),
  }),
  perClass: [
    { precision: 0.75, recall: 0.75, f1: 0.8125, support: 4 },
    { precision: null, recall: 0.25, f1: null, support: 4 },
  ],
  macro: { precision: 0.375, recall: 0.5, f1: 0.4375 },
};

/** @param {Partial<import('./report.js').ReportRun>} changes @returns {import('./report.js').ReportRun} */
const run = (changes) => ({
  ...{
    name: 'Run 1: Small',
    set: 'pets',
    classes: { names: NAMES, short: NAMES, kind: 'class' },
    step: 120,
    seconds: 75,
  },
  layers: [{ name: 'conv', settings: '3×3, 2 filters', shape: '2×26×26', parameters: 20 }],
  ...{ parameters: 1020, settings: [{ label: 'Seed', value: '1' }], changes: [], evaluations: [results] },
  ...{ mistakes: [], filters: null, link: 'https://example.org/#v=1', ...changes },
});

/** @param {Partial<import('./report.js').Report>} changes */
const page = (changes) =>
  reportPage({
    ...{
      date: '2026-01-31',
      omitted: 0,
      version: '0.1.0',
      questions: [],
      runs: [run({})],
      curves: markup`<svg></svg>`,
    },
    ...{
      receipt: { of: 'Run 1', text: 'Convscope receipt 1', link: 'https://example.org/#r', reason: '' },
      ownImages: [],
      ...changes,
    },
  });

/** The text of a page, without its tags. @param {string} html */
const words = (html) =>
  html
    .replace(/<style>[^]*<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('reportPage', () => {
  it('says which images of one’s own are needed to repeat it', () => {
    const text = words(page({ ownImages: ['“Letters” (set cccccccc)'] }));
    expect(text).toContain('you need the file of “Letters” (set cccccccc).');
    expect(text).toContain('Anyone who has the images can repeat this run');
    expect(words(page({}))).toContain('Anyone can repeat this run');
  });

  it('says what one run was, and what came out', () => {
    const text = words(page({}));
    expect(text).toContain('Lab report Run 1: Small 2026-01-31 · Convscope 0.1.0 Name:');
    expect(text).toMatch(/My conclusion $/);
    expect(text).toContain('conv 3×3, 2 filters 2×26×26 20');
    expect(text).toContain('all 1,020');
    expect(text).toContain('Seed 1 Steps made 120 Training time 1 min 15 s');
    expect(text).toContain('accuracy 75.00 %');
    expect(text).toContain('precision, class average 0.375 recall, class average 0.500 F1, class average 0.438');
    expect(text).toContain('cat 0.750 0.750 0.813 4 dog – 0.250 – 4');
    expect(text).toContain('cat dog cat 3 1 dog 2 2');
    expect(text).toContain('Convscope receipt 1');
  });

  it('puts several runs side by side and makes bold what differs', () => {
    const other = run({ name: 'Run 2', settings: [{ label: 'Seed', value: '2' }], seconds: 75 });
    expect(words(page({ omitted: 3 }))).toContain('room for 1 runs: 3 more were chosen');
    const html = page({ runs: [run({}), other] });
    expect(html).toMatch(/<tr class="differs"><th scope="row">Seed<\/th><td>1<\/td>\s*<td>2<\/td>/);
    expect(html).toContain('<tr><th scope="row">Steps made</th>');
    expect(words(html)).toContain('class Run 1: Small Run 2 cat 0.813 0.813');
    expect(words(html)).toContain('Anyone can repeat Run 1 and check');
  });

  it('compares classes only of runs of the same data set, and a split that all have', () => {
    const clothes = { names: ['hat', 'bag'], short: ['hat', 'bag'], kind: 'class' };
    const other = run({ name: 'Run 2', set: 'clothes', classes: clothes });
    const text = words(page({ runs: [run({ evaluations: [results, { ...results, split: 'test' }] }), other] }));
    expect(text).toContain('Results validation images');
    expect(text).toContain('class precision recall F1 images cat');
    expect(text).toContain('hat bag hat 3 1 bag 2 2');
  });

  it('has no table of more classes than a page has room for', () => {
    const many = {
      ...results,
      classes: 4096,
      confusion: new Uint32Array(0),
      perClass: Array(4096).fill(results.perClass[0]),
    };
    const html = page({ runs: [run({ evaluations: [many] })] });
    expect(html.length).toBeLessThan(20_000);
    expect(words(html)).not.toContain('Confusion matrix');
  });

  it('has the most frequent mistakes in place of a matrix that is too wide', () => {
    const classes = 40;
    const confusion = new Uint32Array(classes * classes);
    confusion[3 * classes + 7] = 5;
    const perClass = Array(classes).fill(results.perClass[0]);
    const long = Array.from({ length: classes }, (_, label) => `<kind ${label}>`);
    const own = { names: long, short: long, kind: 'class' };
    const html = page({ runs: [run({ classes: own, evaluations: [{ ...results, classes, confusion, perClass }] })] });
    expect(words(html)).toContain('&lt;kind 3&gt; &lt;kind 7&gt; 5');
    expect(html).not.toContain('<kind');
    expect(html).not.toContain('class="matrix');
  });

  it('says that nothing was evaluated, and why there is no receipt', () => {
    const receipt = { of: 'Run 1', text: '', link: '', reason: 'Weights were changed by hand.' };
    const text = words(page({ runs: [run({ evaluations: [], layers: [] })], receipt }));
    expect(text).toContain('The network has not been evaluated yet.');
    expect(text).toContain('Weights were changed by hand.');
    expect(text).toContain('Run 1: Small: https://example.org/#v=1');
  });

  it('shows a question with its guess, answer and findings', () => {
    const findings = [{ says: 'A is better than B.', found: 'accuracy: 90 % (A)', holds: false }];
    const question = {
      title: 'T',
      question: 'A or B?',
      ...{ guess: 'A', isRight: false, settings: [], link: '' },
      answer: 'B',
      findings,
      shows: ['So it is.'],
      figures: [],
      curves: markup`<svg>curves</svg>`,
    };
    expect(words(page({ questions: [question] }))).toContain(
      'T A or B? Guess: A (not right) Answer: B ✗ A is better than B. accuracy: 90 % (A) So it is. curves',
    );
  });

  it('is of an experiment alone, with all that was measured', () => {
    const values = (/** @type {string} */ he, /** @type {string} */ zeros) => [
      { run: 'He', value: he },
      { run: 'zeros', value: zeros },
    ];
    const figures = [
      { name: 'loss', values: values('0.1', '2.3') },
      { name: 'accuracy', values: values('97 %', '11 %') },
    ];
    const question = {
      title: 'Bad starts',
      question: 'Q?',
      ...{ guess: '', isRight: null, link: 'https://example.org/#v=1&experiment=bad' },
      settings: ['He', 'zeros'].map((run) => ({
        run,
        settings: [
          { label: 'Images', value: '55000' },
          { label: 'Start', value: run },
        ],
      })),
      answer: '',
      findings: [],
      shows: [],
      figures,
      curves: null,
    };
    const html = page({ runs: [], curves: null, questions: [question] });
    expect(html).toContain('<title>Lab report: Bad starts</title>');
    expect(words(html)).toContain('run loss accuracy He 0.1 97 % zeros 2.3 11 %');
    expect(words(html)).toContain(
      'Settings of all runs Images 55,000 What was tried run Start He He zeros zeros Run it yourself: https://example.org/',
    );
    expect(words(html).split('Bad starts')).toHaveLength(3);
    expect(words(html)).not.toContain('Network');
  });

  it('escapes every text, whoever wrote it, and makes links of web addresses only', () => {
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
    const picture = { src: `data:image/png;base64,AA"${evil}`, width: 42, words: evil };
    const html = page({
      questions: [
        {
          title: evil,
          question: evil,
          guess: evil,
          isRight: true,
          settings: [{ run: evil, settings: [{ label: evil, value: evil }] }],
          link: `javascript:alert(5)//${evil}`,
          answer: evil,
          shows: [evil],
          findings: [],
          figures: [{ name: evil, values: [{ run: evil, value: evil }] }],
          curves: null,
        },
      ],
      runs: [
        run({
          ...{ name: evil, layers: [{ name: evil, settings: evil, shape: evil, parameters: 1 }], filters: picture },
          ...{ settings: [{ label: evil, value: evil }], changes: [evil], link: `javascript:alert(3)//${evil}` },
          classes: { names: [evil, evil], short: [evil, evil], kind: evil },
          mistakes: [{ picture, actual: evil, predicted: evil, confidence: NaN }],
        }),
      ],
      receipt: { of: evil, text: '', link: `javascript:alert(4)`, reason: evil },
    });
    expect(html).not.toMatch(/<script|<img src=x|href="javascript/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/NaN|undefined|\[object/);
  });
});
