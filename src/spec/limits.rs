use serde::Serialize;

/// How large a network may be. A spec comes from links and files, so nothing is allocated before it
/// has been checked against these.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Limits {
    /// Layers of one network.
    pub layers: usize,
    /// Channels of the input image.
    pub input_channels: usize,
    /// Rows or columns of the input image.
    pub image_side: usize,
    /// Rows or columns of a window, and of its stride and padding.
    pub window_side: usize,
    /// Filters of a convolution.
    pub filters: usize,
    /// Units of a dense layer.
    pub units: usize,
    /// Weights and biases of the whole network: 8 MB, and a few times that with all copies.
    pub parameters: usize,
    /// Numbers that one image has after all layers together; a block of 16 images needs 32 MB.
    pub activations: usize,
    /// Multiply-adds of one image, forward.
    pub multiply_adds: usize,
    /// Images of a data set.
    pub images: usize,
    /// Images of one step.
    pub batch_size: usize,
    /// Examples that are taught at once.
    pub taught_examples: usize,
    /// Updates of one teaching.
    pub teaching_steps: usize,
    /// Losses taken along one step.
    pub loss_line_points: usize,
    /// Epochs of one run.
    pub epochs: usize,
    /// The largest whole number that JavaScript holds exactly, 2⁵³ − 1.
    pub seed: u64,
}

/// The limits of this engine.
pub const LIMITS: Limits = Limits {
    layers: 64,
    input_channels: 16,
    image_side: 128,
    window_side: 64,
    filters: 512,
    units: 4096,
    parameters: 2_000_000,
    activations: 500_000,
    multiply_adds: 200_000_000,
    images: 100_000,
    batch_size: 4096,
    taught_examples: 500,
    teaching_steps: 10_000,
    loss_line_points: 201,
    epochs: 1000,
    seed: (1 << 53) - 1,
};
