use std::fmt;

use crate::error::{Error, ErrorCode, Result};
use crate::shape::{Shape, Window};
use crate::spec::read::Decimal;
use crate::spec::{LIMITS, LayerSpec, LayerSummary};

/// The shape, parameters and multiply-adds of the layer at `index`, which receives `input`.
pub(super) fn summarize_layer(index: usize, layer: &LayerSpec, input: Shape) -> Result<LayerSummary> {
    let kind = layer.kind();
    let at = Place { index, kind };
    let (output, parameters, multiply_adds) = match *layer {
        LayerSpec::Conv2d { filters, kernel_size, stride, padding } => {
            at.whole("filters", filters, LIMITS.filters)?;
            let (channels, [height, width]) = at.slide(Window { kernel_size, stride, padding }, input)?;
            let taps = channels * kernel_size[0] * kernel_size[1];
            let output = Shape::Maps { channels: filters, height, width };
            (output, filters * (taps + 1), output.len().saturating_mul(taps))
        }
        LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
            at.check_pool_padding(kernel_size, padding)?;
            let (channels, [height, width]) = at.slide(Window { kernel_size, stride, padding }, input)?;
            (Shape::Maps { channels, height, width }, 0, 0)
        }
        LayerSpec::AvgPool2d { kernel_size, stride } => {
            let window = Window { kernel_size, stride, padding: [0, 0] };
            let (channels, [height, width]) = at.slide(window, input)?;
            (Shape::Maps { channels, height, width }, 0, 0)
        }
        LayerSpec::Flatten => (Shape::Units(input.len()), 0, 0),
        LayerSpec::Dense { units } => {
            at.whole("units", units, LIMITS.units)?;
            let Shape::Units(fan_in) = input else {
                let got = describe(input);
                return Err(at.impossible(format!(
                    "{at} expects a row of numbers; got {got}. Put a flatten layer before it."
                )));
            };
            (Shape::Units(units), units * (fan_in + 1), units * fan_in)
        }
        LayerSpec::LeakyRelu { slope } => {
            at.within("slope", slope, 0.0, 1.0)?;
            (input, 0, 0)
        }
        LayerSpec::Dropout { rate } => {
            at.within("rate", rate, 0.0, 0.99)?;
            (input, 0, 0)
        }
        LayerSpec::Relu | LayerSpec::Tanh | LayerSpec::Sigmoid | LayerSpec::Gelu => (input, 0, 0),
    };
    Ok(LayerSummary { kind, shape: output.dims(), parameters, multiply_adds, output })
}

pub(super) fn describe(shape: Shape) -> String {
    match shape {
        Shape::Maps { channels, height, width } => format!("{channels} maps of {height}×{width}"),
        Shape::Units(1) => "1 number".into(),
        Shape::Units(units) => format!("{units} numbers"),
    }
}

/// A layer of a spec. Errors name it, counted from 1.
#[derive(Clone, Copy)]
struct Place {
    index: usize,
    kind: &'static str,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Layer {} ({})", self.index + 1, self.kind)
    }
}

impl Place {
    fn impossible(self, message: String) -> Error {
        Error::in_layer(self.index, ErrorCode::ImpossibleShape, message)
    }

    fn out_of_range(self, message: String) -> Error {
        Error::in_layer(self.index, ErrorCode::OutOfRange, message)
    }

    fn whole(self, name: &str, value: usize, largest: usize) -> Result<()> {
        if (1..=largest).contains(&value) {
            return Ok(());
        }
        Err(self.out_of_range(format!("{self}: {name} must be from 1 to {largest}; got {value}.")))
    }

    /// NaN is within nothing.
    fn within(self, name: &str, value: f32, low: f32, high: f32) -> Result<()> {
        if (low..=high).contains(&value) {
            return Ok(());
        }
        let [low, high, value] = [low, high, value].map(|number| Decimal(f64::from(number)));
        Err(self.out_of_range(format!("{self}: {name} must be from {low} to {high}; got {value}.")))
    }

    fn check_pool_padding(self, kernel_size: [usize; 2], padding: [usize; 2]) -> Result<()> {
        for (padding, most) in padding.into_iter().zip(kernel_size.map(|side| side / 2)) {
            if padding > most {
                return Err(self.out_of_range(format!(
                    "{self}: padding may be at most half the window, {most}; got {padding}."
                )));
            }
        }
        Ok(())
    }

    /// The channels of the input and the positions that `window` takes on it.
    fn slide(self, window: Window, input: Shape) -> Result<(usize, [usize; 2])> {
        let Shape::Maps { channels, height, width } = input else {
            let got = describe(input);
            return Err(self.impossible(format!(
                "{self} expects feature maps; got {got}. Put it before the flatten layer."
            )));
        };
        let most = LIMITS.window_side;
        for (axis, name) in ["height", "width"].into_iter().enumerate() {
            self.whole(&format!("kernel {name}"), window.kernel_size[axis], most)?;
            self.whole(&format!("stride in {name}"), window.stride[axis], most)?;
            let padding = window.padding[axis];
            if padding > most {
                return Err(
                    self.out_of_range(format!("{self}: padding may be at most {most}; got {padding}."))
                );
            }
        }
        let positions = window.positions([height, width]).ok_or_else(|| {
            let [rows, columns] = window.kernel_size;
            let [height, width] = [height + 2 * window.padding[0], width + 2 * window.padding[1]];
            self.impossible(format!(
                "{self}: a window of {rows}×{columns} does not fit into maps of {height}×{width} (padding included). Make the window smaller, or pool less before it."
            ))
        })?;
        Ok((channels, positions))
    }
}
