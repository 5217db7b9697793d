use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::network::Network;
use crate::spec::Spec;
use crate::spec::read::{Value, read};
use crate::trainer::checkpoint_network;
use crate::trainer::images::Normalizer;

/// Of what files say.
const VERSION: u32 = 1;

/// A trained network on its way out: all that its files hold.
#[derive(Clone, Debug)]
pub struct Model {
    spec: Spec,
    network: Network,
    about: About,
    proofs: Vec<Proof>,
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
        Ok(Self { spec, network, about, proofs })
    }

    /// The spec that the network was built from.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The proofs.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// The names of the classes: those given, or their numbers.
    pub fn classes(&self) -> Vec<String> {
        let given = &self.about.classes;
        (0..self.network.classes())
            .map(|class| given.get(class).cloned().unwrap_or_else(|| class.to_string()))
            .collect()
    }

    /// A link that repeats the run; empty where there is none.
    pub fn link(&self) -> &str {
        &self.about.link
    }

    /// Each parameter's name, shape and numbers, in PyTorch's order.
    pub fn tensors(&self) -> impl Iterator<Item = (&str, &[usize], Vec<f32>)> {
        let weights = self.network.weights();
        self.network.parameters().iter().map(|each| (each.name(), each.dims(), each.export(weights)))
    }

    /// What a file says about itself, beside its numbers.
    pub fn said(&self) -> Said {
        let About { receipt, link, .. } = self.about.clone();
        Said {
            version: VERSION,
            spec: self.spec.clone(),
            classes: self.classes(),
            proof: self.proofs.clone(),
            receipt,
            link,
        }
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
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| {
            Error::new(
                ErrorCode::MalformedSpec,
                format!("What the file says about itself is no JSON: {error}."),
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
pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::new(ErrorCode::MalformedSpec, format!("This cannot be written as JSON: {error}."))
    })
}
