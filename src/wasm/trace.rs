use wasm_bindgen::prelude::*;

use crate::error::Result;
use crate::network;

/// A forward pass: it keeps all that its backward pass needs, and nothing later changes it.
#[wasm_bindgen]
pub struct Trace {
    pub(super) trace: network::Trace,
    pub(super) labels: Vec<u8>,
}

#[wasm_bindgen]
impl Trace {
    /// How many images there are.
    pub fn images(&self) -> usize {
        self.trace.images()
    }

    /// The labels of test images; none of other images.
    pub fn labels(&self) -> Vec<u8> {
        self.labels.clone()
    }

    /// The output of a layer for an image, `[channel][row][column]`.
    pub fn activation(&self, layer: usize, image: usize) -> Result<Vec<f32>> {
        self.trace.activation(layer, image)
    }

    /// The logits of all images, `[image][class]`.
    pub fn logits(&self) -> Vec<f32> {
        self.trace.logits().to_vec()
    }

    /// The probabilities of all images, `[image][class]`.
    pub fn probabilities(&self) -> Vec<f32> {
        self.trace.probabilities().to_vec()
    }
}

/// The gradients of the mean loss of the images of a trace, or of a difference of their scores.
#[wasm_bindgen]
pub struct Gradients(pub(super) network::Gradients);

#[wasm_bindgen]
impl Gradients {
    /// The mean loss, or that difference.
    pub fn loss(&self) -> f32 {
        self.0.loss
    }

    /// With respect to the images (0), or to the layers' outputs (from 1 on),
    /// `[image][channel][row][column]`.
    pub fn at(&self, place: usize) -> Result<Vec<f32>> {
        self.0.at(place).map(<[f32]>::to_vec)
    }

    /// With respect to the parameter of this name, in PyTorch's layout.
    pub fn parameter(&self, name: &str) -> Result<Vec<f32>> {
        self.0.parameter(name)
    }
}
