/**
 * From a gradient to a step: the optimizer's rule (src/optimizer.rs), line by line, with the numbers put in.
 * Every operation is rounded to 32 bits as the engine does it, so that the result is the engine's.
 */

import { number } from '../lib/format.js';

/** @typedef {import('../protocol.js').Weighing} Weighing */
/** @typedef {import('../spec.js').Optimizer} Optimizer */
/** @typedef {Extract<Optimizer, { type: 'sgd' }>} Sgd */
/** @typedef {Extract<Optimizer, { type: 'adam' | 'adamw' }>} Adam */

/** `rule` in symbols, the same with numbers, and what comes out. @typedef {{ meaning: string, rule: string, numbers: string, value: number }} Line */
/** What the optimizer remembers of a weight, and the weight. @typedef {{ value: number, first: number, second: number }} State */
/** @typedef {Pick<Weighing, 'gradient' | 'learningRate' | 'updates' | 'before'>} Given */

const f = Math.fround;
const DIGITS = 5;
/** @param {number} value */
const shown = (value) => (value < 0 ? `(${number(value, DIGITS)})` : number(value, DIGITS));

/**
 * @param {Optimizer} optimizer
 * @param {Given} given
 * @returns {{ lines: Line[], after: State }}
 */
export function updateOf(optimizer, given) {
  return optimizer.type === 'sgd' ? sgd(optimizer, given) : adam(optimizer, given);
}

/** @param {Sgd} rule @param {Given} given */
function sgd({ momentum, nesterov, weight_decay }, { gradient, learningRate, before }) {
  const [rate, μ, λ, w] = [f(learningRate), f(momentum), f(weight_decay), f(before.value)];
  const d = f(f(gradient) + f(λ * w));
  const m = f(f(μ * f(before.first)) + d);
  const step = nesterov ? f(d + f(μ * m)) : m;
  const value = f(w - f(rate * step));
  /** @type {Line[]} */
  const lines = [];
  if (λ !== 0) lines.push(decayLine(gradient, λ, w, d));
  if (μ !== 0) {
    const numbers = `${shown(μ)} · ${shown(before.first)} + ${shown(d)}`;
    lines.push({ meaning: 'momentum', rule: 'm = μ · m + d', numbers, value: m });
  }
  if (nesterov) {
    const numbers = `${shown(d)} + ${shown(μ)} · ${shown(m)}`;
    lines.push({ meaning: 'Nesterov: looks ahead', rule: 's = d + μ · m', numbers, value: step });
  }
  const symbol = nesterov ? 's' : μ !== 0 ? 'm' : λ !== 0 ? 'd' : 'gradient';
  lines.push(stepLine(`−η · ${symbol}`, `−${shown(rate)} · ${shown(step)}`, -f(rate * step)), newLine(w, value));
  return { lines, after: { value, first: m, second: before.second } };
}

/** @param {Adam} rule @param {Given} given */
function adam({ type, betas, epsilon, weight_decay }, { gradient, learningRate, updates, before }) {
  const [rate, β1, β2, ε, λ] = [f(learningRate), f(betas[0]), f(betas[1]), f(epsilon), f(weight_decay)];
  const decoupled = type === 'adamw' ? λ : 0;
  const kept = f(f(before.value) * f(1 - f(rate * decoupled)));
  const d = f(f(gradient) + f((type === 'adam' ? λ : 0) * kept));
  const m = f(f(β1 * f(before.first)) + f(f(1 - β1) * d));
  const v = f(f(β2 * f(before.second)) + f(f(f(1 - β2) * d) * d));
  const [correction1, correction2] = [1 - β1 ** updates, 1 - β2 ** updates];
  const root = f(f(Math.sqrt(v)) / f(Math.sqrt(correction2)));
  const step = f(f(f(rate / correction1) * m) / f(root + ε));
  const value = f(kept - step);
  /** @type {Line[]} */
  const lines = [];
  if (decoupled !== 0) {
    const numbers = `${shown(before.value)} · (1 − ${shown(rate)} · ${shown(λ)})`;
    lines.push({ meaning: 'weight decay shrinks the weight', rule: 'w = w · (1 − η · λ)', numbers, value: kept });
  } else if (λ !== 0) lines.push(decayLine(gradient, λ, kept, d));
  lines.push(
    meanLine('mean of the gradient', ['m', 'β₁', 'd'], [β1, before.first, d], m),
    meanLine('mean of its square', ['v', 'β₂', 'd²'], [β2, before.second, d], v),
    correctedLine(['m̂', 'm', 'β₁'], [m, β1, updates], m / correction1),
    correctedLine(['v̂', 'v', 'β₂'], [v, β2, updates], v / correction2),
    stepLine(
      ...['−η · m̂ / (√v̂ + ε)', `−${shown(rate)} · ${shown(m / correction1)} / (${shown(root)} + ${shown(ε)})`],
      ...[-step],
    ),
    newLine(kept, value),
  );
  return { lines, after: { value, first: m, second: v } };
}

/** @param {number} gradient @param {number} λ @param {number} w @param {number} d @returns {Line} */
function decayLine(gradient, λ, w, d) {
  const numbers = `${shown(gradient)} + ${shown(λ)} · ${shown(w)}`;
  return { meaning: 'weight decay pulls towards 0', rule: 'd = gradient + λ · w', numbers, value: d };
}

/** @param {string} meaning @param {[string, string, string]} names @param {[number, number, number]} numbers @param {number} value @returns {Line} */
function meanLine(meaning, [mean, β, d], [keep, before, added], value) {
  const numbers = `${shown(keep)} · ${shown(before)} + ${shown(f(1 - keep))} · ${shown(added)}${d.slice(1)}`;
  return { meaning, rule: `${mean} = ${β} · ${mean} + (1 − ${β}) · ${d}`, numbers, value };
}

/** @param {[string, string, string]} names @param {[number, number, number]} numbers @param {number} value @returns {Line} */
function correctedLine([corrected, mean, β], [now, keep, updates], value) {
  return {
    meaning: `after ${updates} ${updates === 1 ? 'update' : 'updates'}, for it began at 0`,
    rule: `${corrected} = ${mean} / (1 − ${β}ᵗ)`,
    numbers: `${shown(now)} / (1 − ${number(keep, DIGITS)}^${updates})`,
    value,
  };
}

/** @param {string} rule @param {string} numbers @param {number} value @returns {Line} */
const stepLine = (rule, numbers, value) => ({ meaning: 'the step', rule: `step = ${rule}`, numbers, value });

/** @param {number} w @param {number} value @returns {Line} */
function newLine(w, value) {
  const step = value - w;
  const numbers = `${number(w, 7)} ${step < 0 ? '−' : '+'} ${number(Math.abs(step), DIGITS)}`;
  return { meaning: 'the new weight', rule: 'w = w + step', numbers, value };
}
