//! What single layers promise beyond the sums that `gradients.rs` checks.

use convscope::layers::Mode;
use convscope::network::{BLOCK, Network};
use convscope::spec::Spec;
use wasm_bindgen_test::wasm_bindgen_test;

fn network(input: [usize; 3], layers: &str) -> Network {
    let json = format!(r#"{{ "input": {input:?}, "layers": [{layers}] }}"#);
    let spec: Spec = serde_json::from_str(&json).expect("a spec");
    Network::new(&spec).expect("a valid spec")
}

#[wasm_bindgen_test(unsupported = test)]
fn a_tie_in_a_max_pool_sends_the_gradient_to_the_first_number_alone() {
    let pool = r#"{"type":"max_pool2d","kernel_size":[2,2],"stride":[2,2]}"#;
    let mut network =
        network([1, 2, 4], &format!(r#"{pool},{{"type":"flatten"}},{{"type":"dense","units":2}}"#));
    let gradient = network.trace_batch(&[0.0; 8], &[0]).expect("an image").input_gradient;
    let reached: Vec<usize> = (0..8).filter(|&place| gradient[place] != 0.0).collect();
    assert_eq!(reached, [0, 2]);
}

#[wasm_bindgen_test(unsupported = test)]
fn relu_lets_no_gradient_through_where_it_is_exactly_0() {
    let mut network = network([1, 1, 2], r#"{"type":"relu"},{"type":"flatten"},{"type":"dense","units":2}"#);
    let gradient = network.trace_batch(&[0.0, 1.0], &[0]).expect("an image").input_gradient;
    assert_eq!(gradient[0], 0.0);
    assert_ne!(gradient[1], 0.0);
}

#[wasm_bindgen_test(unsupported = test)]
fn no_layer_hides_a_nan() {
    for layer in [
        r#"{"type":"relu"}"#,
        r#"{"type":"leaky_relu","slope":0.1}"#,
        r#"{"type":"tanh"}"#,
        r#"{"type":"sigmoid"}"#,
        r#"{"type":"gelu"}"#,
        r#"{"type":"dropout","rate":0.5}"#,
        r#"{"type":"max_pool2d","kernel_size":[2,2],"stride":[1,1]}"#,
        r#"{"type":"avg_pool2d","kernel_size":[2,2],"stride":[1,1]}"#,
    ] {
        let mut network =
            network([1, 2, 2], &format!(r#"{layer},{{"type":"flatten"}},{{"type":"dense","units":2}}"#));
        for place in 0..4 {
            let mut image = [0.5; 4];
            image[place] = f32::NAN;
            assert!(network.trace_batch(&image, &[0]).expect("an image").loss.is_nan(), "{layer} at {place}");
            let trace = network.trace(&image, Mode::Inference).expect("an image");
            assert_eq!(network.first_not_finite(&trace), Some(0), "{layer} at {place}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn logits_too_large_for_a_power_of_e_still_have_probabilities() {
    let mut network = network([1, 1, 1], r#"{"type":"flatten"},{"type":"dense","units":3}"#);
    network.set_parameter("1.weight", &[1000.0, 0.0, -1000.0]).expect("three weights");
    let batch = network.trace_batch(&[1.0], &[0]).expect("an image");
    assert_eq!(batch.loss, 0.0);
    assert_eq!(network.trace_batch(&[1.0], &[2]).expect("an image").loss, 2000.0);
    let trace = network.trace(&[1.0], Mode::Inference).expect("an image");
    assert_eq!(trace.probabilities(), [1.0, 0.0, 0.0]);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_loss_of_an_image_that_is_classified_surely_keeps_its_digits() {
    let mut network = network([1, 1, 1], r#"{"type":"flatten"},{"type":"dense","units":3}"#);
    network.set_parameter("1.weight", &[2.0, 20.0, 1.0]).expect("three weights");
    let rest = f64::exp(-18.0) + f64::exp(-19.0);
    let loss = f64::from(network.trace_batch(&[1.0], &[1]).expect("an image").loss);
    assert!((loss / rest.ln_1p() - 1.0).abs() < 1e-6, "{loss} for {rest}");
}

#[wasm_bindgen_test(unsupported = test)]
fn dropout_drops_its_share_keeps_the_mean_and_lets_everything_through_when_not_training() {
    let layers = r#"{"type":"dropout","rate":0.25},{"type":"flatten"},{"type":"dense","units":2}"#;
    let mut network = network([1, 60, 60], layers);
    let mut pass = |mode| {
        let trace = network.trace(&[1.0; BLOCK * 60 * 60], mode).expect("a block of images");
        (0..BLOCK).flat_map(|image| trace.activation(0, image).expect("layer 0")).collect::<Vec<f32>>()
    };
    let training = |step, first_image| Mode::Training { seed: 1, step, first_image };
    assert!(pass(Mode::Inference).iter().all(|&x| x == 1.0));

    let out = pass(training(0, 0));
    let dropped = out.iter().filter(|&&x| x == 0.0).count() as f64 / out.len() as f64;
    let mean = out.iter().map(|&x| f64::from(x)).sum::<f64>() / out.len() as f64;
    assert!((dropped - 0.25).abs() < 0.01, "{dropped}");
    assert!((mean - 1.0).abs() < 0.01, "{mean}");

    assert_eq!(pass(training(0, 0)), out);
    assert_ne!(pass(training(1, 0)), out);
    // An image's mask belongs to its place in the batch, in whichever block it is computed.
    let image = 60 * 60;
    assert_eq!(pass(training(0, 3))[..image], out[3 * image..4 * image]);
}
