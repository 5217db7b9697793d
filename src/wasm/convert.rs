use js_sys::{Array, Number, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode, Result};
use crate::spec::read::{self, Value};

impl From<Error> for JsValue {
    /// A JavaScript `Error` with the message, and with `code` and `layer` beside it.
    fn from(error: Error) -> Self {
        let layer = error.layer.map_or(JsValue::NULL, |layer| JsValue::from_f64(layer as f64));
        let fields = [("code", write(&error.code)), ("layer", layer)];
        with_fields(js_sys::Error::new(&error.message).into(), fields)
    }
}

/// A plain JavaScript object as a Rust value; its form is checked.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T> {
    let message = "This is malformed: it contains something that is not plain data.";
    let value = plain_data(&value, 0).ok_or_else(|| Error::new(ErrorCode::MalformedSpec, message))?;
    read::read(&value)
}

/// Objects may be nested as deeply as this, which is deeper than any spec and guards against cycles.
const DEEPEST: usize = 16;

fn plain_data(value: &JsValue, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    if value.is_null() || value.is_undefined() {
        Some(Value::Null)
    } else if let Some(value) = value.as_bool() {
        Some(Value::Bool(value))
    } else if let Some(number) = value.as_f64() {
        let whole = Number::is_safe_integer(value);
        Some(if whole { Value::Signed(number as i64) } else { Value::Float(number) })
    } else if let Some(text) = value.as_string() {
        Some(Value::Text(text))
    } else if let Some(items) = value.dyn_ref::<Array>() {
        items.iter().map(|item| plain_data(&item, depth + 1)).collect::<Option<_>>().map(Value::List)
    } else if value.is_object() {
        let field = |entry: JsValue| {
            let entry = entry.unchecked_into::<Array>();
            Some((entry.get(0).as_string()?, plain_data(&entry.get(1), depth + 1)?))
        };
        Object::entries(value.unchecked_ref()).iter().map(field).collect::<Option<_>>().map(Value::Object)
    } else {
        None
    }
}

/// A Rust value as a plain JavaScript object: no `Map`, no `BigInt`, `null` for `None`.
pub fn write<T: Serialize>(value: &T) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("plain data")
}

/// An object with more fields beside those that it has.
pub fn with_fields<const N: usize>(object: JsValue, fields: [(&str, JsValue); N]) -> JsValue {
    for (name, value) in fields {
        // Setting a property of an ordinary, fresh object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}

/// The first `length` bytes of `buffer`.
pub fn read_bytes(buffer: &Uint8Array, length: usize, bytes: &mut Vec<u8>) -> Result<()> {
    check_len(buffer, length)?;
    bytes.resize(length, 0);
    buffer.subarray(0, length as u32).copy_to(bytes);
    Ok(())
}

/// Writes to the start of `buffer`; returns the number of bytes.
pub fn write_bytes(buffer: &Uint8Array, bytes: &[u8]) -> Result<usize> {
    check_len(buffer, bytes.len())?;
    buffer.subarray(0, bytes.len() as u32).copy_from(bytes);
    Ok(bytes.len())
}

fn check_len(buffer: &Uint8Array, length: usize) -> Result<()> {
    if length <= buffer.length() as usize {
        return Ok(());
    }
    let message = format!("Expected a buffer of {length} bytes; got one of {}.", buffer.length());
    Err(Error::new(ErrorCode::ImpossibleShape, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Split;
    use crate::spec::{Optimizer, Spec};
    use wasm_bindgen_test::wasm_bindgen_test;

    const SPEC: &str = r#"{ "input": [1, 28, 28],
        "layers": [{ "type": "flatten" }, { "units": 10, "type": "dense" }],
        "training": { "optimizer": { "type": "adam", "learning_rate": 0.1, "betas": [0.5, 0.9] } } }"#;

    fn javascript(json: &str) -> JsValue {
        js_sys::JSON::parse(json).expect("JSON")
    }

    #[wasm_bindgen_test]
    fn a_spec_in_javascript_is_read_as_the_same_in_json() {
        let spec: Spec = read(javascript(SPEC)).expect("a spec");
        assert_eq!(spec, serde_json::from_str(SPEC).expect("a spec"));
        assert_eq!(read::<Spec>(write(&spec)).expect("a spec"), spec);
        assert_eq!(read::<Split>("test".into()).expect("a split"), Split::Test);
    }

    #[wasm_bindgen_test]
    fn read_keeps_numbers_that_json_does_not_have() {
        let optimizer = javascript(r#"{ "type": "sgd" }"#);
        Reflect::set(&optimizer, &"learning_rate".into(), &f64::NAN.into()).expect("an object");
        let Optimizer::Sgd { learning_rate, .. } = read(optimizer).expect("an optimizer") else { panic!() };
        assert!(learning_rate.is_nan());
    }

    #[wasm_bindgen_test]
    fn read_refuses_cycles_and_what_is_not_plain_data() {
        let circle = javascript(SPEC);
        Reflect::set(&circle, &"layers".into(), &circle).expect("an object");
        let function = javascript(SPEC);
        Reflect::set(&function, &"seed".into(), &js_sys::Function::new_no_args("").into())
            .expect("an object");
        for value in [circle, function] {
            let Error { message, .. } = read::<Spec>(value).expect_err("no spec");
            assert!(message.contains("not plain data"), "{message}");
        }
        let Error { message, .. } = read::<Spec>(javascript(r#"{ "input": [1, 28] }"#)).expect_err("no spec");
        assert!(message.contains("expected a list of 3 numbers; got 2"), "{message}");
    }
}
