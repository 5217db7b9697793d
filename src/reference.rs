//! Checks the engine against reference answers: networks with known outputs and gradients, and whole
//! training runs with known losses and final weights.
//!
//! A reference is one `.safetensors` file, as `tests/reference/make_reference.py` describes and makes
//! it. It comes from outside, so nothing in it is trusted: its size, its header and every shape are
//! checked before the network it describes is run.

use std::fmt;

use safetensors::Dtype;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::network::{Network, Parameter};
use crate::optimizer::OptimizerState;
use crate::spec::{Optimizer, Spec, Summary, validate};
use crate::tensor_file::{File, bad};

/// Images in a batch.
const MAX_IMAGES: usize = 1024;
/// Steps of a training run.
const MAX_STEPS: usize = 1000;

/// What a file is the answer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One pass forward and one back.
    Gradients,
    /// A training run on one batch.
    Training,
}

/// The worst errors found. The error of a tensor is its largest absolute difference from the
/// reference, divided by the reference's largest absolute value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// What the file says it is for.
    pub note: String,
    /// What was checked.
    pub kind: Kind,
    /// Error of the logits.
    pub logits: Option<f64>,
    /// Error of the loss, or of the losses of a training run.
    pub loss: Option<f64>,
    /// Error of the worst layer's output.
    pub activations: Option<f64>,
    /// Error of the worst gradient, that of the input among them.
    pub gradients: Option<f64>,
    /// Error of the worst weight or bias after training.
    pub weights: Option<f64>,
}

impl Report {
    /// The largest of all errors.
    pub fn worst(&self) -> f64 {
        self.errors().iter().filter_map(|(_, error)| *error).fold(0.0, f64::max)
    }

    fn errors(&self) -> [(&'static str, Option<f64>); 5] {
        [
            ("logits", self.logits),
            ("loss", self.loss),
            ("activations", self.activations),
            ("gradients", self.gradients),
            ("weights", self.weights),
        ]
    }
}

impl fmt::Display for Report {
    /// What was checked with its error, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.errors().into_iter().filter_map(|(name, error)| Some((name, error?)));
        let errors: Vec<String> = errors.map(|(name, error)| format!("{name} {error:.1e}")).collect();
        f.write_str(&errors.join("  "))
    }
}

/// Runs the network of a reference file and measures how far its answers are from those in the file.
///
/// # Errors
/// `bad_file` or `too_large` when the file is not a reference; what [`validate`] says of its spec.
pub fn check(bytes: &[u8]) -> Result<Report> {
    let file = File::open(bytes)?;
    let spec: Spec = file.json("spec")?;
    let batch = Batch::read(&file, &validate(&spec)?)?;
    let mut network = Network::new(&spec)?;
    for parameter in network.parameters().to_vec() {
        network.set_parameter(parameter.name(), &file.tensor(parameter.name(), parameter.dims())?)?;
    }
    if file.metadata.contains_key("optimizer") {
        check_training(&file, &batch, network)
    } else {
        check_gradients(&file, &batch, network)
    }
}

fn check_gradients(file: &File, batch: &Batch, mut network: Network) -> Result<Report> {
    let summary = network.summary().clone();
    // NumPy writes a single number with one dimension or with none, depending on how it was made.
    let loss = file.tensor("loss", &[1]).or_else(|_| file.tensor("loss", &[]))?;
    let logits = file.tensor("logits", &[batch.labels.len(), summary.classes])?;
    let dinput = file.tensor("grad.input", &batch.dims)?;
    let mut activations = Vec::new();
    for (index, layer) in summary.layers.iter().enumerate() {
        let dims = [&[batch.labels.len()], layer.shape.as_slice()].concat();
        activations.push(file.tensor(&format!("act.{index}"), &dims)?);
    }
    let gradients = parameters(file, "grad", &network)?;

    let found = network.trace_batch(&batch.images, &batch.labels)?;
    let worst_gradient = worst_parameter(&network, &found.gradient, &gradients);
    Ok(Report {
        note: file.note(),
        kind: Kind::Gradients,
        logits: Some(error(&found.logits, &logits)),
        loss: Some(error(&[found.loss], &loss)),
        activations: Some(worst(found.activations.iter().zip(&activations))),
        gradients: Some(worst_gradient.max(error(&found.input_gradient, &dinput))),
        weights: None,
    })
}

fn check_training(file: &File, batch: &Batch, mut network: Network) -> Result<Report> {
    let rule: Optimizer = file.json("optimizer")?;
    let steps = file.dims("losses")?.first().copied().unwrap_or(0);
    if !(1..=MAX_STEPS).contains(&steps) {
        return Err(bad(&format!("a training run has 1 to {MAX_STEPS} losses, but this one has {steps}")));
    }
    let losses = file.tensor("losses", &[steps])?;
    let weights = parameters(file, "final", &network)?;

    let mut optimizer = OptimizerState::new(rule, network.weights().len());
    let mut found_losses = Vec::with_capacity(steps);
    for _ in 0..steps {
        let found = network.trace_batch(&batch.images, &batch.labels)?;
        found_losses.push(found.loss);
        network.update_weights(|weights| optimizer.update(1.0, weights, &found.gradient));
    }
    Ok(Report {
        note: file.note(),
        kind: Kind::Training,
        logits: None,
        loss: Some(error(&found_losses, &losses)),
        activations: None,
        gradients: None,
        weights: Some(worst_parameter(&network, network.weights(), &weights)),
    })
}

/// What a reference holds beside its tensors.
impl File<'_> {
    fn note(&self) -> String {
        self.metadata.get("note").cloned().unwrap_or_default()
    }

    /// The JSON in the metadata under `key`.
    fn json<T: DeserializeOwned>(&self, key: &str) -> Result<T> {
        let text = self.metadata.get(key).ok_or_else(|| bad(&format!("its metadata have no {key:?}")))?;
        serde_json::from_str(text).map_err(|error| bad(&format!("its {key} is wrong: {error}")))
    }

    fn labels(&self, count: usize, classes: usize) -> Result<Vec<u8>> {
        let labels = self.words("labels", Dtype::I32, &[count])?.map(i32::from_le_bytes);
        labels
            .map(|label| match u8::try_from(label) {
                Ok(class) if usize::from(class) < classes => Ok(class),
                _ => Err(bad(&format!("a label must be from 0 to {}; got {label}", classes - 1))),
            })
            .collect()
    }
}

/// The images and labels of a file.
struct Batch {
    images: Vec<f32>,
    /// `[images, channels, height, width]`.
    dims: [usize; 4],
    labels: Vec<u8>,
}

impl Batch {
    fn read(file: &File, summary: &Summary) -> Result<Self> {
        let count = file.dims("labels")?.first().copied().unwrap_or(0);
        if !(1..=MAX_IMAGES).contains(&count) {
            return Err(bad(&format!("a batch has 1 to {MAX_IMAGES} images, but this one has {count}")));
        }
        let [channels, height, width] = summary.input;
        let dims = [count, channels, height, width];
        Ok(Self { images: file.tensor("input", &dims)?, dims, labels: file.labels(count, summary.classes)? })
    }
}

/// A tensor of the file for each parameter: those whose names begin with `prefix`.
fn parameters(file: &File, prefix: &str, network: &Network) -> Result<Vec<Vec<f32>>> {
    let tensor =
        |parameter: &Parameter| file.tensor(&format!("{prefix}.{}", parameter.name()), parameter.dims());
    network.parameters().iter().map(tensor).collect()
}

/// The error of the worst parameter of `found`, which has the order of [`Network::weights`].
fn worst_parameter(network: &Network, found: &[f32], reference: &[Vec<f32>]) -> f64 {
    let found: Vec<Vec<f32>> = network.parameters().iter().map(|parameter| parameter.export(found)).collect();
    worst(found.iter().zip(reference))
}

fn worst<'a>(pairs: impl Iterator<Item = (&'a Vec<f32>, &'a Vec<f32>)>) -> f64 {
    pairs.map(|(found, reference)| error(found, reference)).fold(0.0, f64::max)
}

/// The largest absolute difference, divided by the reference's largest absolute value. Where the
/// reference is 0 throughout, the difference itself; where an answer is not a number, infinite.
fn error(found: &[f32], reference: &[f32]) -> f64 {
    if found.len() != reference.len() || found.iter().any(|value| !value.is_finite()) {
        // The largest error that JSON can hold: it has no infinity.
        return f64::MAX;
    }
    let pairs = found.iter().zip(reference);
    let difference = pairs.map(|(&a, &b)| (f64::from(a) - f64::from(b)).abs()).fold(0.0, f64::max);
    let scale = reference.iter().map(|&value| f64::from(value).abs()).fold(0.0, f64::max);
    if scale > 0.0 { difference / scale } else { difference }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_relative_to_the_largest_number_of_the_reference() {
        assert_eq!(error(&[1.0, -7.0, 0.5], &[1.0, -8.0, 0.0]), 0.125);
    }

    #[test]
    fn where_the_reference_is_0_throughout_the_error_is_the_difference() {
        assert_eq!(error(&[0.0, 0.0], &[0.0, 0.0]), 0.0);
        assert_eq!(error(&[0.0, -0.5], &[0.0, 0.0]), 0.5);
    }

    #[test]
    fn answers_that_are_not_numbers_or_too_few_are_infinitely_wrong() {
        assert_eq!(error(&[f32::NAN, 1.0], &[1.0, 1.0]), f64::MAX);
        assert_eq!(error(&[f32::INFINITY], &[1.0]), f64::MAX);
        assert_eq!(error(&[1.0], &[1.0, 1.0]), f64::MAX);
    }
}
