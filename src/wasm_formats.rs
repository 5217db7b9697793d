//! The formats as JavaScript sees them. The page fetches this module when a network is taken away or brought in, so
//! that the engine's own download does not grow. Networks are checkpoints here, because the engine reads and writes
//! them: to read and write specs as JSON takes much code.

use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode, Result};
use crate::formats::{self, About, Contents, Form, Model, Proof, json};
use crate::trainer::{checkpoint_weights, new_checkpoint_of};

impl From<Error> for JsValue {
    /// A JavaScript `Error` with the message, and with `code` beside it.
    fn from(error: Error) -> Self {
        let thrown = js_sys::Error::new(&error.message).into();
        let code = json(&error.code).unwrap_or_default();
        // Setting a property of an ordinary, fresh object cannot fail.
        let _ = js_sys::Reflect::set(&thrown, &"code".into(), &code.trim_matches('"').into());
        thrown
    }
}

/// The file of a checkpoint's network in a form: `onnx`, `safetensors`, `pytorch`, `notebook`, `html` or `npz`. `said`
/// is what it says about itself, as JSON. Of the proof's images, one after the other, `pixels` holds one byte a pixel
/// and `logits` what the engine found for them.
#[wasm_bindgen(js_name = exportNetwork)]
pub fn export_network(
    form: &str,
    checkpoint: &[u8],
    said: String,
    classes: Vec<String>,
    link: String,
    pixels: &[u8],
    logits: &[f32],
) -> Result<Vec<u8>> {
    let form = Form::ALL.into_iter().find(|each| each.name() == form).ok_or_else(|| {
        Error::new(ErrorCode::NotFound, format!("There is no form “{form}” that a network is written in."))
    })?;
    let images = logits.len() / classes.len().max(1);
    let proofs =
        (pixels.chunks((pixels.len() / images.max(1)).max(1)).zip(logits.chunks(classes.len().max(1))))
            .map(|(pixels, logits)| Proof { pixels: pixels.to_vec(), logits: logits.to_vec() });
    let about = About { classes, link, ..About::default() };
    formats::export(form, &Model::as_said(checkpoint, &about, proofs.collect(), said)?)
}

/// What a file says about itself, as JSON that has not been checked; undefined if it is not one of ours.
#[wasm_bindgen(js_name = saidBy)]
pub fn said_by(bytes: &[u8]) -> Result<Option<String>> {
    formats::said(bytes)
}

/// A network that was read from a file.
#[wasm_bindgen]
pub struct ImportedNetwork(Contents);

#[wasm_bindgen]
impl ImportedNetwork {
    /// The network of an ONNX or safetensors file. `own` is a checkpoint with the spec that the file says it has; what
    /// it does not say is that of `on_screen`, a checkpoint too.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], own: Option<Vec<u8>>, on_screen: &[u8]) -> Result<ImportedNetwork> {
        let own = own.map(|own| checkpoint_weights(&own)).transpose()?.map(|(spec, _)| spec);
        let (on_screen, _) = checkpoint_weights(on_screen)?;
        Ok(Self(formats::read(bytes, own, &on_screen)?))
    }

    /// A checkpoint of a run that begins with it.
    pub fn checkpoint(&self) -> Vec<u8> {
        new_checkpoint_of(&self.0.spec, &self.0.weights)
    }

    /// Of each parameter its name, that of its tensor in the file, and the shape of both, as JSON.
    pub fn matches(&self) -> Result<String> {
        json(&self.0.matches)
    }
}
