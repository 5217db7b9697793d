//! Every impossible network is answered with the layer, what was expected and what was got.

use convscope::error::ErrorCode;
use convscope::network::Network;
use convscope::spec::read::{Value, read};
use convscope::spec::{LIMITS, Spec, validate};
use wasm_bindgen_test::wasm_bindgen_test;

/// A spec with these layers on images of 1×28×28.
fn spec(layers: &str) -> Spec {
    serde_json::from_str(&format!(r#"{{ "input": [1, 28, 28], "layers": [{layers}] }}"#)).expect("a spec")
}

fn refusal(layers: &str) -> (ErrorCode, Option<usize>, String) {
    let spec = spec(layers);
    let error = validate(&spec).expect_err(layers);
    assert_eq!(Network::new(&spec).err(), Some(error.clone()), "nothing is built that validation refuses");
    (error.code, error.layer, error.message)
}

const FLAT: &str = r#"{"type":"flatten"},{"type":"dense","units":10}"#;

#[wasm_bindgen_test(unsupported = test)]
fn a_valid_network_is_summed_up_layer_by_layer() {
    let conv = r#"{"type":"conv2d","filters":8,"kernel_size":[5,5]},{"type":"relu"},{"type":"max_pool2d","kernel_size":[2,2],"stride":[2,2]}"#;
    let summary = validate(&spec(&format!("{conv},{FLAT}"))).expect("a valid spec");
    let shapes: Vec<&[usize]> = summary.layers.iter().map(|layer| &layer.shape[..]).collect();
    assert_eq!(shapes, [&[8, 24, 24][..], &[8, 24, 24], &[8, 12, 12], &[1152], &[10]]);
    assert_eq!(summary.parameters, 8 * 26 + 10 * 1153);
    assert_eq!(summary.multiply_adds, 8 * 24 * 24 * 25 + 10 * 1152);
    assert_eq!((summary.classes, summary.layers[0].kind), (10, "conv2d"));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_window_that_does_not_fit_names_its_layer_and_both_sizes() {
    let pool = r#"{"type":"max_pool2d","kernel_size":[14,14],"stride":[14,14]}"#;
    let conv = r#"{"type":"conv2d","filters":8,"kernel_size":[3,3]}"#;
    let (code, layer, message) = refusal(&format!("{pool},{conv},{FLAT}"));
    assert_eq!((code, layer), (ErrorCode::ImpossibleShape, Some(1)));
    assert!(message.contains("3×3") && message.contains("2×2"), "{message}");
}

#[wasm_bindgen_test(unsupported = test)]
fn layers_in_the_wrong_order_are_refused() {
    let cases = [
        (r#"{"type":"dense","units":10}"#.to_owned(), 0),
        (format!(r#"{FLAT},{{"type":"conv2d","filters":1,"kernel_size":[1,1]}}"#), 2),
        (format!(r#"{FLAT},{{"type":"avg_pool2d","kernel_size":[1,1],"stride":[1,1]}}"#), 2),
        (r#"{"type":"relu"}"#.to_owned(), 0),
        (r#"{"type":"flatten"},{"type":"dense","units":1}"#.to_owned(), 1),
    ];
    for (layers, layer) in cases {
        let (code, at, _) = refusal(&layers);
        assert_eq!((code, at), (ErrorCode::ImpossibleShape, Some(layer)), "{layers}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn numbers_out_of_range_are_refused_at_their_layer() {
    for layer in [
        r#"{"type":"conv2d","filters":0,"kernel_size":[3,3]}"#,
        r#"{"type":"conv2d","filters":513,"kernel_size":[3,3]}"#,
        r#"{"type":"conv2d","filters":1,"kernel_size":[0,3]}"#,
        r#"{"type":"conv2d","filters":1,"kernel_size":[3,65]}"#,
        r#"{"type":"conv2d","filters":1,"kernel_size":[3,3],"stride":[0,1]}"#,
        r#"{"type":"conv2d","filters":1,"kernel_size":[3,3],"padding":[0,65]}"#,
        r#"{"type":"conv2d","filters":1,"kernel_size":[3,3],"padding":[4294967295,4294967295]}"#,
        r#"{"type":"max_pool2d","kernel_size":[2,2],"stride":[2,2],"padding":[2,0]}"#,
        r#"{"type":"leaky_relu","slope":-0.1}"#,
        r#"{"type":"dropout","rate":1.0}"#,
    ] {
        let (code, at, message) = refusal(&format!(r#"{{"type":"tanh"}},{layer},{FLAT}"#));
        assert_eq!((code, at), (ErrorCode::OutOfRange, Some(1)), "{layer}");
        assert!(message.contains("Layer 2"), "{message}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn networks_that_would_exhaust_memory_are_refused_before_anything_is_allocated() {
    let wide = r#"{"type":"conv2d","filters":512,"kernel_size":[3,3],"padding":[1,1]}"#;
    for layers in [
        format!("{wide},{wide},{FLAT}"),
        r#"{"type":"flatten"},{"type":"dense","units":4096},{"type":"dense","units":4096}"#.to_owned(),
        r#"{"type":"conv2d","filters":512,"kernel_size":[1,1],"padding":[64,64]},"#.repeat(20) + FLAT,
    ] {
        let (code, at, _) = refusal(&layers);
        assert_eq!(code, ErrorCode::TooLarge, "{layers}");
        assert!(at.is_some());
    }
    let deep = format!("{}{FLAT}", r#"{"type":"relu"},"#.repeat(LIMITS.layers));
    assert_eq!(refusal(&deep).0, ErrorCode::OutOfRange);
    assert_eq!(refusal("").0, ErrorCode::OutOfRange);
}

#[wasm_bindgen_test(unsupported = test)]
fn settings_out_of_range_are_refused() {
    let dense = r#"{"type":"flatten"},{"type":"dense","units":10}"#;
    for (path, value) in [
        ("/seed", "9007199254740992"),
        ("/normalization/deviation", "0.0"),
        ("/training/batch_size", "0"),
        ("/training/batch_size", "4097"),
        ("/training/epochs", "0"),
        ("/training/optimizer/learning_rate", "-1.0"),
        ("/training/optimizer/momentum", "1.0"),
        ("/training/schedule", r#"{"type":"one_cycle","warmup":0.0}"#),
        ("/training/schedule", r#"{"type":"step","epochs":0,"factor":0.5}"#),
        ("/training/augmentation/scale", "1.0"),
        ("/initialization", r#"{"type":"normal","deviation":-1.0}"#),
    ] {
        let mut json = serde_json::to_value(spec(dense)).expect("plain data");
        *json.pointer_mut(path).expect(path) = serde_json::from_str(value).expect(value);
        let spec: Spec = serde_json::from_value(json).expect(path);
        assert_eq!(validate(&spec).err().map(|e| e.code), Some(ErrorCode::OutOfRange), "{path} = {value}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn nan_is_in_no_range() {
    let mut spec = spec(FLAT);
    spec.normalization.mean = f32::NAN;
    assert!(validate(&spec).is_err());
}

#[wasm_bindgen_test(unsupported = test)]
fn fields_and_types_that_no_spec_has_are_refused() {
    for json in [
        r#"{ "input": [1, 28, 28], "layers": [], "extra": 1 }"#,
        r#"{ "input": [1, 28], "layers": [] }"#,
        r#"{ "input": [1, 28, 28], "layers": [{ "type": "transformer" }] }"#,
        r#"{ "input": [1, 28, 28], "layers": [{ "type": "dense", "units": -1 }] }"#,
        r#"{ "input": [1, 28, 28], "layers": [{ "type": "dense" }] }"#,
    ] {
        assert!(serde_json::from_str::<Spec>(json).is_err(), "{json}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn read_says_what_is_wrong_with_the_form_of_a_layer_and_names_it() {
    let read_spec = |layer: &str| {
        let json = format!(r#"{{ "input": [1, 28, 28], "layers": [{{ "type": "relu" }}, {layer}] }}"#);
        read::<Spec>(&serde_json::from_str::<Value>(&json).expect("JSON"))
    };
    assert!(read_spec(r#"{ "units": 10, "type": "dense" }"#).is_ok(), "in any order");
    for (layer, said) in [
        (r#""relu""#, "expected an object; got the text “relu”"),
        (r#"{ "units": 10 }"#, "its field “type” is missing"),
        (r#"{ "type": 3 }"#, "; got 3"),
        (r#"{ "type": "const nt" }"#, "expected one of conv2d, relu, leaky_relu"),
        (r#"{ "type": "const nt" }"#, "; got “const nt”"),
        (r#"{ "type": "dense" }"#, "its field “units” is missing"),
        (r#"{ "type": "dense", "units": "ten" }"#, "a whole number from 0 to 4294967295; got the text “ten”"),
        (r#"{ "type": "dense", "units": -1 }"#, "a whole number from 0 to 4294967295; got -1"),
        (r#"{ "type": "dense", "units": 2.5 }"#, "a whole number from 0 to 4294967295; got 2.5"),
        (r#"{ "type": "dense", "units": 1e30 }"#, "a whole number from 0 to 4294967295; got 1e30"),
        (r#"{ "type": "dense", "units": 10, "unit": 1 }"#, "it has no field “unit”, only units"),
        (r#"{ "type": "dense", "units": 10, "units": 1 }"#, "its field “units” is there twice"),
        (r#"{ "type": "avg_pool2d", "kernel_size": [2], "stride": [1, 1] }"#, "a list of 2 numbers; got 1"),
        (r#"{ "type": "avg_pool2d", "kernel_size": [2, 2, 2], "stride": [1, 1] }"#, "a list of 2 numbers"),
    ] {
        let error = read_spec(layer).expect_err(layer);
        assert_eq!((error.code, error.layer), (ErrorCode::MalformedSpec, Some(1)), "{layer}: {error}");
        assert!(error.message.starts_with("Layer 2 is malformed: "), "{error}");
        assert!(error.message.contains(said), "{layer}: {error}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn read_names_the_setting_that_is_not_of_its_form() {
    for (extra, said) in [
        (
            r#""training": { "batch_size": 99999999999999999999 }"#,
            "“training.batch_size” is malformed: expected a whole number",
        ),
        (
            r#""training": { "optimizer": { "type": "sgd" } }"#,
            "“training.optimizer” is malformed: its field “learning_rate” is missing.",
        ),
        (
            r#""training": { "epoch": 3 }"#,
            "“training” is malformed: it has no field “epoch”, only batch_size",
        ),
        (
            r#""seed": "seven""#,
            "“seed” is malformed: expected a whole number from 0 to 9007199254740991; got the text “seven”.",
        ),
        (
            r#""normalization": { "mean": true, "deviation": 1 }"#,
            "“normalization.mean” is malformed: expected a number; got true.",
        ),
        (r#""sed": 7"#, "This is malformed: it has no field “sed”, only input, layers"),
    ] {
        let json = format!(r#"{{ "input": [1, 28, 28], "layers": [], {extra} }}"#);
        let error = read::<Spec>(&serde_json::from_str::<Value>(&json).expect("JSON")).expect_err(extra);
        assert!(error.message.starts_with(said), "{error}");
        assert_eq!(error.layer, None);
    }
}
