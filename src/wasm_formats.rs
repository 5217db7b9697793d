//! The formats as JavaScript sees them. The page fetches this module when a network is taken away or brought in, so
//! that the engine's own download does not grow.

use wasm_bindgen::prelude::*;

use crate::error::Result;
use crate::formats::{self, Imported, Model};
use crate::js::read;
use crate::trainer::new_checkpoint;

/// Runs once when the module is loaded: panics then say where they happened.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// The file of a checkpoint's network in a form: `onnx`, `safetensors`, `pytorch`, `notebook`, `html` or `npz`.
/// `about` is what is said beside the numbers, `images` one byte a pixel for the proof.
#[wasm_bindgen(js_name = exportNetwork)]
pub fn export_network(form: JsValue, checkpoint: &[u8], about: JsValue, images: &[u8]) -> Result<Vec<u8>> {
    formats::export(read(form)?, &Model::of_checkpoint(checkpoint, read(about)?, images)?)
}

/// A network that was read from a file.
#[wasm_bindgen]
pub struct ImportedNetwork(Imported);

#[wasm_bindgen]
impl ImportedNetwork {
    /// The network of an ONNX or safetensors file; what it does not say is that of the spec `on_screen`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], on_screen: JsValue) -> Result<ImportedNetwork> {
        Ok(Self(formats::import(bytes, &read(on_screen)?)?))
    }

    /// A checkpoint of a run that begins with it.
    pub fn checkpoint(&self) -> Vec<u8> {
        new_checkpoint(&self.0.spec, &self.0.network)
    }

    /// Of each parameter its name, the name of the tensor it came from, and the shape of both, as JSON.
    pub fn matches(&self) -> Result<String> {
        formats::json(&self.0.matches)
    }
}
