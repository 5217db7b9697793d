//! A spec is data: the layers, the start, the settings and the seed of a run. It does nothing.
//!
//! [`validate`] is the one place where a spec meets the rules. In JSON a spec looks like this, and
//! every field but `input` and `layers` may be left out:
//!
//! ```json
//! { "input": [1, 28, 28],
//!   "layers": [{ "type": "conv2d", "filters": 8, "kernel_size": [5, 5], "stride": [1, 1], "padding": [0, 0] },
//!              { "type": "relu" },
//!              { "type": "max_pool2d", "kernel_size": [2, 2], "stride": [2, 2] },
//!              { "type": "flatten" },
//!              { "type": "dense", "units": 10 }],
//!   "initialization": { "type": "he" },
//!   "normalization": { "mean": 0.1307, "deviation": 0.3081 },
//!   "seed": 1,
//!   "training": { "batch_size": 32, "epochs": 5,
//!                 "optimizer": { "type": "sgd", "learning_rate": 0.01, "momentum": 0.9 },
//!                 "schedule": { "type": "constant" },
//!                 "augmentation": { "rotation": 10, "shift": 2, "scale": 0.1, "shear": 0.1 } } }
//! ```

mod limits;
pub(crate) mod read;
mod stages;
mod summary;
mod validate;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};

use crate::mnist::TRAINING_IMAGES;

pub use limits::Limits;
use read::tagged::tagged;
pub(crate) use stages::Joined;
pub use stages::Stage;
pub use summary::{LayerSummary, Summary};
pub use validate::validate;

/// A whole experiment: the network, how it starts, and how it is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Shape of one image: channels, height, width.
    pub input: [usize; 3],
    /// The layers, in the order in which an image passes through them.
    pub layers: Vec<LayerSpec>,
    /// How the weights start. Biases start at 0, except under [`Initialization::Constant`].
    #[serde(default)]
    pub initialization: Initialization,
    /// How pixels become numbers for the first layer.
    #[serde(default)]
    pub normalization: Normalization,
    /// What is learnt from.
    #[serde(default)]
    pub data: Data,
    /// Where all randomness starts. Kept below 2⁵³, so that JavaScript holds it exactly.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// How the network learns.
    #[serde(default)]
    pub training: Training,
}

tagged! {
    /// One layer. Sizes are `[height, width]` pairs.
    #[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum LayerSpec {
        /// A window of weights slid over all input channels, once for each filter.
        Conv2d {
            /// Number of filters, which is the number of channels that come out.
            filters: usize,
            /// Height and width of the window.
            #[serde(alias = "kernel")]
            kernel_size: [usize; 2],
            /// How far the window moves, down and to the right.
            #[serde(default = "one_by_one")]
            stride: [usize; 2],
            /// Rows and columns of zeros added on each side.
            #[serde(default)]
            padding: [usize; 2],
        },
        /// max(x, 0).
        Relu,
        /// x where it is positive, `slope` · x elsewhere.
        LeakyRelu {
            /// The factor for negative numbers.
            slope: f32,
        },
        /// The hyperbolic tangent.
        Tanh,
        /// 1 / (1 + e⁻ˣ).
        Sigmoid,
        /// The largest number in each window. Padding is never the largest.
        MaxPool2d {
            /// Height and width of the window.
            #[serde(alias = "kernel")]
            kernel_size: [usize; 2],
            /// How far the window moves, down and to the right.
            stride: [usize; 2],
            /// Rows and columns added on each side; at most half the window.
            #[serde(default)]
            padding: [usize; 2],
        },
        /// The mean of each window.
        AvgPool2d {
            /// Height and width of the window.
            #[serde(alias = "kernel")]
            kernel_size: [usize; 2],
            /// How far the window moves, down and to the right.
            stride: [usize; 2],
        },
        /// Turns `[channels, height, width]` into one row of numbers, in that order.
        Flatten,
        /// Each unit is a weighted sum of all inputs plus a bias.
        Dense {
            /// Number of sums.
            units: usize,
        },
        /// While training, silences each number with probability `rate` and scales the others up by
        /// 1 / (1 − rate); otherwise does nothing.
        Dropout {
            /// Probability from 0 (included) to 1 (excluded).
            rate: f32,
        },
    }
}

tagged! {
    /// How weights start. `fan_in` is the number of inputs of one unit, `fan_out` the number of units
    /// that one input reaches; for a convolution both count the window's positions.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Initialization {
        /// All 0.
        Zeros,
        /// All the same number, biases too.
        Constant {
            /// That number.
            value: f32,
        },
        /// Normal with mean 0.
        Normal {
            /// The standard deviation.
            deviation: f32,
        },
        /// Uniform from −`limit` to `limit`.
        Uniform {
            /// The largest absolute value.
            limit: f32,
        },
        /// Uniform with limit √(6 / (fan_in + fan_out)): Glorot and Bengio, 2010.
        Xavier,
        /// Normal with deviation √(2 / fan_in): He et al., 2015.
        He,
    }
}

/// The first layer sees (pixel / 255 − mean) / deviation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Normalization {
    /// Subtracted first.
    pub mean: f32,
    /// Divided by then.
    pub deviation: f32,
}

/// Which images are learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    /// The data set. Whoever runs the spec has to load it; the engine only keeps its name.
    pub set: DataSet,
    /// Of the images of the training split, only so many, from the first one on.
    pub training_images: usize,
    /// The share of them whose label is drawn at random, the same way in each epoch.
    pub wrong_labels: f32,
}

/// Sets of 70,000 images of 28 × 28 in ten classes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DataSet {
    /// Digits: LeCun et al., 1998.
    #[default]
    Mnist,
    /// Clothes: Xiao et al., 2017.
    Fashion,
}

/// How the network learns. All of it can be changed while training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Training {
    /// Images per step.
    pub batch_size: usize,
    /// Passes over the training images after which training stops.
    pub epochs: usize,
    /// The rule that turns gradients into steps.
    pub optimizer: Optimizer,
    /// How the learning rate moves over the run.
    pub schedule: Schedule,
    /// Random warps of the training images; all 0 by default, which means none.
    pub augmentation: Augmentation,
    /// Mistakes made on purpose; none by default.
    pub faults: Faults,
}

/// Mistakes in the backward pass that people make, to see what they look like.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// ReLU passes every gradient back, also where it had put out 0.
    pub forgotten_relu_mask: bool,
    /// The gradients of the first layer with weights have the wrong sign.
    pub wrong_sign: bool,
    /// Max pooling gives its gradient to all numbers that equal the largest, and where a map is all 0 to
    /// every one of them.
    pub gradient_to_ties: bool,
}

impl Faults {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

tagged! {
    /// An update rule, as PyTorch defines it. d is the gradient of the mean loss.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Optimizer {
        /// Gradient descent, with momentum and Nesterov's variant of it.
        Sgd {
            /// The length of a step.
            #[serde(alias = "lr")]
            learning_rate: f32,
            /// How much of the last step's direction is kept.
            #[serde(default)]
            momentum: f32,
            /// Look ahead along the momentum first.
            #[serde(default)]
            nesterov: bool,
            /// How much of each weight is added to its gradient.
            #[serde(default)]
            weight_decay: f32,
        },
        /// Kingma and Ba, 2015; weight decay is added to the gradient.
        Adam(AdamSettings),
        /// Loshchilov and Hutter, 2019; weight decay shrinks the weights directly.
        Adamw(AdamSettings),
    }
}

/// The settings that Adam and AdamW share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(deny_unknown_fields)]
pub struct AdamSettings {
    /// The length of a step.
    #[serde(alias = "lr")]
    pub learning_rate: f32,
    /// How slowly the means of the gradient and of its square forget.
    #[serde(default = "default_betas")]
    pub betas: [f32; 2],
    /// Added to the root of the mean square, so that nothing is divided by 0.
    #[serde(default = "default_epsilon", alias = "eps")]
    pub epsilon: f32,
    /// Pull of each weight towards 0.
    #[serde(default)]
    pub weight_decay: f32,
}

tagged! {
    /// How the learning rate moves. Each multiplies the optimizer's learning rate by a factor.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Schedule {
        /// Always 1.
        Constant,
        /// Times `factor` after every `epochs` epochs (PyTorch's StepLR).
        Step {
            /// Epochs between two drops.
            epochs: usize,
            /// What remains at each drop.
            factor: f32,
        },
        /// Half a cosine from 1 down to `floor` over the whole run (CosineAnnealingLR).
        Cosine {
            /// The factor at the end.
            #[serde(default)]
            floor: f32,
        },
        /// Up from 1 / 25 to 1, then down to 1 / 250,000, both along half a cosine (OneCycleLR without
        /// its momentum cycle).
        OneCycle {
            /// The share of the run that goes up.
            #[serde(default = "default_warmup")]
            warmup: f32,
        },
    }
}

/// Random warps of a training image, drawn anew each epoch, in one bilinear resampling.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
#[serde(default, deny_unknown_fields)]
pub struct Augmentation {
    /// Turns by up to this many degrees either way.
    pub rotation: f32,
    /// Moves by up to this many pixels along each axis.
    pub shift: f32,
    /// Grows or shrinks by up to this share along each axis.
    pub scale: f32,
    /// Slants by up to this many pixels sideways for each pixel down.
    pub shear: f32,
}

#[expect(clippy::derivable_impls, reason = "`tagged!` repeats the variants, and one default is enough")]
impl Default for Initialization {
    fn default() -> Self {
        Self::He
    }
}

#[expect(clippy::derivable_impls, reason = "`tagged!` repeats the variants, and one default is enough")]
impl Default for Schedule {
    fn default() -> Self {
        Self::Constant
    }
}

impl Default for Normalization {
    /// The mean and deviation of MNIST's training pixels.
    fn default() -> Self {
        Self { mean: 0.1307, deviation: 0.3081 }
    }
}

impl Default for Data {
    /// All of MNIST's training split.
    fn default() -> Self {
        Self { set: DataSet::Mnist, training_images: TRAINING_IMAGES, wrong_labels: 0.0 }
    }
}

impl Default for Training {
    fn default() -> Self {
        Self {
            batch_size: 32,
            epochs: 5,
            optimizer: Optimizer::default(),
            schedule: Schedule::default(),
            augmentation: Augmentation::default(),
            faults: Faults::default(),
        }
    }
}

impl Default for Optimizer {
    fn default() -> Self {
        Self::Sgd { learning_rate: 0.01, momentum: 0.9, nesterov: false, weight_decay: 0.0 }
    }
}

fn default_seed() -> u64 {
    1
}

fn one_by_one() -> [usize; 2] {
    [1, 1]
}

fn default_betas() -> [f32; 2] {
    [0.9, 0.999]
}

fn default_epsilon() -> f32 {
    1e-8
}

fn default_warmup() -> f32 {
    0.3
}
