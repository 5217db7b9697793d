use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Deserializer, Serialize};

use super::read::{Fields, Malformed, Variant, read_tagged};

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
    /// ReLU passes every gradient back, even where its output was 0.
    pub forgotten_relu_mask: bool,
    /// The gradients of the first layer with weights have the wrong sign.
    pub wrong_sign: bool,
    /// Max pooling passes its gradient to all numbers that equal the largest, and where a map is all 0 to
    /// every one of them.
    pub gradient_to_ties: bool,
}

impl Faults {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// An update rule, as PyTorch defines it. d is the gradient of the mean loss.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Optimizer {
    /// Gradient descent, with momentum and Nesterov's variant of it.
    Sgd {
        /// The length of a step.
        learning_rate: f32,
        /// How much of the last step's direction is kept.
        momentum: f32,
        /// Look ahead along the momentum first.
        nesterov: bool,
        /// How much of each weight is added to its gradient.
        weight_decay: f32,
    },
    /// Kingma and Ba, 2015; weight decay is added to the gradient.
    Adam(AdamSettings),
    /// Loshchilov and Hutter, 2019; weight decay shrinks the weights directly.
    Adamw(AdamSettings),
}

/// The settings that Adam and AdamW share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct AdamSettings {
    /// The length of a step.
    pub learning_rate: f32,
    /// How slowly the means of the gradient and of its square forget.
    pub betas: [f32; 2],
    /// Added to the root of the mean square, so that nothing is divided by 0.
    pub epsilon: f32,
    /// Pull of each weight towards 0.
    pub weight_decay: f32,
}

/// How the learning rate moves. Each multiplies the optimizer's learning rate by a factor.
#[derive(Default, Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Schedule {
    /// Always 1.
    #[default]
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
        floor: f32,
    },
    /// Up from 1 / 25 to 1, then down to 1 / 250,000, both along half a cosine (OneCycleLR without
    /// its momentum cycle).
    OneCycle {
        /// The share of the run that goes up.
        warmup: f32,
    },
}

/// Random warps of a training image, drawn again each epoch, in one bilinear resampling.
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

impl<'de> Deserialize<'de> for Optimizer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_tagged(deserializer, OPTIMIZERS)
    }
}

const OPTIMIZERS: &[Variant<Optimizer>] = &[
    ("sgd", &["learning_rate", "momentum", "nesterov", "weight_decay"], |fields| {
        Ok(Optimizer::Sgd {
            learning_rate: fields.read("learning_rate")?,
            momentum: fields.read_or("momentum", 0.0)?,
            nesterov: fields.read_or("nesterov", false)?,
            weight_decay: fields.read_or("weight_decay", 0.0)?,
        })
    }),
    ("adam", ADAM, |fields| Ok(Optimizer::Adam(adam(fields)?))),
    ("adamw", ADAM, |fields| Ok(Optimizer::Adamw(adam(fields)?))),
];

const ADAM: &[&str] = &["learning_rate", "betas", "epsilon", "weight_decay"];

fn adam(fields: &Fields) -> Result<AdamSettings, Malformed> {
    Ok(AdamSettings {
        learning_rate: fields.read("learning_rate")?,
        betas: fields.read_or("betas", [0.9, 0.999])?,
        epsilon: fields.read_or("epsilon", 1e-8)?,
        weight_decay: fields.read_or("weight_decay", 0.0)?,
    })
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_tagged(deserializer, SCHEDULES)
    }
}

const SCHEDULES: &[Variant<Schedule>] = &[
    ("constant", &[], |_| Ok(Schedule::Constant)),
    ("step", &["epochs", "factor"], |fields| {
        Ok(Schedule::Step { epochs: fields.read("epochs")?, factor: fields.read("factor")? })
    }),
    ("cosine", &["floor"], |fields| Ok(Schedule::Cosine { floor: fields.read_or("floor", 0.0)? })),
    ("one_cycle", &["warmup"], |fields| Ok(Schedule::OneCycle { warmup: fields.read_or("warmup", 0.3)? })),
];
