//! The layers: a closed set, forward and backward side by side in one file each.
//!
//! A layer works on a block of images at once. It is handed every buffer it reads or writes, including
//! the memory of what its forward pass chose (which number was the largest, which one was dropped). It owns
//! nothing but scratch space, which it has from the start: a training step allocates nothing.

mod activation;
mod conv2d;
mod dense;
mod dropout;
mod flatten;
mod pool2d;
pub mod softmax_cross_entropy;

use std::ops::Range;

use crate::timing::StageTimer;

pub use activation::Activation;
pub use conv2d::Conv2d;
pub use dense::Dense;
pub use dropout::Dropout;
pub use flatten::Flatten;
pub use pool2d::{AvgPool2d, MaxPool2d};

/// Numbers after the last image in `x` and `dx`. They mean nothing: kernels that work on whole
/// vectors may read them, and write to them.
pub const SLACK: usize = 3;

/// What a forward pass is for.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    /// To view or to evaluate: dropout lets everything through.
    Inference,
    /// To learn.
    Training {
        /// The seed of the run.
        seed: u64,
        /// The step this block belongs to.
        step: u64,
        /// Place of the block's first image in the batch.
        first_image: usize,
    },
}

/// What a layer's forward pass reads and writes. Buffers hold `images` images, one after the other;
/// [`SLACK`] numbers follow those of `x`.
pub struct Forward<'a> {
    /// Images in this block.
    pub images: usize,
    /// The input.
    pub x: &'a [f32],
    /// The output; overwritten.
    pub out: &'a mut [f32],
    /// What the backward pass needs besides, [`Layer::memory_len`] numbers an image; overwritten.
    pub memory: &'a mut [f32],
    /// What the pass is for.
    pub mode: Mode,
}

/// What a layer's backward pass reads and writes. Gradients are those of the loss with respect to
/// the quantity they are named after. [`SLACK`] numbers follow those of `x` and `dx`.
pub struct Backward<'a> {
    /// Images in this block.
    pub images: usize,
    /// The input.
    pub x: &'a [f32],
    /// The output.
    pub out: &'a [f32],
    /// What the forward pass recorded.
    pub memory: &'a [f32],
    /// Gradient of the output.
    pub dout: &'a [f32],
    /// Gradient of the input; overwritten. `None` where it is not needed.
    pub dx: Option<&'a mut [f32]>,
    /// All weights and biases of the network.
    pub weights: &'a [f32],
    /// Gradients of all weights and biases; this layer adds to its own.
    pub gradient: &'a mut [f32],
    /// Times the work.
    pub timer: &'a mut StageTimer,
}

/// Where a layer's weights and biases are among all of the network's.
#[derive(Clone, Debug)]
pub struct ParamRange {
    /// The weights.
    pub weight: Range<usize>,
    /// The biases, one for each filter or unit.
    pub bias: Range<usize>,
}

/// One layer of a network.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A convolution.
    Conv2d(Box<Conv2d>),
    /// Weighted sums of all inputs.
    Dense(Dense),
    /// A function of each number by itself.
    Activation(Activation),
    /// The largest of each window.
    MaxPool2d(MaxPool2d),
    /// The mean of each window.
    AvgPool2d(AvgPool2d),
    /// Maps to a row.
    Flatten(Flatten),
    /// Random zeros while training.
    Dropout(Dropout),
}

impl Layer {
    /// Computes the output from the input.
    pub fn forward(&mut self, pass: Forward) {
        match self {
            Layer::Conv2d(layer) => layer.forward(pass),
            Layer::Dense(layer) => layer.forward(pass),
            Layer::Activation(layer) => layer.forward(pass),
            Layer::MaxPool2d(layer) => layer.forward(pass),
            Layer::AvgPool2d(layer) => layer.forward(pass),
            Layer::Flatten(layer) => layer.forward(pass),
            Layer::Dropout(layer) => layer.forward(pass),
        }
    }

    /// Computes the gradients of the input and of the layer's own parameters.
    pub fn backward(&mut self, pass: Backward) {
        match self {
            Layer::Conv2d(layer) => layer.backward(pass),
            Layer::Dense(layer) => layer.backward(pass),
            Layer::Activation(layer) => layer.backward(pass),
            Layer::MaxPool2d(layer) => layer.backward(pass),
            Layer::AvgPool2d(layer) => layer.backward(pass),
            Layer::Flatten(layer) => layer.backward(pass),
            Layer::Dropout(layer) => layer.backward(pass),
        }
    }

    /// Takes over changed weights. To be called after every change and before the next pass.
    pub fn load(&mut self, weights: &[f32]) {
        match self {
            Layer::Conv2d(layer) => layer.load(weights),
            Layer::Dense(layer) => layer.load(weights),
            _ => {}
        }
    }

    /// Where its parameters are, if it has any.
    pub fn parameters(&self) -> Option<&ParamRange> {
        match self {
            Layer::Conv2d(layer) => Some(&layer.parameters),
            Layer::Dense(layer) => Some(&layer.parameters),
            _ => None,
        }
    }

    /// How many numbers of an image its forward pass records for its backward pass.
    pub fn memory_len(&self) -> usize {
        match self {
            Layer::Conv2d(layer) => layer.memory_len(),
            Layer::MaxPool2d(layer) => layer.memory_len(),
            Layer::Dropout(layer) => layer.memory_len(),
            _ => 0,
        }
    }
}
