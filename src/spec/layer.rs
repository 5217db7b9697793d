use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Deserializer, Serialize};

use super::read::{Variant, read_tagged};

/// One layer. Sizes are `[height, width]` pairs.
#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LayerSpec {
    /// A window of weights slid over all input channels, once for each filter.
    Conv2d {
        /// Number of filters, which is the number of output channels.
        filters: usize,
        /// Height and width of the window.
        kernel_size: [usize; 2],
        /// How far the window moves, down and to the right.
        stride: [usize; 2],
        /// Rows and columns of zeros added on each side.
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
        kernel_size: [usize; 2],
        /// How far the window moves, down and to the right.
        stride: [usize; 2],
        /// Rows and columns added on each side; at most half the window.
        padding: [usize; 2],
    },
    /// The mean of each window.
    AvgPool2d {
        /// Height and width of the window.
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
    /// x · Φ(x), with Φ(x) the share of a standard normal distribution below x.
    Gelu,
}

impl LayerSpec {
    /// The layer's `type` as it is written in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            LayerSpec::Conv2d { .. } => "conv2d",
            LayerSpec::Relu => "relu",
            LayerSpec::LeakyRelu { .. } => "leaky_relu",
            LayerSpec::Tanh => "tanh",
            LayerSpec::Sigmoid => "sigmoid",
            LayerSpec::MaxPool2d { .. } => "max_pool2d",
            LayerSpec::AvgPool2d { .. } => "avg_pool2d",
            LayerSpec::Flatten => "flatten",
            LayerSpec::Dense { .. } => "dense",
            LayerSpec::Dropout { .. } => "dropout",
            LayerSpec::Gelu => "gelu",
        }
    }
}

/// How weights start. `fan_in` is the number of inputs of one unit, `fan_out` the number of units
/// that one input reaches; for a convolution both count the window's positions.
#[derive(Default, Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
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
    #[default]
    He,
}

impl<'de> Deserialize<'de> for LayerSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_tagged(deserializer, LAYERS)
    }
}

const LAYERS: &[Variant<LayerSpec>] = &[
    ("conv2d", &["filters", "kernel_size", "stride", "padding"], |fields| {
        Ok(LayerSpec::Conv2d {
            filters: fields.read("filters")?,
            kernel_size: fields.read("kernel_size")?,
            stride: fields.read_or("stride", [1, 1])?,
            padding: fields.read_or("padding", [0, 0])?,
        })
    }),
    ("relu", &[], |_| Ok(LayerSpec::Relu)),
    ("leaky_relu", &["slope"], |fields| Ok(LayerSpec::LeakyRelu { slope: fields.read("slope")? })),
    ("tanh", &[], |_| Ok(LayerSpec::Tanh)),
    ("sigmoid", &[], |_| Ok(LayerSpec::Sigmoid)),
    ("max_pool2d", &["kernel_size", "stride", "padding"], |fields| {
        Ok(LayerSpec::MaxPool2d {
            kernel_size: fields.read("kernel_size")?,
            stride: fields.read("stride")?,
            padding: fields.read_or("padding", [0, 0])?,
        })
    }),
    ("avg_pool2d", &["kernel_size", "stride"], |fields| {
        Ok(LayerSpec::AvgPool2d { kernel_size: fields.read("kernel_size")?, stride: fields.read("stride")? })
    }),
    ("flatten", &[], |_| Ok(LayerSpec::Flatten)),
    ("dense", &["units"], |fields| Ok(LayerSpec::Dense { units: fields.read("units")? })),
    ("dropout", &["rate"], |fields| Ok(LayerSpec::Dropout { rate: fields.read("rate")? })),
    ("gelu", &[], |_| Ok(LayerSpec::Gelu)),
];

impl<'de> Deserialize<'de> for Initialization {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_tagged(deserializer, INITIALIZATIONS)
    }
}

const INITIALIZATIONS: &[Variant<Initialization>] = &[
    ("zeros", &[], |_| Ok(Initialization::Zeros)),
    ("constant", &["value"], |fields| Ok(Initialization::Constant { value: fields.read("value")? })),
    ("normal", &["deviation"], |fields| Ok(Initialization::Normal { deviation: fields.read("deviation")? })),
    ("uniform", &["limit"], |fields| Ok(Initialization::Uniform { limit: fields.read("limit")? })),
    ("xavier", &[], |_| Ok(Initialization::Xavier)),
    ("he", &[], |_| Ok(Initialization::He)),
];
