//! The engine as JavaScript sees it: convert, call, convert back. Nothing is computed here.

mod clock;
mod convert;
mod facts;
mod helper;
mod images;
mod probe;
mod session;
mod teach;
mod trace;

use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode, Result};
use crate::spec::{self, LIMITS};
use convert::{read, write};

/// Runs once when the module is loaded: panics then say where they happened.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// The engine's version and the instructions it uses, such as `0.1.0 simd128`.
#[wasm_bindgen]
pub fn version() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), crate::kernels::NAME)
}

/// An unpredictable seed, of at most nine digits: easy to read out and to type.
#[wasm_bindgen(js_name = freshSeed)]
pub fn fresh_seed() -> Result<f64> {
    let random = getrandom::u64().map_err(|error| {
        Error::new(ErrorCode::NotReady, format!("The browser has no random numbers: {error}."))
    })?;
    Ok((random % 1_000_000_000).min(LIMITS.seed) as f64)
}

/// What the page must know of the engine before there is a run.
#[wasm_bindgen]
pub fn facts() -> JsValue {
    write(&facts::FACTS)
}

/// The filters of a layer of a checkpoint, in PyTorch's layout.
#[wasm_bindgen(js_name = checkpointFilters)]
pub fn checkpoint_filters(bytes: &[u8], layer: usize) -> Result<Vec<f32>> {
    crate::trainer::checkpoint_filters(bytes, layer)
}

/// A checkpoint of a run of a spec that begins with all weights 0: what a spec is to those that read checkpoints.
#[wasm_bindgen(js_name = emptyCheckpoint)]
pub fn empty_checkpoint(spec: JsValue) -> Result<Vec<u8>> {
    let spec = read(spec)?;
    let parameters = spec::validate(&spec)?.parameters;
    Ok(crate::trainer::new_checkpoint_of(&spec, &vec![0.0; parameters]))
}

/// Checks a spec and returns its summary.
#[wasm_bindgen]
pub fn validate(spec: JsValue) -> Result<JsValue> {
    Ok(write(&spec::validate(&read(spec)?)?))
}

/// Checks the engine against one file of reference answers.
#[cfg(feature = "reference")]
#[wasm_bindgen(js_name = checkReference)]
pub fn check_reference(bytes: &[u8]) -> Result<JsValue> {
    Ok(write(&crate::reference::check(bytes)?))
}
