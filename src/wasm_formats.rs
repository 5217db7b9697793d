//! The formats as JavaScript sees them. The page fetches this module when a network is taken away or brought in, so
//! that the engine's own download does not grow.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::error::Result;
use crate::formats::{self, Imported, Match, Model};
use crate::js::{read, with_fields, write};
use crate::spec::Spec;
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

#[derive(Serialize)]
struct JsImported {
    spec: Spec,
    matches: Vec<Match>,
}

/// The network of an ONNX or safetensors file: its `spec`, its `matches`, and a `checkpoint` to go on from.
#[wasm_bindgen(js_name = importNetwork)]
pub fn import_network(bytes: &[u8], on_screen: JsValue) -> Result<JsValue> {
    let Imported { spec, network, matches } = formats::import(bytes, &read(on_screen)?)?;
    let checkpoint = js_sys::Uint8Array::from(&*new_checkpoint(&spec, &network));
    Ok(with_fields(write(&JsImported { spec, matches }), [("checkpoint", checkpoint.into())]))
}
