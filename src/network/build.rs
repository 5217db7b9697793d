use super::stages::{Joined, Stage, stages};
use super::{BLOCK, Network, Parameter, initialize};
use crate::error::Result;
use crate::layers::{Activation, AvgPool2d, Conv2d, Dense, Dropout, Flatten, Layer, MaxPool2d, Place, SLACK};
use crate::ledger::Stopwatch;
use crate::shape::{Shape, Window};
use crate::spec::{LayerSpec, Spec, validate};

impl Network {
    /// Builds the network of `spec`, with the starting weights of its seed.
    ///
    /// # Errors
    ///
    /// Whatever [`validate`] finds wrong with the spec.
    pub fn new(spec: &Spec) -> Result<Self> {
        let summary = validate(spec)?;
        let [channels, height, width] = spec.input;
        let mut shapes = vec![Shape::Maps { channels, height, width }];
        shapes.extend(summary.layers.iter().map(|layer| layer.output));

        let interleaved = interleaved_channels(spec, &shapes);

        let mut parameters = Vec::new();
        let mut layers: Vec<Layer> = (spec.layers.iter().enumerate())
            .map(|(index, layer)| {
                let interleaved = [interleaved[index], interleaved[index + 1]];
                build_layer(index, layer, shapes[index], interleaved, &mut parameters)
            })
            .collect();
        let stages = stages(&spec.layers);
        for stage in &stages {
            join(&mut layers, stage, &shapes);
        }
        let first_trained = layers.iter().position(|layer| layer.place().is_some()).unwrap_or(0);
        let widest = shapes.iter().map(|shape| shape.len()).max().unwrap_or(0);
        let watch = Stopwatch::new(stages.iter().map(|stage| [stage.start, stage.end - 1]));
        let mut network = Self {
            layers,
            watch,
            stages,
            interleaved,
            parameters,
            weights: vec![0.0; summary.parameters],
            activations: shapes.iter().map(|shape| vec![0.0; BLOCK * shape.len() + SLACK]).collect(),
            shapes,
            probabilities: vec![0.0; BLOCK * summary.classes],
            losses: vec![0.0; BLOCK],
            dout: vec![0.0; BLOCK * widest + SLACK],
            dx: vec![0.0; BLOCK * widest + SLACK],
            first_trained,
            faults: spec.training.faults,
            looked: 0,
            summary,
        };
        let start = initialize::starting_weights(&network.parameters, spec.initialization, spec.seed);
        network.update_weights(|weights| weights.copy_from_slice(&start));
        Ok(network)
    }
}

/// For each of `shapes`, how many channels lie interleaved there, `[place][channel]`. That is so for
/// maps, and stays so behind flatten up to the next dense layer, which takes its inputs in any order:
/// only what goes out at the end must come in PyTorch's.
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
fn join(layers: &mut [Layer], stage: &Stage, shapes: &[Shape]) {
    let Some(Joined { pool, relu }) = stage.joined else { return };
    let (layer, maps) = (&mut layers[stage.start], shapes[stage.start + 1]);
    if let (Layer::Conv2d(conv), Shape::Maps { height, width, .. }) = (layer, maps) {
        conv.join_pool([height, width], &pool, relu, BLOCK);
    }
}

/// The layer at `index`, for a spec that has been validated, with the channels that lie interleaved
/// in its input and its output. Its parameters, if any, are added to `parameters`, behind those of
/// the layers before it.
fn build_layer(
    index: usize,
    spec: &LayerSpec,
    input: Shape,
    interleaved: [usize; 2],
    parameters: &mut Vec<Parameter>,
) -> Layer {
    let (channels, size) = match input {
        Shape::Maps { channels, height, width } => (channels, [height, width]),
        Shape::Units(units) => (units, [1, 1]),
    };
    match *spec {
        LayerSpec::Conv2d { filters, kernel_size, stride, padding } => {
            let dims = vec![filters, channels, kernel_size[0], kernel_size[1]];
            let place = add_parameters(index, dims, interleaved[0], parameters);
            let window = Window { kernel_size, stride, padding };
            Layer::Conv2d(Box::new(Conv2d::new(place, channels, size, filters, &window)))
        }
        LayerSpec::Dense { units } => {
            let place = add_parameters(index, vec![units, input.len()], interleaved[0], parameters);
            Layer::Dense(Dense::new(place, input.len(), units, BLOCK))
        }
        LayerSpec::Relu => Layer::Activation(Activation::Relu),
        LayerSpec::LeakyRelu { slope } => Layer::Activation(Activation::LeakyRelu { slope }),
        LayerSpec::Tanh => Layer::Activation(Activation::Tanh),
        LayerSpec::Sigmoid => Layer::Activation(Activation::Sigmoid),
        LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
            let window = Window { kernel_size, stride, padding };
            Layer::MaxPool2d(MaxPool2d::new(channels, size, &window, BLOCK))
        }
        LayerSpec::AvgPool2d { kernel_size, stride } => {
            let window = Window { kernel_size, stride, padding: [0, 0] };
            Layer::AvgPool2d(AvgPool2d::new(channels, size, &window))
        }
        LayerSpec::Flatten => {
            let reorder = interleaved[0] != interleaved[1];
            Layer::Flatten(Flatten::new(reorder.then_some(interleaved[0]), input.len()))
        }
        LayerSpec::Dropout { rate } => Layer::Dropout(Dropout::new(index, input.len(), rate, BLOCK)),
    }
}

/// Makes room for a weight of `dims`, for an input with `interleaved` channels, and one bias for each
/// of its first dimension.
fn add_parameters(
    index: usize,
    dims: Vec<usize>,
    interleaved: usize,
    parameters: &mut Vec<Parameter>,
) -> Place {
    let start = parameters.last().map_or(0, |last| last.range().end);
    let outputs = dims[0];
    let weight = Parameter::new(index, "weight", dims, interleaved, start);
    let bias = Parameter::new(index, "bias", vec![outputs], 1, weight.range().end);
    let place = Place { weight: weight.range(), bias: bias.range() };
    parameters.extend([weight, bias]);
    place
}
