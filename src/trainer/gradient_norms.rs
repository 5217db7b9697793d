use serde::Serialize;

use super::Trainer;
use crate::network::Network;

/// Steps from one reading to the next: rare enough to cost nothing measurable.
const STEPS_BETWEEN_READINGS: u64 = 20;

/// Readings that wait to be fetched, at most; those of a run that is not viewed must not fill the memory.
const MOST_READINGS: usize = 1_000;

/// How large gradients and updates are in a step: whether learning reaches the whole network.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradientNorms {
    /// Updates made, this one included.
    pub step: u64,
    /// Of each layer with weights.
    pub layers: Vec<LayerNorms>,
}

/// Euclidean norms of one layer's weights (biases left out) in a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LayerNorms {
    /// The layer.
    pub layer: usize,
    /// Of the gradient of the mean loss.
    pub gradient: f64,
    /// Of the change that the step made.
    pub update: f64,
    /// Of the weights before it.
    pub weight: f64,
}

/// Takes a reading every few steps.
#[derive(Clone, Debug, Default)]
pub(super) struct NormMeter {
    /// The weights before the step that is being read.
    before: Vec<f32>,
    readings: Vec<GradientNorms>,
}

impl NormMeter {
    /// Starts a reading before the update of step `step`, counted from 1; `None` if it is not its turn.
    pub fn begin(&mut self, step: u64, weights: &[f32]) -> Option<Reading<'_>> {
        if step % STEPS_BETWEEN_READINGS != 1 || self.readings.len() == MOST_READINGS {
            return None;
        }
        self.before.clear();
        self.before.extend_from_slice(weights);
        Some(Reading { step, meter: self })
    }

    /// Forgets the readings of later steps, which have been undone.
    pub fn forget_after(&mut self, step: u64) {
        self.readings.retain(|reading| reading.step <= step);
    }
}

/// A reading that has been started before an update.
pub(super) struct Reading<'a> {
    step: u64,
    meter: &'a mut NormMeter,
}

impl Reading<'_> {
    /// Takes the reading, after the update.
    pub fn finish(self, network: &Network, gradient: &[f32]) {
        let weights = network.parameters().iter().filter(|parameter| !parameter.is_bias());
        let layers = weights.map(|parameter| {
            let range = parameter.range();
            let before = &self.meter.before[range.clone()];
            let changes =
                network.weights()[range.clone()].iter().zip(before).map(|(after, before)| after - before);
            LayerNorms {
                layer: parameter.layer(),
                gradient: norm(gradient[range].iter().copied()),
                update: norm(changes),
                weight: norm(before.iter().copied()),
            }
        });
        let layers = layers.collect();
        self.meter.readings.push(GradientNorms { step: self.step, layers });
    }
}

impl Trainer {
    /// Starts or stops reading gradient norms.
    pub fn watch_gradient_norms(&mut self, on: bool) {
        if on != self.norms.is_some() {
            self.norms = on.then(NormMeter::default);
        }
    }

    /// The readings taken since they were fetched last.
    pub fn take_gradient_norms(&mut self) -> Vec<GradientNorms> {
        self.norms.as_mut().map(|norms| std::mem::take(&mut norms.readings)).unwrap_or_default()
    }
}

fn norm(values: impl Iterator<Item = f32>) -> f64 {
    values.map(|value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
}
