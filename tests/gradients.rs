//! The plain loops against finite differences in 64 bits, and the fast layers against the plain loops.

mod common;

use common::plain_network::PlainNetwork;
use common::random_spec::random_spec;
use common::{labels, numbers, relative_error, train_a_little, training_gradient};
use convscope::layers::Mode;
use convscope::layout::to_channels_last;
use convscope::network::{BLOCK, Network};
use convscope::rng::Rng;
use convscope::spec::{LayerSpec, Spec, validate};
use wasm_bindgen_test::wasm_bindgen_test;

/// Weight and bias of each layer, as the network has them.
fn parameters_of(network: &Network, layers: usize) -> Vec<[Vec<f64>; 2]> {
    let get = |name: String| match network.parameter(&name) {
        Ok(values) => values.into_iter().map(f64::from).collect(),
        Err(_) => vec![],
    };
    (0..layers).map(|index| [get(format!("{index}.weight")), get(format!("{index}.bias"))]).collect()
}

/// A network with biases that are not 0, which has been trained a little, and a batch for it.
fn network_and_batch(spec: &Spec, rng: &mut Rng) -> (Network, Vec<f32>, Vec<u8>) {
    let mut network = Network::new(spec).expect("a valid spec");
    let biases: Vec<_> = network.parameters().iter().filter(|p| p.dims().len() == 1).cloned().collect();
    for bias in biases {
        network.set_parameter(bias.name(), &numbers(rng, bias.len())).expect("a bias");
    }
    train_a_little(&mut network, rng);
    let images = 1 + rng.below(20) as usize;
    let x = numbers(rng, images * spec.input.iter().product::<usize>());
    let labels = labels(rng, images, network.classes());
    (network, x, labels)
}

fn widen(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&x| f64::from(x)).collect()
}

/// A finite difference means nothing across a kink: smooth functions in their place.
fn smooth_spec(rng: &mut Rng) -> Spec {
    let mut spec = random_spec(rng);
    for layer in &mut spec.layers {
        match layer {
            LayerSpec::Relu | LayerSpec::LeakyRelu { .. } => *layer = LayerSpec::Tanh,
            LayerSpec::MaxPool2d { kernel_size, stride, padding: [0, 0] } => {
                *layer = LayerSpec::AvgPool2d { kernel_size: *kernel_size, stride: *stride };
            }
            _ => {}
        }
    }
    spec
}

#[wasm_bindgen_test(unsupported = test)]
fn the_slope_of_the_loss_along_a_random_direction_is_the_gradient_along_it() {
    let mut rng = Rng::new(41);
    for case in 0..40 {
        let spec = smooth_spec(&mut rng);
        let (network, x, labels) = network_and_batch(&spec, &mut rng);
        let mut plain = PlainNetwork { spec: &spec, parameters: parameters_of(&network, spec.layers.len()) };
        let mut x = widen(&x);
        let answers = plain.answers(&x, &labels);

        let dx = widen(&numbers(&mut rng, x.len()));
        let directions: Vec<[Vec<f64>; 2]> = plain
            .parameters
            .iter()
            .map(|pair| pair.each_ref().map(|values| widen(&numbers(&mut rng, values.len()))))
            .collect();
        let along = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let mut analytic = along(&answers.input_gradient, &dx);
        for (gradients, directions) in answers.gradients.iter().flatten().zip(directions.iter().flatten()) {
            analytic += along(gradients, directions);
        }

        let mut move_by = |plain: &mut PlainNetwork, amount: f64| {
            x.iter_mut().zip(&dx).for_each(|(x, d)| *x += amount * d);
            for (values, directions) in plain.parameters.iter_mut().flatten().zip(directions.iter().flatten())
            {
                values.iter_mut().zip(directions).for_each(|(value, d)| *value += amount * d);
            }
            plain.answers(&x, &labels).loss
        };
        let epsilon = 1e-6;
        let above = move_by(&mut plain, epsilon);
        let below = move_by(&mut plain, -2.0 * epsilon);
        let numeric = (above - below) / (2.0 * epsilon);
        let error = (numeric - analytic).abs() / analytic.abs().max(1e-3);
        // Max pooling with padding is left in, and a direction may cross a tie there; none of these does.
        assert!(error < 1e-5, "case {case}: {numeric} numerically, {analytic} by the chain rule\n{spec:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_slope_of_a_difference_of_scores_is_the_contrast_of_the_two_classes() {
    let mut rng = Rng::new(43);
    for case in 0..40 {
        let spec = smooth_spec(&mut rng);
        let (mut network, x, _) = network_and_batch(&spec, &mut rng);
        let image = &x[..spec.input.iter().product()];
        let [first, second] = [0; 2].map(|_| rng.below(network.classes() as u32) as usize);
        let trace = network.trace(image, Mode::Inference).expect("an image");
        let contrast = network.contrast_of(&trace, first, second).expect("two classes");
        let difference = trace.logits()[first] - trace.logits()[second];
        assert_eq!(contrast.loss, difference, "case {case}");

        let plain = PlainNetwork { spec: &spec, parameters: parameters_of(&network, spec.layers.len()) };
        let direction = widen(&numbers(&mut rng, image.len()));
        let moved_by = |amount: f64| {
            let x: Vec<f64> = image.iter().zip(&direction).map(|(&x, d)| f64::from(x) + amount * d).collect();
            let answers = plain.answers(&x, &[0]);
            let logits = answers.activations.last().expect("logits");
            logits[first] - logits[second]
        };
        let numeric = (moved_by(1e-5) - moved_by(-1e-5)) / 2e-5;
        let slopes = contrast.at(0).expect("the image");
        let (mut analytic, mut size) = (0.0, 0.0);
        for (&slope, d) in slopes.iter().zip(&direction) {
            analytic += f64::from(slope) * d;
            size += (f64::from(slope) * d).abs();
        }
        let error = (numeric - analytic).abs();
        assert!(error <= 1e-5 * size, "case {case}: {numeric} numerically, {analytic}\n{spec:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_contrast_is_the_difference_of_two_losses_everywhere_in_the_network() {
    let mut rng = Rng::new(44);
    for case in 0..30 {
        let spec = random_spec(&mut rng);
        let (mut network, x, _) = network_and_batch(&spec, &mut rng);
        let len = spec.input.iter().product::<usize>();
        let images = (x.len() / len).min(BLOCK);
        let (first, second) = (1, 0);
        let trace = network.trace(&x[..images * len], Mode::Inference).expect("images");
        let contrast = network.contrast_of(&trace, first, second).expect("two classes");
        let [of_first, of_second] = [first, second]
            .map(|class| network.backward_of(&trace, &vec![class as u8; images], 1.0).expect("labels"));
        // The softmax takes the same from both: (p − y₂) − (p − y₁) = y₁ − y₂.
        let places = contrast.activations.iter().zip(of_first.activations.iter().zip(&of_second.activations));
        for (place, (actual, (a, b))) in places.enumerate() {
            let expected: Vec<f64> = a.iter().zip(b).map(|(a, b)| f64::from(*b) - f64::from(*a)).collect();
            let error = relative_error(actual, &expected);
            assert!(error < 1e-4, "case {case}: place {place} is off by {error:e}\n{spec:?}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn trace_batch_agrees_with_the_plain_loops_for_any_geometry() {
    let mut rng = Rng::new(7);
    for case in 0..60 {
        let mut spec = random_spec(&mut rng);
        if case % 5 == 0 {
            // Without a dense layer after it, flatten must bring the numbers into PyTorch's order.
            spec.layers.truncate(spec.layers.iter().position(|l| *l == LayerSpec::Flatten).unwrap() + 1);
        }
        if validate(&spec).is_err() {
            continue;
        }
        let (mut network, x, labels) = network_and_batch(&spec, &mut rng);
        let plain = PlainNetwork { spec: &spec, parameters: parameters_of(&network, spec.layers.len()) };
        let expected = plain.answers(&widen(&x), &labels);
        let actual = network.trace_batch(&x, &labels).expect("a batch that fits");

        let check = |what: &str, actual: &[f32], expected: &[f64]| {
            let error = relative_error(actual, expected);
            assert!(error < 1e-4, "case {case}: {what} is off by {error:e}\n{spec:?}");
        };
        check("loss", &[actual.loss], &[expected.loss]);
        for (index, (actual, expected)) in actual.activations.iter().zip(&expected.activations).enumerate() {
            check(&format!("layer {index}"), actual, expected);
        }
        check("input gradient", &actual.input_gradient, &expected.input_gradient);
        let expected: Vec<&Vec<f64>> =
            expected.gradients.iter().flatten().filter(|g| !g.is_empty()).collect();
        let gradients = network.by_parameter(&actual.gradient);
        assert_eq!(gradients.len(), expected.len());
        let largest = expected.iter().copied().flatten().fold(0.0_f64, |largest, d| largest.max(d.abs()));
        for ((name, actual), expected) in gradients.iter().zip(expected) {
            // Where a gradient is exactly 0 by the mathematics, only rounding errors are left on both sides.
            if expected.iter().any(|d| d.abs() > 1e-9 * largest) {
                check(name, actual, expected);
            } else {
                assert!(actual.iter().all(|&d| f64::from(d).abs() < 1e-6 * largest), "case {case}: {name}");
            }
        }
    }
}

/// Images in PyTorch's order as they are inside a network.
fn inside(images: &[f32], spec: &Spec) -> Vec<f32> {
    let [channels, height, width] = spec.input;
    let mut inside = vec![0.0; images.len()];
    let len = channels * height * width;
    for (out, image) in inside.chunks_exact_mut(len).zip(images.chunks_exact(len)) {
        to_channels_last(out, image, channels);
    }
    inside
}

/// A convolution with ReLU and a pool without overlaps after it, which pass as one.
fn joined_spec(rng: &mut Rng) -> Spec {
    loop {
        let mut spec = random_spec(rng);
        let side = 1 + rng.below(3) as usize;
        let pool = LayerSpec::MaxPool2d { kernel_size: [side, 2], stride: [side, 3], padding: [0, 0] };
        let following = match rng.below(3) {
            0 => vec![LayerSpec::Relu, pool],
            1 => vec![pool, LayerSpec::Relu],
            _ => vec![pool],
        };
        spec.layers.splice(1..1, following);
        if validate(&spec).is_ok() {
            return spec;
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn layers_that_pass_as_one_return_what_they_return_one_after_the_other() {
    let mut rng = Rng::new(19);
    for case in 0..60 {
        let spec = joined_spec(&mut rng);
        let (mut network, mut x, mut labels) = network_and_batch(&spec, &mut rng);
        labels.truncate(BLOCK);
        x.truncate(labels.len() * spec.input.iter().product::<usize>());
        let expected = network.trace_batch(&x, &labels).expect("a batch that fits");

        let x = inside(&x, &spec);
        let mut pass = network.new_pass();
        pass.input_mut(labels.len()).copy_from_slice(&x);
        network.forward(&mut pass, Mode::Inference);
        assert_eq!(pass.logits(), expected.logits, "case {case}\n{spec:?}");
        let scale = 1.0 / labels.len() as f32;
        let gradient = training_gradient(&mut network, &x, &labels, Mode::Inference, scale);
        let [actual, expected] = [&gradient, &expected.gradient].map(|all| network.by_parameter(all));
        for ((name, actual), (_, expected)) in actual.iter().zip(&expected) {
            let error = relative_error(actual, &widen(expected));
            assert!(error < 1e-5, "case {case}: {name} is off by {error:e}\n{spec:?}");
        }
    }
}
