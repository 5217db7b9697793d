use serde::Serialize;

use super::Stage;
use crate::shape::Shape;

/// The sizes that a valid spec has, before anything is built.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Shape of one image: channels, height, width.
    pub input: [usize; 3],
    /// One entry per layer.
    pub layers: Vec<LayerSummary>,
    /// The layers that pass as one, all layers in order.
    pub stages: Vec<Stage>,
    /// How many classes the last layer tells apart.
    pub classes: usize,
    /// Weights and biases of all layers.
    pub parameters: usize,
    /// Multiplications followed by an addition that one image needs, forward.
    pub multiply_adds: usize,
}

/// The sizes of one layer of a valid spec.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LayerSummary {
    /// The layer's `type` in the spec.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Shape of the output: `[channels, height, width]` or `[units]`.
    pub shape: Vec<usize>,
    /// Weights and biases.
    pub parameters: usize,
    /// Multiply-adds of one image, forward.
    pub multiply_adds: usize,
    #[serde(skip)]
    pub(crate) output: Shape,
}
