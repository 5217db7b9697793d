//! Networks that are asked, beside the plain loops in 64 bits.

use convscope::error::Result;
use convscope::inquiry::{Inquiry, Progress};
use convscope::network::Network;
use convscope::rng::Rng;
use convscope::shape::Shape;
use convscope::spec::{LayerSpec, Spec, validate};
use convscope::trainer::new_checkpoint;

use super::plain_network::PlainNetwork;
use super::random_spec::random_spec;
use super::{numbers, train_a_little};

/// A network that is asked, and all that it takes to compute its answers in another way.
pub struct Asked {
    pub spec: Spec,
    pub network: Network,
    pub inquiry: Inquiry,
}

impl Asked {
    /// A network with biases that are not 0, which has been trained a little.
    pub fn new(spec: Spec, rng: &mut Rng) -> Self {
        let mut network = Network::new(&spec).expect("a valid spec");
        let biases: Vec<_> = network.parameters().iter().filter(|p| p.dims().len() == 1).cloned().collect();
        for bias in biases {
            network.set_parameter(bias.name(), &numbers(rng, bias.len())).expect("a bias");
        }
        train_a_little(&mut network, rng);
        Self { inquiry: Inquiry::new(&new_checkpoint(&spec, &network)).expect("a checkpoint"), spec, network }
    }

    /// Asks once the network's weights have been changed.
    pub fn changed(&self) -> Inquiry {
        Inquiry::new(&new_checkpoint(&self.spec, &self.network)).expect("a checkpoint")
    }

    pub fn pixels(&self) -> usize {
        self.network.form().pixels()
    }

    /// The shape of what `layer` outputs.
    pub fn shape(&self, layer: usize) -> Shape {
        self.network.shape(layer + 1)
    }

    /// Images with grey levels of any size.
    pub fn images(&self, rng: &mut Rng, count: usize) -> Vec<u8> {
        (0..count * self.pixels()).map(|_| rng.below(256) as u8).collect()
    }

    /// What the first layer sees, in 64 bits.
    pub fn normalized(&self, picture: &[f64]) -> Vec<f64> {
        let [mean, deviation] =
            [self.spec.normalization.mean, self.spec.normalization.deviation].map(f64::from);
        picture.iter().map(|level| (level / 255.0 - mean) / deviation).collect()
    }

    /// Each layer's output for one picture, by the plain loops.
    pub fn plain(&self, picture: &[f64]) -> Vec<Vec<f64>> {
        plain_from(&self.spec, &self.network, 0, &self.normalized(picture))
    }
}

/// The outputs of the layers from `first` on, given what comes into the first of them.
pub fn plain_from(spec: &Spec, network: &Network, first: usize, input: &[f64]) -> Vec<Vec<f64>> {
    let get = |name: String| match network.parameter(&name) {
        Ok(values) => values.into_iter().map(f64::from).collect(),
        Err(_) => vec![],
    };
    let parameters = (first..spec.layers.len())
        .map(|index| [get(format!("{index}.weight")), get(format!("{index}.bias"))])
        .collect();
    let mut rest = spec.clone();
    rest.layers.drain(..first);
    if let Shape::Maps { channels, height, width } = network.shape(first) {
        rest.input = [channels, height, width];
    }
    PlainNetwork { spec: &rest, parameters }.answers(input, &[0]).activations
}

/// Whether the layers from `first` on are a network of their own, within the limits.
pub fn stands_alone(spec: &Spec, network: &Network, first: usize) -> bool {
    let Shape::Maps { channels, height, width } = network.shape(first) else { return false };
    let mut rest = spec.clone();
    rest.layers.drain(..first);
    rest.input = [channels, height, width];
    validate(&rest).is_ok()
}

/// The gradient by central differences.
pub fn slopes(at: &[f64], epsilon: f64, mut value: impl FnMut(&[f64]) -> f64) -> Vec<f64> {
    let mut x = at.to_vec();
    let mut slope = |index: usize| {
        let mut value_at = |level: f64| {
            x[index] = level;
            value(&x)
        };
        let slope = (value_at(at[index] + epsilon) - value_at(at[index] - epsilon)) / (2.0 * epsilon);
        x[index] = at[index];
        slope
    };
    (0..at.len()).map(&mut slope).collect()
}

/// A spec without kinks: a finite difference means nothing across one.
pub fn smooth_spec(rng: &mut Rng) -> Spec {
    let mut spec = random_spec(rng);
    for layer in &mut spec.layers {
        match layer {
            LayerSpec::Relu | LayerSpec::LeakyRelu { .. } => *layer = LayerSpec::Tanh,
            LayerSpec::MaxPool2d { kernel_size, stride, .. } => {
                *layer = LayerSpec::AvgPool2d { kernel_size: *kernel_size, stride: *stride };
            }
            _ => {}
        }
    }
    if validate(&spec).is_ok() { spec } else { smooth_spec(rng) }
}

pub fn widen(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&x| f64::from(x)).collect()
}

pub fn levels(pixels: &[u8]) -> Vec<f64> {
    pixels.iter().map(|&level| f64::from(level)).collect()
}

/// Lets a job go on to its end, in steps of any size.
pub fn to_the_end(rng: &mut Rng, mut advance: impl FnMut(usize) -> Result<Progress>) {
    let mut last = 0;
    loop {
        let progress = advance(1 + rng.below(7) as usize).expect("a pass");
        assert!(progress.done > last || progress.is_finished(), "{progress:?} after {last}");
        if progress.is_finished() {
            assert_eq!(progress.done, progress.of);
            return;
        }
        last = progress.done;
    }
}
