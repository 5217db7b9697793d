//! Where a spec meets the rules: shapes, sizes and settings, in one place.

use super::read::Decimal;
use super::stages::stages;
use super::{
    AdamSettings, Augmentation, Initialization, LayerSpec, LayerSummary, Limits, Optimizer, Schedule, Spec,
    Summary, Training,
};
use crate::error::{Error, ErrorCode, Result};
use crate::mnist::TRAINING_IMAGES;
use crate::shape::{Shape, Window};

/// Checks `spec` as a whole and says what it comes to.
///
/// # Errors
///
/// The first thing that cannot work, with its layer, what was expected and what came:
/// [`ErrorCode::ImpossibleShape`], [`ErrorCode::OutOfRange`] or [`ErrorCode::TooLarge`].
pub fn validate(spec: &Spec) -> Result<Summary> {
    let summary = summarize(spec)?;
    check_initialization(&spec.initialization)?;
    finite("normalization.mean", spec.normalization.mean)?;
    within("normalization.deviation", spec.normalization.deviation, 1e-6, 1e6)?;
    whole("data.training_images", spec.data.training_images as u64, 1, TRAINING_IMAGES as u64)?;
    within("data.wrong_labels", spec.data.wrong_labels, 0.0, 1.0)?;
    whole("seed", spec.seed, 0, Limits::SEED)?;
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
        whole("batch_size", self.batch_size as u64, 1, Limits::BATCH_SIZE as u64)?;
        whole("epochs", self.epochs as u64, 1, Limits::EPOCHS as u64)?;
        check_optimizer(&self.optimizer)?;
        check_schedule(&self.schedule)?;
        check_augmentation(&self.augmentation)
    }
}

fn summarize(spec: &Spec) -> Result<Summary> {
    let [channels, height, width] = spec.input;
    whole("input channels", channels as u64, 1, Limits::INPUT_CHANNELS as u64)?;
    whole("input height", height as u64, 1, Limits::IMAGE_SIDE as u64)?;
    whole("input width", width as u64, 1, Limits::IMAGE_SIDE as u64)?;
    whole("number of layers", spec.layers.len() as u64, 1, Limits::LAYERS as u64)?;

    let mut shape = Shape::Maps { channels, height, width };
    let mut layers = Vec::with_capacity(spec.layers.len());
    let (mut parameters, mut multiply_adds, mut activations) = (0usize, 0usize, shape.len());
    for (index, layer) in spec.layers.iter().enumerate() {
        let summary = summarize_layer(index, layer, shape)?;
        shape = summary.output;
        parameters += summary.parameters;
        multiply_adds = multiply_adds.saturating_add(summary.multiply_adds);
        activations += shape.len();
        at_most(index, "weights and biases", parameters, Limits::PARAMETERS)?;
        at_most(index, "numbers per image", activations, Limits::ACTIVATIONS)?;
        at_most(index, "multiply-adds per image", multiply_adds, Limits::MULTIPLY_ADDS)?;
        layers.push(summary);
    }
    let classes = match shape {
        Shape::Units(units) if units >= 2 => units,
        _ => {
            return Err(Error::in_layer(
                layers.len() - 1,
                ErrorCode::ImpossibleShape,
                format!(
                    "The last layer must give one number for each of at least 2 classes, but it gives {}. End with flatten and a dense layer.",
                    describe(shape)
                ),
            ));
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

/// The shape, parameters and multiply-adds of the layer at `index`, which receives `input`.
fn summarize_layer(index: usize, layer: &LayerSpec, input: Shape) -> Result<LayerSummary> {
    let same =
        |kind| Ok(LayerSummary { kind, shape: input.dims(), parameters: 0, multiply_adds: 0, output: input });
    let summary = |kind, output: Shape, parameters, multiply_adds| {
        Ok(LayerSummary { kind, shape: output.dims(), parameters, multiply_adds, output })
    };
    let kind = layer.kind();
    match *layer {
        LayerSpec::Conv2d { filters, kernel_size, stride, padding } => {
            layer_number(index, kind, "filters", filters, Limits::FILTERS)?;
            let window = Window { kernel_size, stride, padding };
            let (channels, [height, width]) = slide(index, kind, window, input)?;
            let taps = channels * kernel_size[0] * kernel_size[1];
            let output = Shape::Maps { channels: filters, height, width };
            summary(kind, output, filters * (taps + 1), output.len().saturating_mul(taps))
        }
        LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
            for axis in [0, 1] {
                if padding[axis] > kernel_size[axis] / 2 {
                    return Err(Error::in_layer(
                        index,
                        ErrorCode::OutOfRange,
                        format!(
                            "Layer {index} ({kind}): padding may be at most half the window, {}, but it is {}.",
                            kernel_size[axis] / 2,
                            padding[axis]
                        ),
                    ));
                }
            }
            let (channels, [height, width]) =
                slide(index, kind, Window { kernel_size, stride, padding }, input)?;
            summary(kind, Shape::Maps { channels, height, width }, 0, 0)
        }
        LayerSpec::AvgPool2d { kernel_size, stride } => {
            let (channels, [height, width]) =
                slide(index, kind, Window { kernel_size, stride, padding: [0, 0] }, input)?;
            summary(kind, Shape::Maps { channels, height, width }, 0, 0)
        }
        LayerSpec::Flatten => summary(kind, Shape::Units(input.len()), 0, 0),
        LayerSpec::Dense { units } => {
            layer_number(index, kind, "units", units, Limits::UNITS)?;
            let Shape::Units(fan_in) = input else {
                return Err(Error::in_layer(
                    index,
                    ErrorCode::ImpossibleShape,
                    format!(
                        "Layer {index} (dense) expects a row of numbers, but {} come. Put a flatten layer before it.",
                        describe(input)
                    ),
                ));
            };
            summary(kind, Shape::Units(units), units * (fan_in + 1), units * fan_in)
        }
        LayerSpec::LeakyRelu { slope } => {
            setting_in_layer(index, kind, "slope", slope, 0.0, 1.0)?;
            same(kind)
        }
        LayerSpec::Dropout { rate } => {
            setting_in_layer(index, kind, "rate", rate, 0.0, 0.99)?;
            same(kind)
        }
        LayerSpec::Relu | LayerSpec::Tanh | LayerSpec::Sigmoid => same(kind),
    }
}

/// The channels that come in and the positions that `window` takes on them.
fn slide(index: usize, kind: &str, window: Window, input: Shape) -> Result<(usize, [usize; 2])> {
    let Shape::Maps { channels, height, width } = input else {
        return Err(Error::in_layer(
            index,
            ErrorCode::ImpossibleShape,
            format!(
                "Layer {index} ({kind}) expects feature maps, but {} come. Put it before the flatten layer.",
                describe(input)
            ),
        ));
    };
    for axis in [0, 1] {
        let name = ["height", "width"][axis];
        layer_number(index, kind, &format!("kernel {name}"), window.kernel_size[axis], Limits::WINDOW_SIDE)?;
        layer_number(index, kind, &format!("stride in {name}"), window.stride[axis], Limits::WINDOW_SIDE)?;
        if window.padding[axis] > Limits::WINDOW_SIDE {
            return Err(Error::in_layer(
                index,
                ErrorCode::OutOfRange,
                format!(
                    "Layer {index} ({kind}): padding may be at most {}, but it is {}.",
                    Limits::WINDOW_SIDE,
                    window.padding[axis]
                ),
            ));
        }
    }
    let positions = window.positions([height, width]).ok_or_else(|| {
        let [kernel_height, kernel_width] = window.kernel_size;
        let [down, right] = window.padding;
        Error::in_layer(
            index,
            ErrorCode::ImpossibleShape,
            format!(
                "Layer {index} ({kind}): a window of {kernel_height}×{kernel_width} does not fit into maps of {}×{} (padding included). Make the window smaller, or pool less before it.",
                height + 2 * down,
                width + 2 * right
            ),
        )
    })?;
    Ok((channels, positions))
}

fn describe(shape: Shape) -> String {
    match shape {
        Shape::Maps { channels, height, width } => format!("{channels} maps of {height}×{width}"),
        Shape::Units(1) => "1 number".into(),
        Shape::Units(units) => format!("{units} numbers"),
    }
}

fn layer_number(index: usize, kind: &str, name: &str, value: usize, largest: usize) -> Result<()> {
    if (1..=largest).contains(&value) {
        return Ok(());
    }
    Err(Error::in_layer(
        index,
        ErrorCode::OutOfRange,
        format!("Layer {index} ({kind}): {name} must be from 1 to {largest}, but it is {value}."),
    ))
}

fn setting_in_layer(index: usize, kind: &str, name: &str, value: f32, low: f32, high: f32) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let [low, high, value] = [low, high, value].map(|number| Decimal(f64::from(number)));
    Err(Error::in_layer(
        index,
        ErrorCode::OutOfRange,
        format!("Layer {index} ({kind}): {name} must be from {low} to {high}, but it is {value}."),
    ))
}

fn at_most(index: usize, what: &str, count: usize, largest: usize) -> Result<()> {
    if count <= largest {
        return Ok(());
    }
    Err(Error::in_layer(
        index,
        ErrorCode::TooLarge,
        format!(
            "Up to layer {index} the network has {count} {what}, and {largest} is the limit. Use fewer or smaller layers."
        ),
    ))
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
                    "Nesterov looks ahead along the momentum, so momentum must be above 0, but it is 0.",
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
            whole("schedule.epochs", epochs as u64, 1, Limits::EPOCHS as u64)?;
            within("schedule.factor", factor, 0.0, 1.0)
        }
        Schedule::Cosine { floor } => within("schedule.floor", floor, 0.0, 1.0),
        Schedule::OneCycle { warmup } => within("schedule.warmup", warmup, 0.01, 0.99),
    }
}

fn check_augmentation(augmentation: &Augmentation) -> Result<()> {
    within("augmentation.rotation", augmentation.rotation, 0.0, 180.0)?;
    within("augmentation.shift", augmentation.shift, 0.0, 28.0)?;
    within("augmentation.scale", augmentation.scale, 0.0, 0.9)?;
    within("augmentation.shear", augmentation.shear, 0.0, 2.0)
}

// Called for each setting, so not inlined: its sentence would be in the code as often.
#[inline(never)]
fn whole(name: &str, value: u64, low: u64, high: u64) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let message = format!("The {name} must be a whole number from {low} to {high}, but it is {value}.");
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
    Err(Error::new(ErrorCode::OutOfRange, format!("{name} must be from {low} to {high}, but it is {value}.")))
}

fn finite(name: &str, value: f32) -> Result<()> {
    within(name, value, -1e6, 1e6)
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
        }
    }
}
