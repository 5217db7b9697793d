//! How a spec, or a part of it, is read from outside input: JSON or JavaScript. An error says
//! what was expected, what was got, and in which layer.
//!
//! This is the one room whose design depends on the download's size. serde's derives do the reading, but from
//! [`Value`] and with an error type of our own, because serde's reader of JavaScript objects
//! (`serde_wasm_bindgen::from_value`) follows cycles forever, speaks of `usize` and "variant
//! identifier", and makes the engine 6 KB larger (gzipped, of 143). Enums that are told apart by a field `type` are read by
//! tables (`Variant`): serde's derive makes code for each of them anew, 17 KB in all. Numbers in sentences are written by
//! `Decimal`: the standard library's exact floats would be another 9 KB.

mod decimal;
mod malformed;
mod tagged;
mod value;

use serde::Deserialize;

use crate::error::Result;
pub(crate) use decimal::Decimal;
pub(super) use malformed::Malformed;
pub(super) use tagged::{Fields, Variant, read_tagged};
pub use value::Value;

/// A spec, or a part of it, from a value.
///
/// # Errors
///
/// [`ErrorCode::MalformedSpec`](crate::error::ErrorCode::MalformedSpec), with the layer if it is in one.
pub fn read<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T> {
    T::deserialize(value).map_err(malformed::Malformed::into_error)
}
