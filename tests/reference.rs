//! The engine against answers computed elsewhere in 64 bits; natively, and as wasm in a browser.

use convscope::error::ErrorCode;
use convscope::reference::{Kind, Report, check};
use wasm_bindgen_test::wasm_bindgen_test;

/// The largest error allowed, relative to the largest number of each tensor.
const TOLERANCE: f64 = 1e-4;

/// One test for each file: the sentence is its name.
macro_rules! references {
    ($($test:ident: $file:literal, $kind:ident;)*) => {$(
        #[wasm_bindgen_test(unsupported = test)]
        fn $test() {
            let report = check(include_bytes!(concat!("reference/", $file, ".safetensors"))).unwrap();
            assert_eq!(report.kind, Kind::$kind);
            assert!(report.worst() < TOLERANCE, "{}: {report}", report.note);
        }
    )*};
}

references! {
    the_smallest_network_has_the_reference_gradients: "seed_net", Gradients;
    two_convolutions_have_the_reference_gradients: "codelab_net", Gradients;
    many_filters_have_the_reference_gradients: "keras_net", Gradients;
    unequal_strides_and_paddings_have_the_reference_gradients: "stride_and_padding", Gradients;
    overlapping_padded_pools_have_the_reference_gradients: "overlapping_pool", Gradients;
    tanh_and_average_pools_have_the_reference_gradients: "average_pool", Gradients;
    a_network_without_convolution_has_the_reference_gradients: "leaky_mlp", Gradients;
    a_single_image_has_the_reference_gradients: "single_image", Gradients;
    gelu_after_a_convolution_and_a_dense_layer_has_the_reference_gradients: "gelu_net", Gradients;
    sgd_with_momentum_arrives_at_the_reference_weights: "train_sgd_momentum", Training;
    nesterov_with_weight_decay_arrives_at_the_reference_weights: "train_sgd_nesterov_decay", Training;
    adam_arrives_at_the_reference_weights: "train_adam", Training;
    adamw_arrives_at_the_reference_weights: "train_adamw", Training;
}

const SMALL: &[u8] = include_bytes!("reference/leaky_mlp.safetensors");
const RUN: &[u8] = include_bytes!("reference/train_adamw.safetensors");

/// The place in `bytes` of the first number of the tensor `name`.
fn start_of(bytes: &[u8], name: &str) -> usize {
    let header = 8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    let json: serde_json::Value = serde_json::from_slice(&bytes[8..header]).unwrap();
    header + json[name]["data_offsets"][0].as_u64().unwrap() as usize
}

/// `bytes` with the first number of the tensor `name` changed.
fn with_number(bytes: &[u8], name: &str, change: impl Fn(f32) -> f32) -> Vec<u8> {
    let (mut bytes, at) = (bytes.to_vec(), start_of(bytes, name));
    let number = f32::from_le_bytes(*bytes[at..].first_chunk().unwrap());
    bytes[at..at + 4].copy_from_slice(&change(number).to_le_bytes());
    bytes
}

/// `bytes` with the first `old` of its header replaced by `new`.
fn with_header(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    let length = 8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    let header = std::str::from_utf8(&bytes[8..length]).unwrap();
    assert!(header.contains(old), "{header}");
    let header = header.replacen(old, new, 1);
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &bytes[length..]].concat()
}

fn check_with_number(bytes: &[u8], name: &str) -> Report {
    check(&with_number(bytes, name, |number| number + 1.0)).unwrap()
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wrong_number_anywhere_in_a_reference_shows_where_it_is() {
    let good = |error: Option<f64>| error.unwrap() < TOLERANCE;
    for (name, right) in [
        ("loss", [true, false, true, true]),
        ("logits", [false, true, true, true]),
        ("act.1", [true, true, false, true]),
        ("act.5", [true, true, false, true]),
        ("grad.input", [true, true, true, false]),
        ("grad.3.bias", [true, true, true, false]),
        ("grad.5.weight", [true, true, true, false]),
        ("1.bias", [false, false, false, false]),
        ("input", [false, false, false, false]),
    ] {
        let Report { logits, loss, activations, gradients, .. } = check_with_number(SMALL, name);
        assert_eq!([logits, loss, activations, gradients].map(good), right, "{name}");
    }
    for (name, right) in
        [("losses", [false, true]), ("final.5.bias", [true, false]), ("0.bias", [false, false])]
    {
        let Report { loss, weights, .. } = check_with_number(RUN, name);
        assert_eq!([loss, weights].map(good), right, "{name}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn another_rule_or_rate_of_training_is_noticed() {
    for (old, new) in [(r#"\"lr\": 0.003"#, r#"\"lr\": 0.0031"#), ("adamw", "adam"), ("0.05", "0.04")] {
        let report = check(&with_header(RUN, old, new)).unwrap();
        assert!(report.worst() > TOLERANCE, "{new}: {report}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_report_reads_as_one_line_of_errors() {
    let none = None;
    let report = Report {
        note: "n".into(),
        kind: Kind::Training,
        logits: none,
        loss: Some(2e-7),
        activations: none,
        gradients: none,
        weights: Some(1.5e-6),
    };
    assert_eq!(report.to_string(), "loss 2.0e-7  weights 1.5e-6");
    assert_eq!(report.worst(), 1.5e-6);
}

fn refusal(bytes: &[u8]) -> (ErrorCode, String) {
    let error = check(bytes).expect_err("this file is bad");
    (error.code, error.message)
}

#[wasm_bindgen_test(unsupported = test)]
fn check_refuses_files_that_are_not_references_with_the_reason() {
    for (bytes, reason) in [
        (vec![], "its header is wrong"),
        (b"PK\x03\x04\0\0\0\0{}".to_vec(), "is too large: its header has"),
        (SMALL[..SMALL.len() - 1].to_vec(), "its header is wrong"),
        ([SMALL, b"x"].concat(), "its header is wrong"),
        (with_header(SMALL, "\"spec\"", "\"spek\""), "its metadata have no \"spec\""),
        (
            with_header(SMALL, "leaky_relu", "sneaky_relu"),
            "its spec is wrong: expected one of conv2d, relu, leaky_relu,",
        ),
        (with_header(SMALL, "\"loss\"", "\"boss\""), "it has no tensor \"loss\""),
        (with_header(SMALL, "\"act.3\"", "\"act.9\""), "it has no tensor \"act.3\""),
        (
            with_header(SMALL, "[7,1,8,8]", "[7,1,4,16]"),
            "should be F32 [7, 1, 8, 8], but is F32 [7, 1, 4, 16]",
        ),
        (with_header(SMALL, "I32", "U32"), "labels should be I32 [7], but is U32 [7]"),
        (with_header(RUN, "losses", "tosses"), "it has no tensor \"losses\""),
        (with_header(RUN, "adamw", "lion"), "its optimizer is wrong"),
        (with_number(SMALL, "input", |_| f32::NAN), "input contains a number that is not finite"),
        (
            with_number(SMALL, "grad.1.weight", |_| f32::INFINITY),
            "grad.1.weight contains a number that is not finite",
        ),
        (with_number(SMALL, "labels", |_| f32::from_bits(3)), "a label must be from 0 to 2; got 3"),
        (with_number(SMALL, "labels", |_| f32::from_bits(u32::MAX)), "a label must be from 0 to 2; got -1"),
    ] {
        let (code, message) = refusal(&bytes);
        assert!(matches!(code, ErrorCode::BadFile | ErrorCode::TooLarge), "{message}");
        assert!(message.contains(reason), "{reason}: {message}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_network_beyond_the_limits_is_refused_before_it_is_built() {
    let (code, message) = refusal(&with_header(SMALL, r#"\"units\": 32"#, r#"\"units\": 4000000"#));
    assert_eq!(code, ErrorCode::OutOfRange, "{message}");
}

/// A file with this header and `payload` zeros after it.
fn file(header: &str, payload: usize) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &vec![0; payload]].concat()
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_larger_than_any_reference_is_refused() {
    let tensors: Vec<String> =
        (0..300).map(|i| format!(r#""{i}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#)).collect();
    for (bytes, reason) in [
        (file(&format!("{{{}}}", tensors.join(",")), 0), "it has 300 tensors, and 256 is the limit"),
        (file(&format!("{{{}}}", " ".repeat(300_000)), 0), "its header has 300002 bytes"),
        (file("{}", 64 << 20), "it has 67108874 bytes"),
    ] {
        let (code, message) = refusal(&bytes);
        assert_eq!(code, ErrorCode::TooLarge, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_batch_or_a_run_of_no_or_too_many_items_is_refused() {
    let spec = r#"{\"input\":[1,1,1],\"layers\":[{\"type\":\"flatten\"},{\"type\":\"dense\",\"units\":2}]}"#;
    let optimizer = r#"{\"type\":\"sgd\",\"lr\":0.1}"#;
    let answer = |images: usize, losses: usize| {
        let (mut tensors, mut end) = (String::new(), 0);
        for (name, dtype, shape, len) in [
            ("labels", "I32", format!("{images}"), images),
            ("input", "F32", format!("{images},1,1,1"), images),
            ("1.weight", "F32", "2,1".into(), 2),
            ("1.bias", "F32", "2".into(), 2),
            ("losses", "F32", format!("{losses}"), losses),
        ] {
            let offsets = [end, end + 4 * len];
            tensors +=
                &format!(r#","{name}":{{"dtype":"{dtype}","shape":[{shape}],"data_offsets":{offsets:?}}}"#);
            end += 4 * len;
        }
        refusal(&file(
            &format!(r#"{{"__metadata__":{{"spec":"{spec}","optimizer":"{optimizer}"}}{tensors}}}"#),
            end,
        ))
        .1
    };
    assert!(answer(0, 1).contains("a batch has 1 to 1024 images, but this one has 0"));
    assert!(answer(1025, 1).contains("a batch has 1 to 1024 images, but this one has 1025"));
    assert!(answer(1024, 0).contains("a training run has 1 to 1000 losses, but this one has 0"));
    assert!(answer(1, 1001).contains("a training run has 1 to 1000 losses, but this one has 1001"));
    assert!(answer(1, 1000).contains("it has no tensor \"final.1.weight\""));
}
