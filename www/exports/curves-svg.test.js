import { describe, expect, it } from 'vitest';
import { curvesSvg } from './curves-svg.js';

const style = { colour: '#123456', width: 2, points: false, line: true, ranges: true };
const plot = {
  ...{ title: 'Loss', unit: 'nats', log: false, range: /** @type {[number, number]} */ ([0, 1]) },
  ...{
    format: String,
    data: [
      [0, 100, 200],
      [1, 0.5, 0],
    ],
  },
};
const chart = { title: 'Run 1', series: [{ ...style, label: 'train' }], plots: [plot], marks: [] };

/** @param {Partial<Parameters<typeof curvesSvg>[0]>} changes */
const drawn = (changes) => String(curvesSvg({ ...chart, ...changes }));

/** Of the plot: its left edge is x = 0, its right edge 200; 0 is at its bottom, 1 at its top. */
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 812, 86, 276];

describe('curvesSvg', () => {
  it('draws the points of a line where they belong', () => {
    expect(drawn({})).toContain(`d="M${LEFT} ${TOP}L${(LEFT + RIGHT) / 2} ${(TOP + BOTTOM) / 2}L${RIGHT} ${BOTTOM}"`);
  });

  it('puts powers of ten at equal distances on a log scale', () => {
    const data = [
      [0, 100, 200],
      [1, 0.1, 0.01],
    ];
    expect(drawn({ plots: [{ ...plot, log: true, range: [0.01, 1], data }] })).toContain(
      `d="M${LEFT} ${TOP}L${(LEFT + RIGHT) / 2} ${(TOP + BOTTOM) / 2}L${RIGHT} ${BOTTOM}"`,
    );
  });

  it('has a gap where a value is not a number, and none where there is no value', () => {
    const path = (/** @type {(number | null | undefined)[]} */ row) =>
      / d="(M[^"]*)" fill="none"/.exec(drawn({ plots: [{ ...plot, data: [[0, 50, 100], row] }] }))?.[1];
    expect(path([1, null, 1])).toBe(`M${LEFT} ${TOP}M${RIGHT} ${TOP}`);
    expect(path([1, undefined, 1])).toBe(`M${LEFT} ${TOP}L${RIGHT} ${TOP}`);
  });

  it('marks where settings changed, and names a mark where there is room', () => {
    const marks = [
      { x: 100, label: 'Learning rate 0.02 → 0.005' },
      { x: 101, label: 'Momentum 0.9 → 0' },
      { x: 900, label: 'beyond' },
    ];
    const svg = drawn({ marks });
    expect(svg).toContain('<title>step 100: Learning rate 0.02 → 0.005</title>');
    expect(svg).toContain('>Learning rate 0.02 → 0.005</text>');
    expect(svg).toContain('<title>step 101: Momentum 0.9 → 0</title>');
    expect(svg).not.toContain('>Momentum 0.9 → 0</text>');
    expect(svg).not.toContain('beyond');
  });

  it('has axes before there is a point', () => {
    const svg = drawn({ plots: [{ ...plot, data: [[], []] }] });
    expect(svg).toContain('>100</text>');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('holds finite numbers only, whatever is in the data', () => {
    const data = [[5], [0.5]];
    expect(drawn({ plots: [{ ...plot, data, range: [NaN, NaN], log: true }] })).not.toMatch(/Infinity|undefined/);
    expect(drawn({ plots: [{ ...plot, data }] })).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('escapes the names of runs and marks', () => {
    const name = `<script>alert('1')</script>&"`;
    const svg = drawn({ title: name, series: [{ ...style, label: name }], marks: [{ x: 100, label: name }] });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;');
  });
});
