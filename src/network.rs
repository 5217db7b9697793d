//! A network built from a spec: it owns the weights and every buffer that a block of images needs.

mod build;
mod examine;
mod faults;
mod initialize;
mod look_back;
mod parameter;
mod passes;
mod stages;

pub use examine::Examination;
pub use look_back::LookBack;
pub use parameter::Parameter;

use crate::error::{Error, ErrorCode, Result};
use crate::layers::{Layer, Mode, softmax_cross_entropy};
use crate::layout::to_channels_first;
use crate::ledger::Stopwatch;
use crate::shape::Shape;
use crate::spec::{Faults, Summary};
use stages::Stage;

/// Images that are computed together. Gradients are summed block by block in a fixed order, so this
/// number is part of what makes a run repeatable: changing it changes the last bits of all weights.
pub const BLOCK: usize = 16;

/// A network: layers, weights, and the activations of the block that passed last.
#[derive(Clone, Debug)]
pub struct Network {
    layers: Vec<Layer>,
    /// The layers as they pass at full speed.
    stages: Vec<Stage>,
    summary: Summary,
    parameters: Vec<Parameter>,
    weights: Vec<f32>,
    /// The input, then what each layer puts out; a block of images each.
    activations: Vec<Vec<f32>>,
    /// Shapes of one image in `activations`, and how many channels lie interleaved there.
    shapes: Vec<Shape>,
    interleaved: Vec<usize>,
    probabilities: Vec<f32>,
    losses: Vec<f32>,
    /// The gradient on its way back: of a layer's output, and of its input.
    dout: Vec<f32>,
    dx: Vec<f32>,
    /// Before this layer there is nothing that learns, so the gradient need not go there.
    first_trained: usize,
    faults: Faults,
    /// Images of the block that passed last, if each layer kept what it put out for the weights there are.
    looked: usize,
    watch: Stopwatch,
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

    /// All weights and biases, in the network's own order.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Changes the weights and biases in place.
    pub fn update_weights(&mut self, change: impl FnOnce(&mut [f32])) {
        self.looked = 0;
        change(&mut self.weights);
        for layer in &mut self.layers {
            layer.load(&self.weights);
        }
    }

    /// Times the stages of the network.
    pub fn watch_mut(&mut self) -> &mut Stopwatch {
        &mut self.watch
    }

    /// What has been timed.
    pub fn watch(&self) -> &Stopwatch {
        &self.watch
    }

    /// Room for the next block's `images` images, `[image][row][column][channel]`, to be filled
    /// before [`Network::forward`].
    pub fn input_mut(&mut self, images: usize) -> &mut [f32] {
        let len = self.shapes[0].len();
        &mut self.activations[0][..images * len]
    }

    /// Compares the block that passed forward with its `labels`, one for each image; gives their
    /// losses.
    pub fn judge(&mut self, labels: &[u8]) -> &[f32] {
        let classes = self.classes();
        let logits = self.activations.last().expect("a network has layers").chunks_exact(classes);
        let images = logits.zip(self.probabilities.chunks_exact_mut(classes)).zip(&mut self.losses);
        for (((logits, probabilities), loss), &label) in images.zip(labels) {
            *loss = softmax_cross_entropy::forward(probabilities, logits, usize::from(label));
        }
        &self.losses[..labels.len()]
    }

    /// The losses of the images of the block that was judged last.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }

    /// The probabilities of the block that was judged last, `[image][class]`.
    pub fn probabilities(&self) -> &[f32] {
        &self.probabilities
    }

    /// What the network makes of one image, `[row][column][channel]`: the probability of each class.
    pub fn predict(&mut self, image: &[f32]) -> &[f32] {
        self.input_mut(1).copy_from_slice(image);
        self.forward(1, Mode::Inference);
        self.probabilities_of_one()
    }

    /// As [`Network::predict`], and keeps what each layer puts out, for [`Network::activation`].
    pub fn look_at(&mut self, image: &[f32]) -> &[f32] {
        self.input_mut(1).copy_from_slice(image);
        self.forward_layer_by_layer(1, Mode::Inference);
        self.probabilities_of_one()
    }

    fn probabilities_of_one(&mut self) -> &[f32] {
        let classes = self.classes();
        let logits = &self.activations.last().expect("a network has layers")[..classes];
        softmax_cross_entropy::softmax(&mut self.probabilities[..classes], logits);
        &self.probabilities[..classes]
    }

    /// The logits of the block that passed last, `[image][class]`.
    pub fn logits(&self) -> &[f32] {
        &self.activations.last().expect("a network has layers")[..self.probabilities.len()]
    }

    /// What `layer` put out for image `image` of the last block, in PyTorch's order
    /// `[channel][row][column]`. To be called after [`Network::forward_layer_by_layer`].
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such layer, or no such image in a block.
    pub fn activation(&self, layer: usize, image: usize) -> Result<Vec<f32>> {
        if image >= BLOCK {
            let message = format!("There is no image {image}: a block has {BLOCK}, counted from 0.");
            return Err(Error::new(ErrorCode::NotFound, message));
        }
        let shape = *self.shapes.get(layer + 1).ok_or_else(|| no_layer(layer, self.layers.len()))?;
        let values = &self.activations[layer + 1][image * shape.len()..][..shape.len()];
        Ok(channels_first(values, self.interleaved[layer + 1]))
    }

    /// What came into `layer` for image `image` of the last block, in PyTorch's order.
    pub fn input_of(&self, layer: usize, image: usize) -> Vec<f32> {
        let len = self.shapes[layer].len();
        channels_first(&self.activations[layer][image * len..][..len], self.interleaved[layer])
    }

    /// The shape of one image before `layer`; before a layer too many, that of the logits.
    pub fn shape(&self, layer: usize) -> Shape {
        self.shapes[layer]
    }

    /// Whether `layer` has weights.
    pub fn learns(&self, layer: usize) -> bool {
        self.layers[layer].place().is_some()
    }

    /// The first layer whose weights, or whose output for the block that passed last, hold a number
    /// that is not finite. To be called after [`Network::forward_layer_by_layer`].
    pub fn first_not_finite(&self, images: usize) -> Option<usize> {
        let broken = |values: &[f32]| values.iter().any(|value| !value.is_finite());
        (0..self.layers.len()).find(|&index| {
            let weights = self.layers[index].place().is_some_and(|place| {
                broken(&self.weights[place.weight.clone()]) || broken(&self.weights[place.bias.clone()])
            });
            weights || broken(&self.activations[index + 1][..images * self.shapes[index + 1].len()])
        })
    }
}

/// One image's values, whose `channels` lie interleaved, in PyTorch's order.
fn channels_first(values: &[f32], channels: usize) -> Vec<f32> {
    let mut out = vec![0.0; values.len()];
    to_channels_first(&mut out, values, channels);
    out
}

fn no_layer(layer: usize, layers: usize) -> Error {
    Error::new(
        ErrorCode::NotFound,
        format!("There is no layer {layer}: the network has {layers} layers, counted from 0."),
    )
}
