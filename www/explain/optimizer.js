/**
 * From a gradient to a step: the optimizer's rule (src/optimizer.rs), line by line, with the numbers put in.
 * Every operation is rounded to 32 bits as the engine does it, so that the result is the engine's.
 */

import { factor, plain, printed } from './arithmetic.js';

/** @typedef {import('./arithmetic.js').Printed} Printed */
/** @typedef {import('./arithmetic.js').Sum} Sum */
/** @typedef {import('../model/reports.js').WeightStep} WeightStep */
/** @typedef {import('../model/spec.js').Optimizer} Optimizer */
/** @typedef {Extract<Optimizer, { type: 'sgd' }>} Sgd */
/** @typedef {Extract<Optimizer, { type: 'adam' | 'adamw' }>} Adam */

/** `rule` in symbols, and the same with numbers. @typedef {{ meaning: string, rule: string, value: number } & Printed} Line */
/** What the optimizer remembers of a weight, and the weight. @typedef {{ value: number, first: number, second: number }} State */
/** @typedef {Pick<WeightStep, 'gradient' | 'learningRate' | 'updates' | 'before'>} Given */

const f = Math.fround;
/** A step changes only the last digits of a weight. */
const WEIGHT_DIGITS = 7;

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
  const pull = nesterov ? f(d + f(μ * m)) : m;
  const step = -f(rate * pull);
  const value = f(w + step);
  /** @type {Line[]} */
  const lines = [];
  if (λ !== 0) lines.push(decayLine(gradient, λ, w, d));
  if (μ !== 0) lines.push(momentumLine(μ, before.first, d, m));
  if (nesterov) lines.push(aheadLine(d, μ, m, pull));
  const symbol = nesterov ? 's' : μ !== 0 ? 'm' : λ !== 0 ? 'd' : 'gradient';
  const made = lineOf('the step', `step = −η · ${symbol}`, step, {
    of: [rate, pull],
    write: (η, pull) => `−${factor(η)} · ${factor(pull)}`,
    compute: (η, pull) => -η * pull,
  });
  lines.push(made, newLine(w, made, value));
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
  const step = -f(f(f(rate / correction1) * m) / f(root + ε));
  const value = f(kept + step);
  /** @type {Line[]} */
  const lines = [];
  if (decoupled !== 0) lines.push(shrinkLine(before.value, rate, λ, kept));
  else if (λ !== 0) lines.push(decayLine(gradient, λ, kept, d));
  const made = lineOf('the step', 'step = −η · m̂ / (√v̂ + ε)', step, {
    of: [rate, m / correction1, root, ε],
    write: (η, m, root, ε) => `−${factor(η)} · ${factor(m)} / (${factor(root)} + ${factor(ε)})`,
    compute: (η, m, root, ε) => (-η * m) / (root + ε),
  });
  lines.push(
    meanLine('mean of the gradient', ['m', 'β₁', 'd'], [β1, before.first, d], m),
    meanLine('mean of its square', ['v', 'β₂', 'd²'], [β2, before.second, d], v),
    correctedLine(['m̂', 'm', 'β₁'], [m, β1, updates], m / correction1),
    correctedLine(['v̂', 'v', 'β₂'], [v, β2, updates], v / correction2),
    ...[made, newLine(kept, made, value)],
  );
  return { lines, after: { value, first: m, second: v } };
}

/** @param {number} gradient @param {number} λ @param {number} w @param {number} d */
function decayLine(gradient, λ, w, d) {
  return lineOf('weight decay pulls towards 0', 'd = gradient + λ · w', d, {
    of: [gradient, λ, w],
    write: (gradient, λ, w) => `${factor(gradient)} + ${factor(λ)} · ${factor(w)}`,
    compute: (gradient, λ, w) => gradient + λ * w,
  });
}

/** @param {number} μ @param {number} before @param {number} d @param {number} m */
function momentumLine(μ, before, d, m) {
  return lineOf('momentum', 'm = μ · m + d', m, {
    of: [μ, before, d],
    write: (μ, before, d) => `${factor(μ)} · ${factor(before)} + ${factor(d)}`,
    compute: (μ, before, d) => μ * before + d,
  });
}

/** @param {number} d @param {number} μ @param {number} m @param {number} ahead */
function aheadLine(d, μ, m, ahead) {
  return lineOf('Nesterov: looks ahead', 's = d + μ · m', ahead, {
    of: [d, μ, m],
    write: (d, μ, m) => `${factor(d)} + ${factor(μ)} · ${factor(m)}`,
    compute: (d, μ, m) => d + μ * m,
  });
}

/** @param {number} w @param {number} η @param {number} λ @param {number} kept */
function shrinkLine(w, η, λ, kept) {
  return lineOf('weight decay shrinks the weight', 'w = w · (1 − η · λ)', kept, {
    of: [w, η, λ],
    write: (w, η, λ) => `${factor(w)} · (1 − ${factor(η)} · ${factor(λ)})`,
    compute: (w, η, λ) => w * (1 - η * λ),
    digits: WEIGHT_DIGITS,
  });
}

/** @param {string} meaning @param {[string, string, string]} names @param {[number, number, number]} of @param {number} value */
function meanLine(meaning, [mean, β, d], of, value) {
  const [power, sign] = d.endsWith('²') ? [2, '²'] : [1, ''];
  return lineOf(meaning, `${mean} = ${β} · ${mean} + (1 − ${β}) · ${d}`, value, {
    of,
    write: (β, mean, d) => `${factor(β)} · ${factor(mean)} + ${factor(rest(β))} · ${factor(d)}${sign}`,
    compute: (β, mean, d) => β * mean + rest(β) * d ** power,
  });
}

/** @param {[string, string, string]} names @param {[number, number, number]} numbers @param {number} value */
function correctedLine([corrected, mean, β], [now, keep, updates], value) {
  const meaning = `corrected for its start at 0, after ${updates} ${updates === 1 ? 'update' : 'updates'}`;
  return lineOf(meaning, `${corrected} = ${mean} / (1 − ${β}ᵗ)`, value, {
    of: [now, keep],
    write: (mean, β) => `${factor(mean)} / (1 − ${factor(β)}^${updates})`,
    compute: (mean, β) => mean / (1 - β ** updates),
  });
}

/** The step is the number that was printed for it. @param {number} w @param {Line} step @param {number} value */
function newLine(w, { rounded }, value) {
  return lineOf('the new weight', 'w = w + step', value, {
    of: [w, rounded],
    write: (w, step) => `${plain(w)} ${step < 0 ? '−' : '+'} ${plain(Math.abs(step))}`,
    compute: (w, step) => w + step,
    digits: WEIGHT_DIGITS,
  });
}

/** @param {string} meaning @param {string} rule @param {number} value @param {Sum} sum @returns {Line} */
const lineOf = (meaning, rule, value, sum) => ({ meaning, rule, value, ...printed(value, sum) });

/** 1 − 0.999, without the dust of binary numbers. @param {number} share */
const rest = (share) => Number((1 - share).toPrecision(7));
