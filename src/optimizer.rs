//! From gradients to steps, by PyTorch's rules.
//!
//! With w a weight, d the gradient of the mean loss, λ the weight decay, η the learning rate and t
//! the number of this update, counted from 1:
//!
//! - SGD: d ← d + λw; with momentum μ: m ← μm + d, then d ← m, or d ← d + μm (Nesterov); w ← w − ηd
//! - Adam: d ← d + λw; m ← β₁m + (1 − β₁)d, v ← β₂v + (1 − β₂)d²;
//!   w ← w − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
//! - AdamW: w ← w − ηλw first, then as Adam without λ
//!
//! Sources: torch.optim.SGD, Adam, AdamW; Sutskever et al., 2013; Kingma and Ba, 2015; Loshchilov and
//! Hutter, 2019.

use crate::spec::{AdamSettings, Optimizer};

/// A rule and what it remembers from step to step. The two are one value: what one rule remembers means
/// nothing to another.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState {
    rule: Optimizer,
    /// m above: the momentum, or the mean of the gradient.
    first: Vec<f32>,
    /// v above: the mean of the squared gradient. Stays 0 for SGD.
    second: Vec<f32>,
    /// Updates made since the memory was empty.
    updates: u64,
}

impl OptimizerState {
    /// A rule with an empty memory for `parameters` weights and biases.
    pub fn new(rule: Optimizer, parameters: usize) -> Self {
        Self { rule, first: vec![0.0; parameters], second: vec![0.0; parameters], updates: 0 }
    }

    /// A rule with a memory from elsewhere. A memory that this rule cannot have produced is cleared.
    pub fn restore(rule: Optimizer, first: Vec<f32>, second: Vec<f32>, updates: u64) -> Self {
        let mut state = Self { rule, first, second, updates };
        if !state.is_possible() {
            state.clear();
        }
        state
    }

    /// The rule.
    pub fn rule(&self) -> &Optimizer {
        &self.rule
    }

    /// m and v of all parameters.
    pub fn memory(&self) -> [&[f32]; 2] {
        [&self.first, &self.second]
    }

    /// Updates made since the memory was empty.
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// Changes the rule. A memory of another kind of rule is cleared.
    pub fn set_rule(&mut self, rule: Optimizer) {
        if !self.rule.remembers_like(&rule) {
            self.clear();
        }
        self.rule = rule;
    }

    /// The same for the number at `place` alone: a rule treats each number by itself.
    pub fn of_one(&self, place: usize) -> Self {
        Self { first: vec![self.first[place]], second: vec![self.second[place]], ..*self }
    }

    /// SGD has no v. Of Adam, v is a mean of squares, and no less than the share that came from any one
    /// gradient in m: where m is anything that a square does not round to 0, v is not 0.
    fn is_possible(&self) -> bool {
        const SQUARE_ROUNDS_TO_0: f32 = 1e-18;
        match self.rule {
            Optimizer::Sgd { .. } => self.second.iter().all(|&v| v == 0.0),
            Optimizer::Adam(_) | Optimizer::Adamw(_) => {
                let mut pairs = self.first.iter().zip(&self.second);
                if self.updates == 0 {
                    return pairs.all(|(&m, &v)| m == 0.0 && v == 0.0);
                }
                pairs.all(|(m, &v)| v > 0.0 || v == 0.0 && m.abs() < SQUARE_ROUNDS_TO_0)
            }
        }
    }

    fn clear(&mut self) {
        self.first.fill(0.0);
        self.second.fill(0.0);
        self.updates = 0;
    }

    /// Takes one step: changes `weights` against `gradient`. The schedule's `factor` scales the
    /// learning rate.
    pub fn update(&mut self, factor: f32, weights: &mut [f32], gradient: &[f32]) {
        self.updates += 1;
        match self.rule {
            Optimizer::Sgd { learning_rate, momentum, nesterov, weight_decay } => {
                let learning_rate = learning_rate * factor;
                for ((w, &d), m) in weights.iter_mut().zip(gradient).zip(&mut self.first) {
                    let d = d + weight_decay * *w;
                    *m = momentum * *m + d;
                    let step = if nesterov { d + momentum * *m } else { *m };
                    *w -= learning_rate * step;
                }
            }
            Optimizer::Adam(settings) => {
                self.adam(&settings, factor, settings.weight_decay, 0.0, weights, gradient)
            }
            Optimizer::Adamw(settings) => {
                self.adam(&settings, factor, 0.0, settings.weight_decay, weights, gradient)
            }
        }
    }

    /// `coupled` decay is added to the gradient (Adam), `decoupled` decay shrinks the weights (AdamW).
    fn adam(
        &mut self,
        settings: &AdamSettings,
        factor: f32,
        coupled: f32,
        decoupled: f32,
        weights: &mut [f32],
        gradient: &[f32],
    ) {
        let AdamSettings { learning_rate, betas: [beta1, beta2], epsilon, .. } = *settings;
        let learning_rate = learning_rate * factor;
        let correction = |beta: f32| 1.0 - libm::pow(f64::from(beta), self.updates as f64);
        let step_size = (f64::from(learning_rate) / correction(beta1)) as f32;
        let root_correction = correction(beta2).sqrt() as f32;
        let keep = 1.0 - learning_rate * decoupled;
        let memory = self.first.iter_mut().zip(&mut self.second);
        for ((w, &d), (m, v)) in weights.iter_mut().zip(gradient).zip(memory) {
            *w *= keep;
            let d = d + coupled * *w;
            *m = beta1 * *m + (1.0 - beta1) * d;
            *v = beta2 * *v + (1.0 - beta2) * d * d;
            *w -= step_size * *m / (v.sqrt() / root_correction + epsilon);
        }
    }
}

impl Optimizer {
    /// The length of a step before the schedule changes it.
    pub fn learning_rate(&self) -> f32 {
        match *self {
            Optimizer::Sgd { learning_rate, .. } => learning_rate,
            Optimizer::Adam(AdamSettings { learning_rate, .. })
            | Optimizer::Adamw(AdamSettings { learning_rate, .. }) => learning_rate,
        }
    }

    /// Whether both remember the same things, so that one can continue where the other stopped.
    fn remembers_like(&self, other: &Optimizer) -> bool {
        matches!(self, Optimizer::Sgd { .. }) == matches!(other, Optimizer::Sgd { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One weight that starts at 1, after updates with the gradients 0.5, −0.25 and 0.5.
    fn after_three_updates(rule: Optimizer) -> f32 {
        let (mut state, mut weight) = (OptimizerState::new(rule, 1), [1.0]);
        for gradient in [0.5, -0.25, 0.5] {
            state.update(1.0, &mut weight, &[gradient]);
        }
        weight[0]
    }

    fn adam(weight_decay: f32) -> AdamSettings {
        AdamSettings { learning_rate: 0.1, betas: [0.8, 0.9], epsilon: 1e-8, weight_decay }
    }

    fn assert_close(actual: f32, expected: f64) {
        assert!((f64::from(actual) - expected).abs() < 1e-6, "{actual} instead of {expected}");
    }

    /// torch.optim.SGD, worked out by hand: d = gradient + 0.1 · w, and so on.
    #[test]
    fn sgd_adds_weight_decay_to_the_gradient_and_nesterov_looks_ahead() {
        let sgd = |momentum, nesterov, weight_decay| {
            after_three_updates(Optimizer::Sgd { learning_rate: 0.1, momentum, nesterov, weight_decay })
        };
        assert_close(sgd(0.0, false, 0.0), 1.0 - 0.1 * 0.75);
        let mut w = 1.0;
        for d in [0.5, -0.25, 0.5] {
            w -= 0.1 * (d + 0.1 * w);
        }
        assert_close(sgd(0.0, false, 0.1), w);
        // m = 0.5, 0.2, 0.68
        assert_close(sgd(0.9, false, 0.0), 1.0 - 0.1 * (0.5 + 0.2 + 0.68));
        assert_close(sgd(0.9, true, 0.0), 1.0 - 0.1 * (0.95 - 0.07 + 1.112));
    }

    #[test]
    fn adam_adds_weight_decay_to_the_gradient_and_adamw_shrinks_the_weight() {
        let expected = |coupled: f64, decoupled: f64| {
            let (mut w, mut m, mut v) = (1.0, 0.0, 0.0);
            for (t, gradient) in [0.5, -0.25, 0.5f64].into_iter().enumerate() {
                w *= 1.0 - 0.1 * decoupled;
                let d = gradient + coupled * w;
                m = 0.8 * m + 0.2 * d;
                v = 0.9 * v + 0.1 * d * d;
                let t = t as i32 + 1;
                w -= 0.1 * (m / (1.0 - 0.8f64.powi(t))) / ((v / (1.0 - 0.9f64.powi(t))).sqrt() + 1e-8);
            }
            w
        };
        assert_close(after_three_updates(Optimizer::Adam(adam(0.0))), expected(0.0, 0.0));
        assert_close(after_three_updates(Optimizer::Adam(adam(0.3))), expected(0.3, 0.0));
        assert_close(after_three_updates(Optimizer::Adamw(adam(0.3))), expected(0.0, 0.3));
    }

    #[test]
    fn set_rule_keeps_the_memory_of_the_same_kind_of_rule_and_clears_any_other() {
        let mut state = OptimizerState::new(Optimizer::Adam(adam(0.0)), 1);
        state.update(1.0, &mut [1.0], &[0.5]);
        let before = state.clone();
        state.set_rule(Optimizer::Adamw(adam(0.1)));
        assert_eq!(state.memory(), before.memory());
        state.set_rule(Optimizer::default());
        assert_eq!(state, OptimizerState::new(Optimizer::default(), 1));
    }

    #[test]
    fn restore_clears_a_memory_that_the_rule_cannot_have() {
        let sgd = Optimizer::default();
        let adam = Optimizer::Adam(adam(0.0));
        for (rule, m, v, updates, kept) in [
            (sgd, 0.5, 0.0, 3, true),
            (sgd, 0.5, 0.1, 3, false),
            (adam, 0.5, 0.1, 3, true),
            (adam, 0.5, 0.0, 3, false),
            (adam, 0.0, 0.0, 3, true),
            (adam, 1e-30, 0.0, 3, true),
            (adam, 0.5, -0.1, 3, false),
            (adam, 0.5, 0.1, 0, false),
        ] {
            let state = OptimizerState::restore(rule, vec![m], vec![v], updates);
            assert_eq!(state.memory() == [[m], [v]] && state.updates() == updates, kept, "{rule:?} {m} {v}");
            assert!(kept || state == OptimizerState::new(rule, 1));
        }
    }
}
