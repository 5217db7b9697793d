//! All checks of a spec in one place: shapes, sizes and settings.

mod layers;

use super::read::Decimal;
use super::stages::stages;
use super::{
    AdamSettings, Augmentation, Initialization, LIMITS, Optimizer, Schedule, Spec, Summary, Training,
};
use crate::error::{Error, ErrorCode, Result};
use crate::shape::Shape;
use layers::{describe, summarize_layer};

/// Checks `spec` as a whole and returns its summary.
///
/// # Errors
///
/// The first thing that cannot work, with its layer, what was expected and what was got:
/// [`ErrorCode::ImpossibleShape`], [`ErrorCode::OutOfRange`] or [`ErrorCode::TooLarge`].
pub fn validate(spec: &Spec) -> Result<Summary> {
    let summary = summarize(spec)?;
    check_initialization(&spec.initialization)?;
    within("normalization.mean", spec.normalization.mean, -1e6, 1e6)?;
    within("normalization.deviation", spec.normalization.deviation, 1e-6, 1e6)?;
    count("data.training_images", spec.data.training_images, LIMITS.images)?;
    within("data.wrong_labels", spec.data.wrong_labels, 0.0, 1.0)?;
    whole("seed", spec.seed, 0, LIMITS.seed)?;
    spec.training.validate()?;
    Ok(summary)
}

impl Training {
    /// Checks the settings that may change while training.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::OutOfRange`] for the first setting that is not among the values it can take.
    pub fn validate(&self) -> Result<()> {
        count("batch_size", self.batch_size, LIMITS.batch_size)?;
        count("epochs", self.epochs, LIMITS.epochs)?;
        check_optimizer(&self.optimizer)?;
        check_schedule(&self.schedule)?;
        check_augmentation(&self.augmentation)
    }
}

fn summarize(spec: &Spec) -> Result<Summary> {
    let [channels, height, width] = spec.input;
    count("input channels", channels, LIMITS.input_channels)?;
    count("input height", height, LIMITS.image_side)?;
    count("input width", width, LIMITS.image_side)?;
    count("number of layers", spec.layers.len(), LIMITS.layers)?;

    let mut shape = Shape::Maps { channels, height, width };
    let mut layers = Vec::with_capacity(spec.layers.len());
    let (mut parameters, mut multiply_adds, mut activations) = (0usize, 0usize, shape.len());
    for (index, layer) in spec.layers.iter().enumerate() {
        let summary = summarize_layer(index, layer, shape)?;
        shape = summary.output;
        parameters += summary.parameters;
        multiply_adds = multiply_adds.saturating_add(summary.multiply_adds);
        activations += shape.len();
        at_most(index, "weights and biases", parameters, LIMITS.parameters)?;
        at_most(index, "numbers per image", activations, LIMITS.activations)?;
        at_most(index, "multiply-adds per image", multiply_adds, LIMITS.multiply_adds)?;
        layers.push(summary);
    }
    let classes = match shape {
        Shape::Units(units) if units >= 2 => units,
        _ => {
            let message = format!(
                "The last layer must have one output for each of at least 2 classes; got {}. End with flatten and a dense layer.",
                describe(shape)
            );
            return Err(Error::in_layer(layers.len() - 1, ErrorCode::ImpossibleShape, message));
        }
    };
    Ok(Summary {
        input: spec.input,
        layers,
        stages: stages(&spec.layers),
        classes,
        parameters,
        multiply_adds,
    })
}

fn at_most(index: usize, what: &str, count: usize, largest: usize) -> Result<()> {
    if count <= largest {
        return Ok(());
    }
    let message = format!(
        "Up to layer {} the network has {count} {what}; the limit is {largest}. Use fewer or smaller layers.",
        index + 1
    );
    Err(Error::in_layer(index, ErrorCode::TooLarge, message))
}

fn check_initialization(initialization: &Initialization) -> Result<()> {
    match *initialization {
        Initialization::Constant { value } => within("initialization.value", value, -100.0, 100.0),
        Initialization::Normal { deviation } => within("initialization.deviation", deviation, 0.0, 100.0),
        Initialization::Uniform { limit } => within("initialization.limit", limit, 0.0, 100.0),
        Initialization::Zeros | Initialization::Xavier | Initialization::He => Ok(()),
    }
}

fn check_optimizer(optimizer: &Optimizer) -> Result<()> {
    match *optimizer {
        Optimizer::Sgd { learning_rate, momentum, nesterov, weight_decay } => {
            within("learning_rate", learning_rate, 0.0, 1000.0)?;
            within("momentum", momentum, 0.0, 0.9999)?;
            within("weight_decay", weight_decay, 0.0, 10.0)?;
            if nesterov && momentum == 0.0 {
                return Err(Error::new(
                    ErrorCode::OutOfRange,
                    "Nesterov looks ahead along the momentum, so momentum must be above 0; got 0.",
                ));
            }
            Ok(())
        }
        Optimizer::Adam(AdamSettings { learning_rate, betas, epsilon, weight_decay })
        | Optimizer::Adamw(AdamSettings { learning_rate, betas, epsilon, weight_decay }) => {
            within("learning_rate", learning_rate, 0.0, 1000.0)?;
            within("betas[0]", betas[0], 0.0, 0.99999)?;
            within("betas[1]", betas[1], 0.0, 0.99999)?;
            within("epsilon", epsilon, 1e-30, 1.0)?;
            within("weight_decay", weight_decay, 0.0, 10.0)
        }
    }
}

fn check_schedule(schedule: &Schedule) -> Result<()> {
    match *schedule {
        Schedule::Constant => Ok(()),
        Schedule::Step { epochs, factor } => {
            count("schedule.epochs", epochs, LIMITS.epochs)?;
            within("schedule.factor", factor, 0.0, 1.0)
        }
        Schedule::Cosine { floor } => within("schedule.floor", floor, 0.0, 1.0),
        Schedule::OneCycle { warmup } => within("schedule.warmup", warmup, 0.01, 0.99),
    }
}

pub(crate) fn check_augmentation(augmentation: &Augmentation) -> Result<()> {
    within("augmentation.rotation", augmentation.rotation, 0.0, 180.0)?;
    within("augmentation.shift", augmentation.shift, 0.0, 28.0)?;
    within("augmentation.scale", augmentation.scale, 0.0, 0.9)?;
    within("augmentation.shear", augmentation.shear, 0.0, 2.0)
}

fn count(name: &str, value: usize, high: usize) -> Result<()> {
    whole(name, value as u64, 1, high as u64)
}

// Called for each setting, so not inlined: the code would contain its sentence as many times.
#[inline(never)]
fn whole(name: &str, value: u64, low: u64, high: u64) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let message = format!("The {name} must be a whole number from {low} to {high}; got {value}.");
    Err(Error::new(ErrorCode::OutOfRange, message))
}

/// NaN is within nothing.
// Not inlined, as above.
#[inline(never)]
fn within(name: &str, value: f32, low: f32, high: f32) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let [low, high, value] = [low, high, value].map(|number| Decimal(f64::from(number)));
    Err(Error::new(ErrorCode::OutOfRange, format!("{name} must be from {low} to {high}; got {value}.")))
}
