//! A network built from a spec: it owns the weights and every buffer that a block of images needs.

mod build;
mod examine;
mod initialize;
mod parameter;

pub use examine::Examination;
pub use parameter::Parameter;

use crate::error::{Error, ErrorCode, Result};
use crate::layers::{Backward, Forward, Layer, Mode, softmax_cross_entropy};
use crate::layout::to_channels_first;
use crate::shape::Shape;
use crate::spec::Summary;

/// Images that are computed together. Gradients are summed block by block in a fixed order, so this
/// number is part of what makes a run repeatable: changing it changes the last bits of all weights.
pub const BLOCK: usize = 16;

/// A network: layers, weights, and the activations of the block that passed last.
#[derive(Clone, Debug)]
pub struct Network {
    layers: Vec<Layer>,
    summary: Summary,
    parameters: Vec<Parameter>,
    weights: Vec<f32>,
    /// The input, then what each layer puts out; a block of images each.
    activations: Vec<Vec<f32>>,
    /// Shapes of one image in `activations`.
    shapes: Vec<Shape>,
    probabilities: Vec<f32>,
    losses: Vec<f32>,
    /// The gradient on its way back: of a layer's output, and of its input.
    dout: Vec<f32>,
    dx: Vec<f32>,
    /// Before this layer there is nothing that learns, so the gradient need not go there.
    first_trained: usize,
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
        change(&mut self.weights);
        for layer in &mut self.layers {
            layer.load(&self.weights);
        }
    }

    /// Room for the next block's `images` images, `[image][row][column][channel]`, to be filled
    /// before [`Network::forward`].
    pub fn input_mut(&mut self, images: usize) -> &mut [f32] {
        let len = self.shapes[0].len();
        &mut self.activations[0][..images * len]
    }

    /// Passes a block of `images` images through all layers.
    pub fn forward(&mut self, images: usize, mode: Mode) {
        for (index, layer) in self.layers.iter_mut().enumerate() {
            let (before, after) = self.activations.split_at_mut(index + 1);
            layer.forward(Forward {
                images,
                x: &before[index][..images * self.shapes[index].len()],
                out: &mut after[0][..images * self.shapes[index + 1].len()],
                mode,
            });
        }
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

    /// Passes the gradient of `scale` · (sum of losses) of the block that was judged last back
    /// through all layers that learn, and adds those of weights and biases to `gradient`, which lies
    /// like [`Network::weights`].
    pub fn backward(&mut self, labels: &[u8], scale: f32, gradient: &mut [f32]) {
        self.propagate(labels, scale, gradient, None);
    }

    /// The backward pass. It ends at the first layer that learns, unless somebody wants to `see` the
    /// gradients: then it goes on to the images and shows each layer's index with the gradient of
    /// what went out of it, and at last `None` with the gradient of the images.
    fn propagate(&mut self, labels: &[u8], scale: f32, gradient: &mut [f32], mut see: Option<See>) {
        let (classes, images) = (self.classes(), labels.len());
        let dlogits = self.dout.chunks_exact_mut(classes).zip(self.probabilities.chunks_exact(classes));
        for ((dlogits, probabilities), &label) in dlogits.zip(labels) {
            softmax_cross_entropy::backward(dlogits, probabilities, usize::from(label), scale);
        }
        let first = if see.is_some() { 0 } else { self.first_trained };
        for index in (first..self.layers.len()).rev() {
            let (len_in, len_out) =
                (images * self.shapes[index].len(), images * self.shapes[index + 1].len());
            if let Some(see) = &mut see {
                see(Some(index), &self.dout[..len_out]);
            }
            let dx_wanted = index > first || see.is_some();
            self.layers[index].backward(Backward {
                images,
                x: &self.activations[index][..len_in],
                out: &self.activations[index + 1][..len_out],
                dout: &self.dout[..len_out],
                dx: dx_wanted.then_some(&mut self.dx[..len_in]),
                weights: &self.weights,
                gradient,
            });
            std::mem::swap(&mut self.dout, &mut self.dx);
        }
        if let Some(see) = see {
            see(None, &self.dout[..images * self.shapes[0].len()]);
        }
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
        let classes = self.classes();
        let logits = &self.activations.last().expect("a network has layers")[..classes];
        softmax_cross_entropy::softmax(&mut self.probabilities[..classes], logits);
        &self.probabilities[..classes]
    }

    /// The logits of the block that passed last, `[image][class]`.
    pub fn logits(&self) -> &[f32] {
        self.activations.last().expect("a network has layers")
    }

    /// What `layer` put out for image `image` of the last block, in PyTorch's order
    /// `[channel][row][column]`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such layer.
    pub fn activation(&self, layer: usize, image: usize) -> Result<Vec<f32>> {
        let shape = *self.shapes.get(layer + 1).ok_or_else(|| no_layer(layer, self.layers.len()))?;
        let values = &self.activations[layer + 1][image * shape.len()..][..shape.len()];
        Ok(channels_first(values, shape))
    }

    /// The first layer whose weights, or whose output for the block that passed last, hold a number
    /// that is not finite.
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

/// Somebody who looks at gradients on their way back: a layer's index, and the gradient of what went
/// out of it.
type See<'a> = &'a mut dyn FnMut(Option<usize>, &[f32]);

/// One image's values at `shape` in PyTorch's order.
fn channels_first(values: &[f32], shape: Shape) -> Vec<f32> {
    let Shape::Maps { channels, .. } = shape else { return values.to_vec() };
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
