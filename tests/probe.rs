//! What is shown of a network while it learns: gradients of single images, what a step does to one weight,
//! and what activates each channel, compared with training itself and with plain loops.

mod common;

use common::random_spec::random_spec;
use common::{labels, numbers, small_spec, striped_dataset, train_a_little, training_gradient};
use convscope::data::{DataFile, Dataset, Sizes, Split};
use convscope::error::ErrorCode;
use convscope::layers::Mode;
use convscope::mnist::FORM;
use convscope::network::{Network, Trace};
use convscope::probe::TOP_ACTIVATIONS;
use convscope::rng::Rng;
use convscope::spec::{Augmentation, Faults, Normalization, Spec};
use convscope::trainer::Trainer;
use wasm_bindgen_test::wasm_bindgen_test;

/// Dropout and warped images, which depend on more than pixels and weights; blocks that are not full.
fn spec(optimizer: &str) -> Spec {
    let mut spec = small_spec();
    spec.training.augmentation = Augmentation { rotation: 10.0, shift: 2.0, scale: 0.1, shear: 0.1 };
    spec.training.optimizer = serde_json::from_str(optimizer).expect("a rule");
    spec
}

const RULES: [&str; 3] = [
    r#"{"type":"sgd","learning_rate":0.1,"momentum":0.9,"nesterov":true,"weight_decay":0.01}"#,
    r#"{"type":"adam","learning_rate":0.01,"weight_decay":0.01}"#,
    r#"{"type":"adamw","learning_rate":0.01,"weight_decay":0.1}"#,
];

#[wasm_bindgen_test(unsupported = test)]
fn trace_weight_predicts_what_the_step_does() {
    let dataset = striped_dataset(300, 0, 0);
    for rule in RULES {
        let mut trainer = Trainer::new(spec(rule), &dataset).expect("a spec that fits");
        let mut alone = trainer.clone();
        for (name, index) in [("0.weight", 33), ("0.bias", 2), ("5.weight", 777), ("5.bias", 9)] {
            let traced = trainer.trace_weight(&dataset, name, index).expect("a weight");
            assert_eq!(traced.before.value, trainer.network().parameter(name).expect("its values")[index]);
            let learning_rate = trainer.step(&dataset).expect("a step").learning_rate;
            assert_eq!(traced.after.value, trainer.network().parameter(name).expect("its values")[index]);
            assert_eq!(traced.learning_rate, learning_rate);
            assert_eq!((traced.step + 1, traced.updates), (trainer.position().step, traced.step + 1));
            alone.step(&dataset).expect("a step");
        }
        // Inspecting it has not changed the run.
        assert_eq!(trainer.network().fingerprint(), alone.network().fingerprint());
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_gradient_of_a_weight_is_the_sum_of_the_products_of_the_two_maps() {
    let dataset = striped_dataset(300, 0, 0);
    let spec = spec(RULES[0]);
    let Normalization { mean, deviation } = spec.normalization;
    let mut trainer = Trainer::new(spec, &dataset).expect("a spec that fits");
    trainer.step(&dataset).expect("a step");
    // Filter 2, row 1, column 3 of a kernel of 5, stride 2: 12 × 12 places.
    let traced = trainer.trace_weight(&dataset, "0.weight", 2 * 25 + 5 + 3).expect("a weight");
    assert_eq!(traced.images.len(), 24);
    // What is shown of the images is what the network gets of them.
    let fed = traced.inputs.iter().map(|x| (255.0 * (x * deviation + mean)).round() as u8);
    assert!(fed.eq(traced.pixels.iter().copied()));
    let mut sum = 0.0;
    for image in 0..24 {
        for (place, d) in traced.gradients[image * 144..][..144].iter().enumerate() {
            let (row, column) = (2 * (place / 12) + 1, 2 * (place % 12) + 3);
            sum += f64::from(traced.inputs[image * 784 + row * 28 + column]) * f64::from(*d);
        }
    }
    assert!((sum - f64::from(traced.gradient)).abs() < 1e-6, "{sum} instead of {}", traced.gradient);

    let dense = trainer.trace_weight(&dataset, "5.weight", 3 * 144 + 70).expect("a weight");
    assert_eq!((dense.inputs.len(), dense.gradients.len()), (24, 24));
    assert_eq!(dense.pixels, traced.pixels);
    let sum: f64 =
        dense.inputs.iter().zip(&dense.gradients).map(|(&x, &d)| f64::from(x) * f64::from(d)).sum();
    assert!((sum - f64::from(dense.gradient)).abs() < 1e-6, "{sum} instead of {}", dense.gradient);

    let bias = trainer.trace_weight(&dataset, "0.bias", 1).expect("a bias");
    assert!(bias.inputs.is_empty());
    let sum: f64 = bias.gradients.iter().map(|&d| f64::from(d)).sum();
    assert!((sum - f64::from(bias.gradient)).abs() < 1e-6, "{sum} instead of {}", bias.gradient);
}

#[wasm_bindgen_test(unsupported = test)]
fn trace_weight_refuses_a_weight_that_does_not_exist() {
    let dataset = striped_dataset(300, 0, 0);
    let mut trainer = Trainer::new(spec(RULES[0]), &dataset).expect("a spec that fits");
    for (name, index) in [("0.weight", 100), ("1.weight", 0), ("5.bias", 10), ("", 0)] {
        assert_eq!(trainer.trace_weight(&dataset, name, index).unwrap_err().code, ErrorCode::NotFound);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn backward_of_a_trace_finds_the_gradients_that_training_would() {
    let mut rng = Rng::new(8);
    for _ in 0..30 {
        let mut spec = random_spec(&mut rng);
        spec.input[0] = 1;
        let mut network = Network::new(&spec).expect("a network");
        train_a_little(&mut network, &mut rng);
        let images = 1 + rng.below(16) as usize;
        let input = numbers(&mut rng, images * spec.input.iter().product::<usize>());
        let labels = labels(&mut rng, images, network.classes());
        for mode in [Mode::Inference, Mode::Training { seed: 3, step: 9, first_image: 32 }] {
            let trained = training_gradient(&mut network, &input, &labels, mode, 0.5);
            let trace = network.trace(&input, mode).expect("images");
            let back = network.backward_of(&trace, &labels, 0.5).expect("labels");
            let largest = trained.iter().fold(1e-6_f32, |largest, x| largest.max(x.abs()));
            for (traced, trained) in back.weights.iter().zip(&trained) {
                assert!((traced - trained).abs() <= 2e-6 * largest, "{traced} instead of {trained}");
            }
            // After the last layer are the logits: p − y.
            let (logits, classes) = (back.activations.last().expect("logits"), network.classes());
            for (at, (&d, &p)) in logits.iter().zip(trace.probabilities()).enumerate() {
                let y = f32::from(at % classes == usize::from(labels[at / classes]));
                assert!((d - 0.5 * (p - y)).abs() < 1e-7, "{d}");
            }
        }
    }
}

/// A training step draws a mask for its dropout layers; a view of an image afterwards must not see it.
#[wasm_bindgen_test(unsupported = test)]
fn gradients_before_a_dropout_layer_do_not_depend_on_the_training_before() {
    let dataset = striped_dataset(300, 0, 20);
    let mut trained = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    for _ in 0..5 {
        trained.step(&dataset).expect("a step");
    }
    let mut fresh = Trainer::restore(&trained.checkpoint(), &dataset).expect("a checkpoint");
    trained.rehearse(&dataset, 20).expect("images");
    let gradients = |trainer: &mut Trainer| {
        let (trace, labels) = trainer.trace_test(&dataset, 0, 16).expect("images");
        trainer.backward(&trace, &labels).expect("gradients")
    };
    let (found, expected) = (gradients(&mut trained), gradients(&mut fresh));
    assert_eq!(found.weights, expected.weights);
    assert_eq!(found.activations, expected.activations);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_trace_stays_as_it_was_whatever_passes_later() {
    let dataset = striped_dataset(300, 20, 20);
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    trainer.step(&dataset).expect("a step");
    let image = dataset.image(Split::Test, 3).expect("an image");
    let trace = trainer.trace(image).expect("an image");
    let contents = |trace: &Trace| {
        let layers = (0..6).map(|layer| trace.activation(layer, 0).expect("a layer"));
        (layers.collect::<Vec<_>>(), trace.logits().to_vec(), trace.probabilities().to_vec())
    };
    let (before, gradients) = (contents(&trace), trainer.backward(&trace, &[3]).expect("gradients"));
    // None of these changes the weights.
    trainer.predict(dataset.image(Split::Test, 4).expect("an image")).expect("probabilities");
    trainer.trace_test(&dataset, 0, 16).expect("images");
    trainer.evaluate(&dataset, Split::Validation).expect("an evaluation");
    trainer.rehearse(&dataset, 20).expect("images");
    trainer.trace_weight(&dataset, "0.weight", 0).expect("a weight");
    trainer.loss_line(&dataset, 0.0, 1.0, 3).expect("a line");
    let again = trainer.backward(&trace, &[3]).expect("the same weights");
    assert_eq!((&again.weights, &again.activations), (&gradients.weights, &gradients.activations));
    trainer.step(&dataset).expect("a step");
    assert_eq!(contents(&trace), before);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_refused_trace_leaves_everything_as_it_was() {
    // Twenty test images, of which ten have been loaded.
    let whole = striped_dataset(300, 0, 20);
    let mut dataset = Dataset::new(FORM, Sizes { training: 300, validation: 0, test: 20 });
    for (file, split, count) in [
        (DataFile::TrainImages, Split::Training, 300),
        (DataFile::TrainLabels, Split::Training, 300),
        (DataFile::TestImages, Split::Test, 10),
        (DataFile::TestLabels, Split::Test, 10),
    ] {
        let header = dataset.file_mut(file).expected_header();
        dataset.file_mut(file).append(&header).expect("a header");
        for index in 0..count {
            let label = [whole.label(split, index).expect("a label")];
            let item = match file {
                DataFile::TrainImages | DataFile::TestImages => whole.image(split, index).expect("an image"),
                _ => &label,
            };
            dataset.file_mut(file).append(item).expect("an item");
        }
    }
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    let (trace, labels) = trainer.trace_test(&dataset, 0, 10).expect("they are loaded");
    let expected = trainer.backward(&trace, &labels).expect("gradients").weights;
    assert_eq!(trainer.trace_test(&dataset, 5, 10).unwrap_err().code, ErrorCode::NotReady);
    assert_eq!(trainer.rehearse(&dataset, 20).unwrap_err().code, ErrorCode::NotReady);
    assert_eq!(trainer.backward(&trace, &labels).expect("gradients").weights, expected);
    // What was gathered before the refusal is not a step.
    assert_eq!(trainer.compute(0..1).unwrap_err().code, ErrorCode::NotReady);
    assert_eq!(trainer.finish_step().unwrap_err().code, ErrorCode::NotReady);
}

#[wasm_bindgen_test(unsupported = test)]
fn trace_and_backward_refuse_labels_layers_and_images_that_do_not_exist() {
    let mut network = Network::new(&small_spec()).expect("a network");
    let trace = network.trace(&[0.0; 784], Mode::Inference).expect("an image");
    assert_eq!(trace.activation(6, 0).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(trace.activation(usize::MAX, 0).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(trace.activation(0, 1).unwrap_err().code, ErrorCode::NotFound);
    for labels in [vec![], vec![10], vec![0; 2], vec![0; 17]] {
        assert_eq!(network.backward_of(&trace, &labels, 1.0).unwrap_err().code, ErrorCode::OutOfRange);
    }
    for (images, code) in [
        (0, ErrorCode::ImpossibleShape),
        (783, ErrorCode::ImpossibleShape),
        (17 * 784, ErrorCode::OutOfRange),
    ] {
        assert_eq!(network.trace(&vec![0.0; images], Mode::Inference).unwrap_err().code, code);
    }
    let gradients = network.backward_of(&trace, &[0], 1.0).expect("gradients");
    assert!(gradients.at(6).is_ok());
    assert_eq!(gradients.at(7).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(gradients.parameter("1.weight").unwrap_err().code, ErrorCode::NotFound);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_contrast_ignores_deliberate_mistakes_and_refuses_classes_that_do_not_exist() {
    let mut network = Network::new(&small_spec()).expect("a network");
    let image: Vec<f32> = (0..784).map(|pixel| (pixel % 7) as f32 - 3.0).collect();
    let trace = network.trace(&image, Mode::Inference).expect("an image");
    let right = network.contrast_of(&trace, 9, 4).expect("two classes");
    network.set_faults(Faults { forgotten_relu_mask: true, wrong_sign: true, gradient_to_ties: true });
    let again = network.contrast_of(&trace, 9, 4).expect("two classes");
    assert_eq!((again.activations, again.weights), (right.activations, right.weights));
    for classes in [[10, 0], [0, 10], [usize::MAX, 1]] {
        let refused = network.contrast_of(&trace, classes[0], classes[1]);
        assert_eq!(refused.unwrap_err().code, ErrorCode::OutOfRange);
    }
    network.update_weights(|weights| weights[0] += 1.0);
    assert_eq!(network.contrast_of(&trace, 9, 4).unwrap_err().code, ErrorCode::Stale);
}

#[wasm_bindgen_test(unsupported = test)]
fn backward_of_refuses_a_trace_of_other_weights_or_of_another_network() {
    let mut network = Network::new(&small_spec()).expect("a network");
    let mut other = Network::new(&small_spec()).expect("a network");
    let trace = network.trace(&[0.5; 784], Mode::Inference).expect("an image");
    assert!(network.backward_of(&trace, &[3], 1.0).is_ok());
    assert_eq!(other.backward_of(&trace, &[3], 1.0).unwrap_err().code, ErrorCode::Stale);
    network.update_weights(|weights| weights[0] += 1.0);
    assert_eq!(network.backward_of(&trace, &[3], 1.0).unwrap_err().code, ErrorCode::Stale);
    network.update_weights(|weights| weights[0] -= 1.0);
    assert_eq!(network.backward_of(&trace, &[3], 1.0).unwrap_err().code, ErrorCode::Stale);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_survey_counts_what_a_trace_of_each_image_finds() {
    let dataset = striped_dataset(100, 40, 50);
    let mut trainer = Trainer::new(spec(RULES[1]), &dataset).expect("a spec that fits");
    let mut survey = trainer.survey(Split::Test, 1_000_000, true).expect("a survey");
    let begun = trainer.network().fingerprint();
    for slice in [16, 1, 7, 1_000] {
        // The survey keeps to the weights with which it began.
        trainer.step(&dataset).expect("a step");
        survey.go_on(&dataset, slice).expect("images");
    }
    assert_ne!(trainer.network().fingerprint(), begun);
    let mut trainer = Trainer::new(spec(RULES[1]), &dataset).expect("a spec that fits");
    assert_eq!((survey.images, survey.last_hidden, survey.features.len()), (50, Some(4), 50 * 144));
    for (layer, stats) in survey.layers.iter().enumerate() {
        let channels = stats.fired.len();
        let mut fired = vec![0; channels];
        let mut largest = vec![vec![]; channels];
        for image in 0..50 {
            let pixels = dataset.image(Split::Test, image).expect("an image");
            let maps = trainer.trace(pixels).expect("a trace").activation(layer, 0).expect("a layer");
            for (channel, map) in maps.chunks_exact(maps.len() / channels).enumerate() {
                let largest_of_map = map.iter().fold(0.0_f32, |largest, &x| largest.max(x));
                fired[channel] += u32::from(largest_of_map > 0.0);
                largest[channel].push(largest_of_map);
            }
        }
        assert_eq!(stats.fired, fired, "layer {layer}");
        for (top, all) in stats.top.chunks_exact(TOP_ACTIVATIONS).zip(&mut largest) {
            all.sort_by(|a, b| b.total_cmp(a));
            assert_eq!(top.iter().map(|top| top.value).collect::<Vec<_>>(), all[..TOP_ACTIVATIONS]);
        }
    }
    let first = trainer.predict(dataset.image(Split::Test, 0).expect("an image")).expect("an answer");
    assert_eq!(usize::from(survey.predicted[0]), convscope::metrics::predicted_class(first));
}

#[wasm_bindgen_test(unsupported = test)]
fn gradient_norms_are_read_every_twenty_steps_and_are_those_of_the_step() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = spec(r#"{"type":"sgd","learning_rate":0.1}"#);
    spec.training.epochs = 100;
    let mut trainer = Trainer::new(spec, &dataset).expect("a spec that fits");
    trainer.step(&dataset).expect("a step");
    trainer.watch_gradient_norms(true);
    for _ in 0..19 {
        trainer.step(&dataset).expect("a step");
    }
    assert!(trainer.take_gradient_norms().is_empty());
    let before = trainer.network().parameter("5.weight").expect("its values");
    trainer.step(&dataset).expect("a step");
    let after = trainer.network().parameter("5.weight").expect("its values");
    let readings = trainer.take_gradient_norms();
    assert_eq!((readings.len(), readings[0].step), (1, 21));
    assert_eq!(readings[0].layers.iter().map(|norms| norms.layer).collect::<Vec<_>>(), [0, 5]);
    let norm = |values: Vec<f32>| values.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
    let norms = readings[0].layers[1];
    let update = norm(after.iter().zip(&before).map(|(after, before)| after - before).collect());
    assert!((norms.weight - norm(before)).abs() < 1e-9 && (norms.update - update).abs() < 1e-9);
    // Without momentum, the update is the gradient times the learning rate.
    assert!((norms.gradient * 0.1 - update).abs() < 1e-6 * update, "{norms:?}");
    trainer.watch_gradient_norms(false);
    trainer.step(&dataset).expect("a step");
    assert!(trainer.take_gradient_norms().is_empty());
}
