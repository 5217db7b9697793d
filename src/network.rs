//! A network built from a spec: its layers and weights. What passes through it is a [`Pass`] or a
//! [`Trace`], values of their own.

mod batch;
mod build;
mod faults;
mod initialize;
mod parameter;
mod part;
mod pass;
mod trace;

use std::sync::Arc;

pub use batch::BatchTrace;
pub use build::parameters_of;
pub use parameter::Parameter;
pub use pass::Pass;
pub use trace::{Gradients, Trace};

use crate::layers::Layer;
use crate::layout::{to_channels_first, to_channels_last};
use crate::shape::{ImageForm, Shape};
use crate::spec::{Faults, Summary};
use crate::stamp::Stamp;
use crate::timing::StageTimer;

/// Images that are computed together. Gradients are summed block by block in a fixed order, so this
/// number is part of what makes a run repeatable: changing it changes the last bits of all weights.
pub const BLOCK: usize = 16;

/// A network: layers and weights.
#[derive(Clone, Debug)]
pub struct Network {
    layers: Vec<Layer>,
    summary: Summary,
    parameters: Arc<[Parameter]>,
    weights: Vec<f32>,
    /// Marks these weights: a pass that bears it has met no others.
    stamp: Stamp,
    /// Of the input, then of each layer's output.
    formats: Arc<[Format]>,
    /// Scratch space of the backward pass: the gradient of a layer's output, and of its input.
    dout: Vec<f32>,
    dx: Vec<f32>,
    /// No layer before this one learns, so the gradient need not go there.
    first_trained: usize,
    faults: Faults,
    timer: StageTimer,
}

/// Weights, and the mark that they bear.
pub struct KeptWeights {
    weights: Vec<f32>,
    stamp: Stamp,
}

/// What one image is at a place in the network, and how many channels are interleaved there.
#[derive(Clone, Copy, Debug)]
struct Format {
    shape: Shape,
    interleaved: usize,
}

impl Format {
    /// One image's values in PyTorch's order.
    fn channels_first(&self, values: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; values.len()];
        to_channels_first(&mut out, values, self.interleaved);
        out
    }

    /// One image's values in PyTorch's order, brought into the order in memory.
    fn in_memory(&self, values: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; values.len()];
        to_channels_last(&mut out, values, self.interleaved);
        out
    }
}

impl Network {
    /// What the network is made of.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Classes that the network tells apart.
    pub fn classes(&self) -> usize {
        self.summary.classes
    }

    /// The images that it takes, and the classes that it tells apart.
    pub fn form(&self) -> ImageForm {
        let [channels, rows, columns] = self.summary.input;
        ImageForm { channels, rows, columns, classes: self.summary.classes }
    }

    /// All weights and biases, in the network's own order.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The mark of the present weights: it changes whenever they do.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Changes the weights and biases in place.
    pub fn update_weights(&mut self, change: impl FnOnce(&mut [f32])) {
        self.stamp = Stamp::fresh();
        change(&mut self.weights);
        self.load_weights();
    }

    /// A copy of the weights, for [`Network::restore_weights`].
    pub fn keep_weights(&self) -> KeptWeights {
        KeptWeights { weights: self.weights.clone(), stamp: self.stamp }
    }

    /// Restores weights of this network that were kept; passes that met them belong to it again.
    pub fn restore_weights(&mut self, KeptWeights { weights, stamp }: KeptWeights) {
        self.weights = weights;
        self.stamp = stamp;
        self.load_weights();
    }

    fn load_weights(&mut self) {
        for layer in &mut self.layers {
            layer.load(&self.weights);
        }
    }

    /// Times the stages of the network.
    pub fn timer_mut(&mut self) -> &mut StageTimer {
        &mut self.timer
    }

    /// What has been timed.
    pub fn timer(&self) -> &StageTimer {
        &self.timer
    }

    /// The shape of one image before `layer`; before a layer too many, that of the logits.
    pub fn shape(&self, layer: usize) -> Shape {
        self.formats[layer].shape
    }

    /// Whether `layer` has weights.
    pub fn learns(&self, layer: usize) -> bool {
        self.layers[layer].parameters().is_some()
    }
}
