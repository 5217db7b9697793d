/// How large a network may be. A spec comes from links and files, so nothing is allocated before it
/// has been checked against these.
pub struct Limits;

impl Limits {
    /// Layers of one network.
    pub const LAYERS: usize = 64;
    /// Channels of the input image.
    pub const INPUT_CHANNELS: usize = 16;
    /// Rows or columns of the input image.
    pub const IMAGE_SIDE: usize = 128;
    /// Rows or columns of a window, and of its stride and padding.
    pub const WINDOW_SIDE: usize = 64;
    /// Filters of a convolution.
    pub const FILTERS: usize = 512;
    /// Units of a dense layer.
    pub const UNITS: usize = 4096;
    /// Weights and biases of the whole network: 8 MB, and a few times that with all copies.
    pub const PARAMETERS: usize = 2_000_000;
    /// Numbers that one image has after all layers together; a block of 16 images needs 32 MB.
    pub const ACTIVATIONS: usize = 500_000;
    /// Multiply-adds of one image, forward.
    pub const MULTIPLY_ADDS: usize = 200_000_000;
    /// Images of one step.
    pub const BATCH_SIZE: usize = 4096;
    /// Losses taken along one step.
    pub const LOSS_LINE_POINTS: usize = 201;
    /// Epochs of one run.
    pub const EPOCHS: usize = 1000;
    /// The largest whole number that JavaScript holds exactly, 2⁵³ − 1.
    pub const SEED: u64 = (1 << 53) - 1;
}
