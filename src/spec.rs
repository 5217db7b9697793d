//! A spec is data: the layers, the start, the settings and the seed of a run. It does nothing.
//!
//! [`validate`] is the one place where a spec is checked. In JSON a spec looks like this, and
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

mod data_set;
mod layer;
mod limits;
pub mod read;
mod stages;
mod summary;
mod training;
mod validate;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};

use crate::mnist::TRAINING_IMAGES;

pub use data_set::DataSet;
pub use layer::{Initialization, LayerSpec};
pub use limits::{LIMITS, Limits};
pub(crate) use stages::Joined;
pub use stages::Stage;
pub use summary::{LayerSummary, Summary};
pub use training::{AdamSettings, Augmentation, Faults, Optimizer, Schedule, Training};
pub(crate) use validate::check_augmentation;
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
    /// The images to learn from.
    #[serde(default)]
    pub data: Data,
    /// Where all randomness starts. Kept below 2⁵³, so that JavaScript holds it exactly.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// How the network learns.
    #[serde(default)]
    pub training: Training,
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

/// Which images to learn from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    /// The data set. The caller has to load it; the engine only keeps its name.
    pub set: DataSet,
    /// Train on only this many images of the training split, from the first one on.
    pub training_images: usize,
    /// The share of them whose label is drawn at random, the same way in each epoch.
    pub wrong_labels: f32,
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

fn default_seed() -> u64 {
    1
}
