use std::sync::Arc;

use super::{BLOCK, Format, Network, Parameter, initialize};
use crate::error::Result;
use crate::layers::{
    Activation, AvgPool2d, Conv2d, Dense, Dropout, Flatten, Layer, MaxPool2d, ParamRange, SLACK,
};
use crate::shape::{Shape, Window};
use crate::spec::{Joined, LayerSpec, Spec, Stage, Summary, validate};
use crate::stamp::Stamp;
use crate::timing::StageTimer;

impl Network {
    /// Builds the network of `spec`, with the starting weights of its seed.
    ///
    /// # Errors
    ///
    /// Whatever [`validate`] finds wrong with the spec.
    pub fn new(spec: &Spec) -> Result<Self> {
        let summary = validate(spec)?;
        let formats = formats(spec, &summary);
        let parameters = parameters(spec, &formats);
        let mut layers: Vec<Layer> = (spec.layers.iter().enumerate())
            .map(|(index, layer)| {
                build_layer(index, layer, [formats[index], formats[index + 1]], &parameters)
            })
            .collect();
        for stage in &summary.stages {
            join(&mut layers, stage, &formats);
        }
        let first_trained = layers.iter().position(|layer| layer.parameters().is_some()).unwrap_or(0);
        let widest = formats.iter().map(|format| format.shape.len()).max().unwrap_or(0);
        let stages = summary.stages.iter().map(|stage| [stage.first_layer, stage.last_layer]);
        let mut network = Self {
            layers,
            timer: StageTimer::new(stages),
            weights: initialize::starting_weights(&parameters, spec.initialization, spec.seed),
            stamp: Stamp::fresh(),
            parameters,
            formats,
            dout: vec![0.0; BLOCK * widest + SLACK],
            dx: vec![0.0; BLOCK * widest + SLACK],
            first_trained,
            faults: spec.training.faults,
            summary,
        };
        network.load_weights();
        Ok(network)
    }
}

/// The weights and biases of the network of `spec`, in order; nothing is built.
///
/// # Errors
///
/// Whatever [`validate`] finds wrong with the spec.
pub fn parameters_of(spec: &Spec) -> Result<Arc<[Parameter]>> {
    Ok(parameters(spec, &formats(spec, &validate(spec)?)))
}

fn formats(spec: &Spec, summary: &Summary) -> Arc<[Format]> {
    let [channels, height, width] = spec.input;
    let mut shapes = vec![Shape::Maps { channels, height, width }];
    shapes.extend(summary.layers.iter().map(|layer| layer.output));
    let interleaved = interleaved_channels(spec, &shapes);
    shapes.iter().zip(interleaved).map(|(&shape, interleaved)| Format { shape, interleaved }).collect()
}

fn parameters(spec: &Spec, formats: &[Format]) -> Arc<[Parameter]> {
    let mut parameters = Vec::new();
    for ((index, layer), input) in spec.layers.iter().enumerate().zip(formats) {
        let dims = match (layer, input.shape) {
            (LayerSpec::Conv2d { filters, kernel_size, .. }, Shape::Maps { channels, .. }) => {
                vec![*filters, channels, kernel_size[0], kernel_size[1]]
            }
            (LayerSpec::Dense { units }, shape) => vec![*units, shape.len()],
            _ => continue,
        };
        let outputs = vec![dims[0]];
        let start = parameters.last().map_or(0, |last: &Parameter| last.range().end);
        let weight = Parameter::new(index, "weight", dims, input.interleaved, start);
        let bias = Parameter::new(index, "bias", outputs, 1, weight.range().end);
        parameters.extend([weight, bias]);
    }
    parameters.into()
}

/// For each of `shapes`, how many channels are interleaved there, `[place][channel]`. That is so for
/// maps, and stays so after flatten up to the next dense layer, which takes its inputs in any order:
/// only the logits must be in PyTorch's order.
fn interleaved_channels(spec: &Spec, shapes: &[Shape]) -> Vec<usize> {
    let last_dense = spec.layers.iter().rposition(|layer| matches!(layer, LayerSpec::Dense { .. }));
    let mut channels = 1;
    (shapes.iter().enumerate())
        .map(|(index, shape)| {
            channels = match (*shape, index.checked_sub(1).map(|layer| &spec.layers[layer])) {
                (Shape::Maps { channels, .. }, _) => channels,
                (Shape::Units(_), Some(LayerSpec::Dense { .. })) => 1,
                _ if last_dense.is_none_or(|dense| dense < index) => 1,
                _ => channels,
            };
            channels
        })
        .collect()
}

/// Lets the layers of a stage pass as one.
fn join(layers: &mut [Layer], stage: &Stage, formats: &[Format]) {
    let Some(Joined { pool, relu }) = stage.joined else { return };
    let (layer, maps) = (&mut layers[stage.first_layer], formats[stage.first_layer + 1].shape);
    if let (Layer::Conv2d(conv), Shape::Maps { height, width, .. }) = (layer, maps) {
        conv.join_pool([height, width], &pool, relu);
    }
}

/// The layer at `index` of a spec that has been validated, with the formats of its input and output.
fn build_layer(index: usize, spec: &LayerSpec, formats: [Format; 2], parameters: &[Parameter]) -> Layer {
    let [Format { shape: input, interleaved }, output] = formats;
    let (channels, size) = match input {
        Shape::Maps { channels, height, width } => (channels, [height, width]),
        Shape::Units(units) => (units, [1, 1]),
    };
    match *spec {
        LayerSpec::Conv2d { filters, kernel_size, stride, padding } => {
            let window = Window { kernel_size, stride, padding };
            Layer::Conv2d(Box::new(Conv2d::new(
                range_of(index, parameters),
                channels,
                size,
                filters,
                &window,
            )))
        }
        LayerSpec::Dense { units } => {
            Layer::Dense(Dense::new(range_of(index, parameters), input.len(), units, BLOCK))
        }
        LayerSpec::Relu => Layer::Activation(Activation::Relu),
        LayerSpec::LeakyRelu { slope } => Layer::Activation(Activation::LeakyRelu { slope }),
        LayerSpec::Tanh => Layer::Activation(Activation::Tanh),
        LayerSpec::Sigmoid => Layer::Activation(Activation::Sigmoid),
        LayerSpec::Gelu => Layer::Activation(Activation::Gelu),
        LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
            Layer::MaxPool2d(MaxPool2d::new(channels, size, &Window { kernel_size, stride, padding }))
        }
        LayerSpec::AvgPool2d { kernel_size, stride } => {
            let window = Window { kernel_size, stride, padding: [0, 0] };
            Layer::AvgPool2d(AvgPool2d::new(channels, size, &window))
        }
        LayerSpec::Flatten => {
            let reorder = interleaved != output.interleaved;
            Layer::Flatten(Flatten::new(reorder.then_some(interleaved), input.len()))
        }
        LayerSpec::Dropout { rate } => Layer::Dropout(Dropout::new(index, input.len(), rate)),
    }
}

/// Where weight and bias of `layer` are.
fn range_of(layer: usize, parameters: &[Parameter]) -> ParamRange {
    let mut own = parameters.iter().filter(|parameter| parameter.layer() == layer).map(Parameter::range);
    let mut next = || own.next().expect("a weight and a bias");
    ParamRange { weight: next(), bias: next() }
}
