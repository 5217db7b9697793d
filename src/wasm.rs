//! The engine as JavaScript sees it: convert, call, convert back. Nothing is computed here.

mod clock;
mod convert;
mod facts;
mod helper;
mod images;
mod probe;
mod session;
mod trace;

use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode};
use crate::spec::{self, LIMITS};
use convert::{into_js_error, read, write};

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
pub fn fresh_seed() -> Result<f64, JsValue> {
    let random = getrandom::u64().map_err(|error| {
        into_js_error(Error::new(ErrorCode::NotReady, format!("The browser has no random numbers: {error}.")))
    })?;
    Ok((random % 1_000_000_000).min(LIMITS.seed) as f64)
}

/// What the page must know of the engine before there is a run.
#[wasm_bindgen]
pub fn facts() -> Result<JsValue, JsValue> {
    write(&facts::FACTS)
}

/// The filters of a layer of a checkpoint, in PyTorch's layout.
#[wasm_bindgen(js_name = checkpointFilters)]
pub fn checkpoint_filters(bytes: &[u8], layer: usize) -> Result<Vec<f32>, JsValue> {
    crate::trainer::checkpoint_filters(bytes, layer).map_err(into_js_error)
}

/// Checks a spec and returns its summary.
#[wasm_bindgen]
pub fn validate(spec: JsValue) -> Result<JsValue, JsValue> {
    write(&spec::validate(&read(spec)?).map_err(into_js_error)?)
}

/// Checks the engine against one file of reference answers.
#[cfg(feature = "reference")]
#[wasm_bindgen(js_name = checkReference)]
pub fn check_reference(bytes: &[u8]) -> Result<JsValue, JsValue> {
    write(&crate::reference::check(bytes).map_err(into_js_error)?)
}
