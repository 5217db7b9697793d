use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::network::{Network, Parameter, parameters_of};
use crate::shape::Shape;
use crate::spec::read::{Value, read};
use crate::spec::{Spec, Summary, validate};
use crate::trainer::images::Normalizer;
use crate::trainer::{checkpoint_network, checkpoint_weights};

/// Of what files say.
const VERSION: u32 = 1;

/// A trained network on its way out: all that its files hold. It is not a [`Network`], which can compute: the page's
/// module of formats does not need that, and is smaller without.
#[derive(Clone, Debug)]
pub struct Model {
    spec: Spec,
    summary: Summary,
    parameters: Arc<[Parameter]>,
    /// In the order of [`Network::weights`].
    weights: Vec<f32>,
    classes: Vec<String>,
    link: String,
    proofs: Vec<Proof>,
    /// What files say about themselves: the JSON of [`Said`].
    said: String,
}

/// What is said about a network beside its numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// The names of the classes, in order; empty where they are only numbered.
    pub classes: Vec<String>,
    /// The receipt of the run, as JSON: what its steps were made with.
    pub receipt: String,
    /// A link that repeats the run.
    pub link: String,
}

/// An image, and what the network makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// 0 to 255, channel by channel, row by row.
    pub pixels: Vec<u8>,
    /// One for each class.
    pub logits: Vec<f32>,
}

impl Model {
    /// The network of a checkpoint, with a proof for each of `images`, which hold one byte a pixel.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if the bytes are not a checkpoint, [`ErrorCode::ImpossibleShape`] if `images` are
    /// not whole images of its input.
    pub fn of_checkpoint(checkpoint: &[u8], about: About, images: &[u8]) -> Result<Self> {
        let (spec, network) = checkpoint_network(checkpoint)?;
        Self::new(spec, network, about, images)
    }

    /// The `network` of `spec`, with a proof for each of `images`, which hold one byte a pixel.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if `images` are not whole images of its input.
    pub fn new(spec: Spec, mut network: Network, about: About, images: &[u8]) -> Result<Self> {
        let pixels: usize = spec.input.iter().product();
        if !images.len().is_multiple_of(pixels) {
            let message =
                format!("The images of a proof need {pixels} bytes each; got {} bytes in all.", images.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        let normalizer = Normalizer::new(&spec);
        let proofs = images.chunks_exact(pixels).map(|pixels| {
            let mut image = vec![0.0; pixels.len()];
            normalizer.apply(&mut image, pixels);
            let logits = network.trace(&image, Mode::Inference)?.logits().to_vec();
            Ok(Proof { pixels: pixels.to_vec(), logits })
        });
        let proofs = proofs.collect::<Result<_>>()?;
        let mut model = Self::of_weights(spec, network.weights().to_vec(), &about, proofs)?;
        model.said = json(&Said {
            version: VERSION,
            spec: model.spec.clone(),
            classes: model.classes.clone(),
            proof: model.proofs.clone(),
            receipt: about.receipt,
            link: about.link,
        })?;
        Ok(model)
    }

    /// The network of a checkpoint, with proofs that were made elsewhere, and what files are to say about
    /// themselves: the JSON of [`Said`], written elsewhere too. The page's module of formats has no specs as JSON.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if the bytes are not a checkpoint, [`ErrorCode::ImpossibleShape`] if a proof does not
    /// fit the network.
    pub fn as_said(checkpoint: &[u8], about: &About, proofs: Vec<Proof>, said: String) -> Result<Self> {
        let (spec, weights) = checkpoint_weights(checkpoint)?;
        Ok(Self { said, ..Self::of_weights(spec, weights, about, proofs)? })
    }

    fn of_weights(spec: Spec, weights: Vec<f32>, about: &About, proofs: Vec<Proof>) -> Result<Self> {
        let (summary, parameters) = (validate(&spec)?, parameters_of(&spec)?);
        let [pixels, classes] = [spec.input.iter().product(), summary.classes];
        for proof in &proofs {
            let got = [proof.pixels.len(), proof.logits.len()];
            if got != [pixels, classes] {
                let message = format!(
                    "A proof needs {pixels} pixels and {classes} logits; got {} and {}.",
                    got[0], got[1]
                );
                return Err(Error::new(ErrorCode::ImpossibleShape, message));
            }
        }
        let named = |class: usize| about.classes.get(class).cloned().unwrap_or_else(|| class.to_string());
        let classes = (0..classes).map(named).collect();
        let link = about.link.clone();
        Ok(Self { spec, summary, parameters, weights, classes, link, proofs, said: String::new() })
    }

    /// The spec that the network was built from.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The network, built again.
    pub fn network(&self) -> Network {
        let Ok(mut network) = Network::new(&self.spec) else { unreachable!("the spec has been validated") };
        network.update_weights(|weights| weights.copy_from_slice(&self.weights));
        network
    }

    /// How many channels, or units, the layer at `index` takes.
    pub(super) fn inputs(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(self.spec.input[0], |before| self.output(before).channels())
    }

    /// The shape of what the layer at `index` gives.
    pub(super) fn output(&self, index: usize) -> Shape {
        self.summary.layers[index].output
    }

    /// The proofs.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// The names of the classes: those given, or their numbers.
    pub fn classes(&self) -> Vec<String> {
        self.classes.clone()
    }

    /// A link that repeats the run; empty where there is none.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Each parameter's name, shape and numbers, in PyTorch's order.
    pub fn tensors(&self) -> impl Iterator<Item = (&str, &[usize], Vec<f32>)> {
        self.parameters.iter().map(|each| (each.name(), each.dims(), each.export(&self.weights)))
    }

    /// What a file says about itself, beside its numbers: the JSON of [`Said`].
    pub fn said(&self) -> &str {
        &self.said
    }
}

/// What each file says about its network, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Of this form.
    pub version: u32,
    /// The spec that the network was built from.
    pub spec: Spec,
    /// The names of the classes, in order.
    pub classes: Vec<String>,
    /// Images with their logits, to check the network against.
    pub proof: Vec<Proof>,
    /// The receipt of the run, as JSON; empty where there is none.
    #[serde(default)]
    pub receipt: String,
    /// A link that repeats the run; empty where there is none.
    #[serde(default)]
    pub link: String,
}

impl Said {
    /// From what a file says. It is read as all specs are, so that a refusal names the layer.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::MalformedSpec`] if it is anything else.
    pub(super) fn read(text: &str) -> Result<Self> {
        let value = serde_json::from_str(text).map_err(|error| {
            Error::new(
                ErrorCode::MalformedSpec,
                format!("What the file says about itself is not JSON: {error}."),
            )
        })?;
        read(&plain(value))
    }
}

fn plain(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Value::Unsigned(number),
            (None, Some(number)) => Value::Signed(number),
            (None, None) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(plain).collect()),
        serde_json::Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
    }
}

/// JSON of plain data.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(ErrorCode::MalformedSpec, format!("This cannot be written as JSON: {error}."))
    })
}
