use js_sys::{Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode};

/// A JavaScript `Error` with the message, and with `code` and `layer` beside it.
pub fn into_js_error(error: Error) -> JsValue {
    let js = js_sys::Error::new(&error.message);
    let code = serde_wasm_bindgen::to_value(&error.code).unwrap_or(JsValue::NULL);
    let layer = error.layer.map_or(JsValue::NULL, |layer| JsValue::from_f64(layer as f64));
    // Setting a property of an ordinary, fresh object cannot fail.
    let _ = Reflect::set(&js, &"code".into(), &code);
    let _ = Reflect::set(&js, &"layer".into(), &layer);
    js.into()
}

/// A plain JavaScript object as a Rust value; its form is checked.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let message = format!("This is not of the form it should have: {error}.");
        into_js_error(Error::new(ErrorCode::MalformedSpec, message))
    })
}

/// A Rust value as a plain JavaScript object: no `Map`, no `BigInt`, `null` for `None`.
pub fn write<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// The first `length` bytes of `buffer`.
pub fn read_bytes(buffer: &Uint8Array, length: usize, bytes: &mut Vec<u8>) -> Result<(), JsValue> {
    check_room(buffer, length)?;
    bytes.resize(length, 0);
    buffer.subarray(0, length as u32).copy_to(bytes);
    Ok(())
}

/// Writes to the start of `buffer`; gives the number of bytes.
pub fn write_bytes(buffer: &Uint8Array, bytes: &[u8]) -> Result<usize, JsValue> {
    check_room(buffer, bytes.len())?;
    buffer.subarray(0, bytes.len() as u32).copy_from(bytes);
    Ok(bytes.len())
}

fn check_room(buffer: &Uint8Array, length: usize) -> Result<(), JsValue> {
    if length <= buffer.length() as usize {
        return Ok(());
    }
    let message = format!("A buffer of {length} bytes was expected, but it has {}.", buffer.length());
    Err(into_js_error(Error::new(ErrorCode::ImpossibleShape, message)))
}
