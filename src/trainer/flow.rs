use super::Trainer;
use crate::network::Network;

/// Steps from one reading to the next: rare enough to cost nothing that could be seen.
const STEPS_BETWEEN_READINGS: u64 = 20;

/// Readings that wait to be fetched, at most; a run that nobody listens to must not fill the memory.
const MOST_READINGS: usize = 1_000;

/// How large gradients and updates are in a step: whether learning flows through the whole network.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowReading {
    /// Updates made, this one included.
    pub step: u64,
    /// Of each layer with weights.
    pub layers: Vec<Flow>,
}

/// Euclidean norms of one layer's weights (biases left out) in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
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
pub(super) struct FlowMeter {
    /// The weights before the step that is being read.
    before: Vec<f32>,
    readings: Vec<FlowReading>,
}

impl FlowMeter {
    /// To be called before the update of step `step`, counted from 1; `None` if it is not read.
    pub fn begin(&mut self, step: u64, weights: &[f32]) -> Option<&mut Self> {
        if step % STEPS_BETWEEN_READINGS != 1 || self.readings.len() == MOST_READINGS {
            return None;
        }
        self.before.clear();
        self.before.extend_from_slice(weights);
        Some(self)
    }

    /// To be called after it.
    pub fn finish(&mut self, step: u64, network: &Network, gradient: &[f32]) {
        let weights = network.parameters().iter().filter(|parameter| !parameter.is_bias());
        let layers = weights.map(|parameter| {
            let range = parameter.range();
            let before = &self.before[range.clone()];
            let changes =
                network.weights()[range.clone()].iter().zip(before).map(|(after, before)| after - before);
            Flow {
                layer: parameter.layer(),
                gradient: norm(gradient[range].iter().copied()),
                update: norm(changes),
                weight: norm(before.iter().copied()),
            }
        });
        self.readings.push(FlowReading { step, layers: layers.collect() });
    }
}

impl Trainer {
    /// Takes readings of the flow of gradients from now on, or no more.
    pub fn watch_flow(&mut self, on: bool) {
        if on != self.flow.is_some() {
            self.flow = on.then(FlowMeter::default);
        }
    }

    /// The readings taken since they were fetched last.
    pub fn take_flow(&mut self) -> Vec<FlowReading> {
        self.flow.as_mut().map(|flow| std::mem::take(&mut flow.readings)).unwrap_or_default()
    }
}

fn norm(values: impl Iterator<Item = f32>) -> f64 {
    values.map(|value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
}
