use js_sys::{Float32Array, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode, Result};
use crate::inquiry::{Frozen, Off, Progress, Reading};
use crate::spec::LIMITS;

impl From<Error> for JsValue {
    /// A JavaScript `Error` with the message, and with `code` beside it.
    fn from(error: Error) -> Self {
        let code = serde_wasm_bindgen::to_value(&error.code).unwrap_or_default();
        let thrown: JsValue = js_sys::Error::new(&error.message).into();
        set(&thrown, "code", code);
        thrown
    }
}

fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // Setting a property of an ordinary, fresh object cannot fail.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// A plain object.
pub fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

/// `{ done, of }`.
pub fn progress(Progress { done, of }: Progress) -> JsValue {
    object([("done", done.into()), ("of", of.into())])
}

/// A `Float32Array`.
pub fn floats(values: &[f32]) -> JsValue {
    Float32Array::from(values).into()
}

/// A `Uint8Array`.
pub fn bytes(values: &[u8]) -> JsValue {
    Uint8Array::from(values).into()
}

/// A `Uint32Array`.
pub fn counts(values: &[u32]) -> JsValue {
    Uint32Array::from(values).into()
}

/// `{ logits, probabilities }`.
pub fn reading(Reading { logits, probabilities }: &Reading) -> JsValue {
    object([("logits", floats(logits)), ("probabilities", floats(probabilities))])
}

/// What a channel that is off says: 0 or 1.
pub fn frozen(to: u32) -> Result<Frozen> {
    match to {
        0 => Ok(Frozen::Zero),
        1 => Ok(Frozen::Mean),
        _ => Err(out_of_range(&format!("A channel is off at 0 (zero) or 1 (its mean); got {to}."))),
    }
}

/// Three numbers each: layer, channel, and what it says.
pub fn channels_off(off: &[u32]) -> Result<Vec<Off>> {
    let (channels, rest) = off.as_chunks();
    if !rest.is_empty() {
        return Err(out_of_range("A channel that is off takes three numbers: layer, channel, 0 or 1."));
    }
    let channel = |&[layer, channel, to]: &[u32; 3]| {
        Ok(Off { layer: layer as usize, channel: channel as usize, to: frozen(to)? })
    };
    channels.iter().map(channel).collect()
}

/// A seed, which is a number in JavaScript.
pub fn seed(seed: f64) -> Result<u64> {
    if (0.0..=LIMITS.seed as f64).contains(&seed) && seed.fract() == 0.0 {
        return Ok(seed as u64);
    }
    Err(out_of_range(&format!("A seed must be a whole number from 0 to {}; got {seed}.", LIMITS.seed)))
}

#[cold]
pub fn out_of_range(message: &str) -> Error {
    Error::new(ErrorCode::OutOfRange, message)
}
