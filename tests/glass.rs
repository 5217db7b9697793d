//! What is shown of a network in the making: gradients of single images, what a step does to one weight,
//! and what excites each channel, held against training itself and against plain loops.

mod common;

use common::random_spec::random_spec;
use common::{numbers, small_spec, striped_dataset};
use convscope::data::Split;
use convscope::error::ErrorCode;
use convscope::layers::Mode;
use convscope::network::Network;
use convscope::rng::Rng;
use convscope::spec::{Augmentation, Normalization, Spec};
use convscope::trainer::{PEAKS, Trainer};
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
fn what_is_foreseen_of_a_weight_is_what_the_step_does_to_it() {
    let dataset = striped_dataset(300, 0, 0);
    for rule in RULES {
        let mut trainer = Trainer::new(spec(rule), &dataset).expect("a spec that fits");
        let mut alone = trainer.clone();
        for (name, index) in [("0.weight", 33), ("0.bias", 2), ("5.weight", 777), ("5.bias", 9)] {
            let weighing = trainer.weigh(&dataset, name, index).expect("a weight");
            assert_eq!(weighing.before[0], trainer.network().parameter(name).expect("its values")[index]);
            let learning_rate = trainer.step(&dataset).expect("a step").learning_rate;
            assert_eq!(weighing.after[0], trainer.network().parameter(name).expect("its values")[index]);
            assert_eq!(weighing.learning_rate, learning_rate);
            assert_eq!((weighing.step + 1, weighing.updates), (trainer.position().step, weighing.step + 1));
            alone.step(&dataset).expect("a step");
        }
        // Looking has not changed the course of the run.
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
    let weighing = trainer.weigh(&dataset, "0.weight", 2 * 25 + 5 + 3).expect("a weight");
    assert_eq!(weighing.images.len(), 24);
    // What is shown of the images is what the network gets of them.
    let fed = weighing.inputs.iter().map(|x| (255.0 * (x * deviation + mean)).round() as u8);
    assert!(fed.eq(weighing.pixels.iter().copied()));
    let mut sum = 0.0;
    for image in 0..24 {
        for (place, d) in weighing.gradients[image * 144..][..144].iter().enumerate() {
            let (row, column) = (2 * (place / 12) + 1, 2 * (place % 12) + 3);
            sum += f64::from(weighing.inputs[image * 784 + row * 28 + column]) * f64::from(*d);
        }
    }
    assert!((sum - f64::from(weighing.gradient)).abs() < 1e-6, "{sum} instead of {}", weighing.gradient);

    let dense = trainer.weigh(&dataset, "5.weight", 3 * 144 + 70).expect("a weight");
    assert_eq!((dense.inputs.len(), dense.gradients.len()), (24, 24));
    assert_eq!(dense.pixels, weighing.pixels);
    let sum: f64 =
        dense.inputs.iter().zip(&dense.gradients).map(|(&x, &d)| f64::from(x) * f64::from(d)).sum();
    assert!((sum - f64::from(dense.gradient)).abs() < 1e-6, "{sum} instead of {}", dense.gradient);

    let bias = trainer.weigh(&dataset, "0.bias", 1).expect("a bias");
    assert!(bias.inputs.is_empty());
    let sum: f64 = bias.gradients.iter().map(|&d| f64::from(d)).sum();
    assert!((sum - f64::from(bias.gradient)).abs() < 1e-6, "{sum} instead of {}", bias.gradient);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_weight_that_does_not_exist_is_refused() {
    let dataset = striped_dataset(300, 0, 0);
    let mut trainer = Trainer::new(spec(RULES[0]), &dataset).expect("a spec that fits");
    for (name, index) in [("0.weight", 100), ("1.weight", 0), ("5.bias", 10), ("", 0)] {
        assert_eq!(trainer.weigh(&dataset, name, index).unwrap_err().code, ErrorCode::NotFound);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn looking_back_finds_the_gradients_that_training_would() {
    let mut rng = Rng::new(8);
    for _ in 0..30 {
        let spec = random_spec(&mut rng);
        let mut network = Network::new(&spec).expect("a network");
        let images = 1 + rng.below(16) as usize;
        let input = numbers(&mut rng, images * spec.input.iter().product::<usize>());
        let labels: Vec<u8> = (0..images).map(|_| rng.below(network.classes() as u32) as u8).collect();
        network.input_mut(images).copy_from_slice(&input);
        network.forward(images, Mode::Inference);
        network.judge(&labels);
        let mut trained = vec![0.0; network.weights().len()];
        network.backward(&labels, 0.5, &mut trained);

        network.forward_layer_by_layer(images, Mode::Inference);
        let back = network.look_back(&labels, 0.5).expect("labels");
        let largest = trained.iter().fold(1e-6_f32, |largest, x| largest.max(x.abs()));
        for (seen, trained) in back.weights.iter().zip(&trained) {
            assert!((seen - trained).abs() <= 2e-6 * largest, "{seen} instead of {trained}");
        }
        // Behind the last layer stand the logits: p − y.
        let (logits, classes) = (back.activations.last().expect("logits"), network.classes());
        for (at, (&d, &p)) in logits.iter().zip(network.probabilities()).enumerate() {
            let y = f32::from(at % classes == usize::from(labels[at / classes]));
            assert!((d - 0.5 * (p - y)).abs() < 1e-7, "{d}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn labels_layers_and_images_that_do_not_exist_are_refused() {
    let mut network = Network::new(&small_spec()).expect("a network");
    network.look_at(&[0.0; 784]);
    assert_eq!(network.activation(6, 0).unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(network.activation(0, 16).unwrap_err().code, ErrorCode::NotFound);
    for labels in [vec![10], vec![0; 17]] {
        assert_eq!(network.look_back(&labels, 1.0).unwrap_err().code, ErrorCode::OutOfRange);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn only_what_was_looked_at_with_these_weights_is_looked_back_at() {
    let mut network = Network::new(&small_spec()).expect("a network");
    let refused = |network: &mut Network, labels: &[u8]| {
        assert_eq!(network.look_back(labels, 1.0).unwrap_err().code, ErrorCode::OutOfRange);
    };
    refused(&mut network, &[0]);
    network.look_at(&[0.5; 784]);
    refused(&mut network, &[0, 1]);
    assert!(network.look_back(&[3], 1.0).is_ok());
    network.predict(&[0.5; 784]);
    refused(&mut network, &[3]);
    network.look_at(&[0.5; 784]);
    network.update_weights(|weights| weights[0] += 1.0);
    refused(&mut network, &[3]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_survey_counts_what_a_look_at_each_image_finds() {
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
    for (layer, excitement) in survey.layers.iter().enumerate() {
        let channels = excitement.fired.len();
        let mut fired = vec![0; channels];
        let mut largest = vec![vec![]; channels];
        for image in 0..50 {
            trainer.look_at(dataset.image(Split::Test, image).expect("an image")).expect("a look");
            let maps = trainer.network().activation(layer, 0).expect("a layer");
            for (channel, map) in maps.chunks_exact(maps.len() / channels).enumerate() {
                let peak = map.iter().fold(0.0_f32, |largest, &x| largest.max(x));
                fired[channel] += u32::from(peak > 0.0);
                largest[channel].push(peak);
            }
        }
        assert_eq!(excitement.fired, fired, "layer {layer}");
        for (peaks, all) in excitement.peaks.chunks_exact(PEAKS).zip(&mut largest) {
            all.sort_by(|a, b| b.total_cmp(a));
            assert_eq!(peaks.iter().map(|peak| peak.value).collect::<Vec<_>>(), all[..PEAKS]);
        }
    }
    let first = trainer.predict(dataset.image(Split::Test, 0).expect("an image")).expect("an answer");
    assert_eq!(usize::from(survey.predicted[0]), convscope::metrics::predicted_class(first));
}

#[wasm_bindgen_test(unsupported = test)]
fn the_flow_is_read_every_twenty_steps_and_has_the_norms_of_the_step() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = spec(r#"{"type":"sgd","learning_rate":0.1}"#);
    spec.training.epochs = 100;
    let mut trainer = Trainer::new(spec, &dataset).expect("a spec that fits");
    trainer.step(&dataset).expect("a step");
    trainer.watch_flow(true);
    for _ in 0..19 {
        trainer.step(&dataset).expect("a step");
    }
    assert!(trainer.take_flow().is_empty());
    let before = trainer.network().parameter("5.weight").expect("its values");
    trainer.step(&dataset).expect("a step");
    let after = trainer.network().parameter("5.weight").expect("its values");
    let readings = trainer.take_flow();
    assert_eq!((readings.len(), readings[0].step), (1, 21));
    assert_eq!(readings[0].layers.iter().map(|flow| flow.layer).collect::<Vec<_>>(), [0, 5]);
    let norm = |values: Vec<f32>| values.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt();
    let flow = readings[0].layers[1];
    let update = norm(after.iter().zip(&before).map(|(after, before)| after - before).collect());
    assert!((flow.weight - norm(before)).abs() < 1e-9 && (flow.update - update).abs() < 1e-9);
    // Without momentum, the update is the gradient times the learning rate.
    assert!((flow.gradient * 0.1 - update).abs() < 1e-6 * update, "{flow:?}");
    trainer.watch_flow(false);
    trainer.step(&dataset).expect("a step");
    assert!(trainer.take_flow().is_empty());
}
