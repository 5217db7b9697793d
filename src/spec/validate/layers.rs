use crate::error::{Error, ErrorCode, Result};
use crate::shape::{Shape, Window};
use crate::spec::read::Decimal;
use crate::spec::{LayerSpec, LayerSummary, Limits};

/// The shape, parameters and multiply-adds of the layer at `index`, which receives `input`.
pub(super) fn summarize_layer(index: usize, layer: &LayerSpec, input: Shape) -> Result<LayerSummary> {
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
            check_pool_padding(index, kind, kernel_size, padding)?;
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
                        "{} expects a row of numbers; got {}. Put a flatten layer before it.",
                        named(index, kind),
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
        LayerSpec::Relu | LayerSpec::Tanh | LayerSpec::Sigmoid | LayerSpec::Gelu => same(kind),
    }
}

fn check_pool_padding(index: usize, kind: &str, kernel_size: [usize; 2], padding: [usize; 2]) -> Result<()> {
    for axis in [0, 1] {
        let most = kernel_size[axis] / 2;
        if padding[axis] > most {
            let message = format!(
                "{}: padding may be at most half the window, {most}; got {}.",
                named(index, kind),
                padding[axis]
            );
            return Err(Error::in_layer(index, ErrorCode::OutOfRange, message));
        }
    }
    Ok(())
}

/// The channels of the input and the positions that `window` takes on it.
fn slide(index: usize, kind: &str, window: Window, input: Shape) -> Result<(usize, [usize; 2])> {
    let Shape::Maps { channels, height, width } = input else {
        return Err(Error::in_layer(
            index,
            ErrorCode::ImpossibleShape,
            format!(
                "{} expects feature maps; got {}. Put it before the flatten layer.",
                named(index, kind),
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
                    "{}: padding may be at most {}; got {}.",
                    named(index, kind),
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
                "{}: a window of {kernel_height}×{kernel_width} does not fit into maps of {}×{} (padding included). Make the window smaller, or pool less before it.",
                named(index, kind),
                height + 2 * down,
                width + 2 * right
            ),
        )
    })?;
    Ok((channels, positions))
}

/// A layer as a message names it, counted from 1.
fn named(index: usize, kind: &str) -> String {
    format!("Layer {} ({kind})", index + 1)
}

pub(super) fn describe(shape: Shape) -> String {
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
        format!("{}: {name} must be from 1 to {largest}; got {value}.", named(index, kind)),
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
        format!("{}: {name} must be from {low} to {high}; got {value}.", named(index, kind)),
    ))
}
