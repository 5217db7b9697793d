use super::{BLOCK, Network, Parameter, initialize};
use crate::error::Result;
use crate::layers::{Activation, AvgPool2d, Conv2d, Dense, Dropout, Flatten, Layer, MaxPool2d, Place};
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

        let mut parameters = Vec::new();
        let layers: Vec<Layer> = (spec.layers.iter().enumerate())
            .map(|(index, layer)| build_layer(index, layer, shapes[index], &mut parameters))
            .collect();
        let first_trained = layers.iter().position(|layer| layer.place().is_some()).unwrap_or(0);
        let widest = shapes.iter().map(|shape| shape.len()).max().unwrap_or(0);
        let mut network = Self {
            layers,
            parameters,
            weights: vec![0.0; summary.parameters],
            activations: shapes.iter().map(|shape| vec![0.0; BLOCK * shape.len()]).collect(),
            shapes,
            probabilities: vec![0.0; BLOCK * summary.classes],
            losses: vec![0.0; BLOCK],
            dout: vec![0.0; BLOCK * widest],
            dx: vec![0.0; BLOCK * widest],
            first_trained,
            summary,
        };
        let start = initialize::starting_weights(&network.parameters, spec.initialization, spec.seed);
        network.update_weights(|weights| weights.copy_from_slice(&start));
        Ok(network)
    }
}

/// The layer at `index`, for a spec that has been validated. Its parameters, if any, are added to
/// `parameters`, behind those of the layers before it.
fn build_layer(index: usize, spec: &LayerSpec, input: Shape, parameters: &mut Vec<Parameter>) -> Layer {
    let (channels, size) = match input {
        Shape::Maps { channels, height, width } => (channels, [height, width]),
        Shape::Units(units) => (units, [1, 1]),
    };
    match *spec {
        LayerSpec::Conv2d { filters, kernel_size, stride, padding } => {
            let dims = vec![filters, channels, kernel_size[0], kernel_size[1]];
            let place = add_parameters(index, dims, parameters);
            Layer::Conv2d(Conv2d::new(
                place,
                channels,
                size,
                filters,
                &Window { kernel_size, stride, padding },
            ))
        }
        LayerSpec::Dense { units } => {
            let place = add_parameters(index, vec![units, input.len()], parameters);
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
        LayerSpec::Flatten => Layer::Flatten(Flatten::new(channels, input.len())),
        LayerSpec::Dropout { rate } => Layer::Dropout(Dropout::new(index, input.len(), rate, BLOCK)),
    }
}

/// Makes room for a weight of `dims` and one bias for each of its first dimension.
fn add_parameters(index: usize, dims: Vec<usize>, parameters: &mut Vec<Parameter>) -> Place {
    let start = parameters.last().map_or(0, |last| last.range().end);
    let outputs = dims[0];
    let weight = Parameter::new(format!("{index}.weight"), dims, start);
    let bias = Parameter::new(format!("{index}.bias"), vec![outputs], weight.range().end);
    let place = Place { weight: weight.range(), bias: bias.range() };
    parameters.extend([weight, bias]);
    place
}
