//! What experiments need beside plain training: part of the images, wrong labels, mistakes on purpose, and
//! the loss along a step.

mod common;

use common::random_spec::random_spec;
use common::{numbers, small_spec, striped_dataset};
use convscope::data::Dataset;
use convscope::error::ErrorCode;
use convscope::layers::Mode;
use convscope::network::Network;
use convscope::rng::Rng;
use convscope::spec::{Faults, Spec, validate};
use convscope::trainer::{Shard, Trainer, share};
use wasm_bindgen_test::wasm_bindgen_test;

const RELU_MASK: Faults = Faults { forgotten_relu_mask: true, wrong_sign: false, gradient_to_ties: false };
const SIGN: Faults = Faults { forgotten_relu_mask: false, wrong_sign: true, gradient_to_ties: false };
const TIES: Faults = Faults { forgotten_relu_mask: false, wrong_sign: false, gradient_to_ties: true };

fn trainer(spec: Spec, dataset: &Dataset) -> Trainer {
    Trainer::new(spec, dataset).expect("a spec that fits")
}

#[wasm_bindgen_test(unsupported = test)]
fn an_epoch_of_few_images_is_short_and_made_of_the_first_ones() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = small_spec();
    spec.data.training_images = 30;
    let mut few = trainer(spec.clone(), &dataset);
    assert_eq!(few.steps_per_epoch(), 2);
    let mut seen = vec![];
    for _ in 0..2 {
        seen.extend(few.weigh(&dataset, "0.bias", 0).expect("a bias").images);
        few.step(&dataset).expect("a step");
    }
    seen.sort_unstable();
    assert_eq!((seen, few.position().epoch), ((0..30).collect::<Vec<u32>>(), 1));
    let bytes = few.checkpoint();
    assert_eq!(Trainer::restore(&bytes, &dataset).expect("a checkpoint").checkpoint(), bytes);
}

#[wasm_bindgen_test(unsupported = test)]
fn wrong_labels_are_as_many_as_was_asked_for_and_the_same_in_each_epoch() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = small_spec();
    spec.data.wrong_labels = 0.5;
    spec.training.batch_size = 300;
    let mut noisy = trainer(spec.clone(), &dataset);
    let labels = |trainer: &mut Trainer| {
        let weighing = trainer.weigh(&dataset, "0.bias", 0).expect("a bias");
        let mut pairs: Vec<(u32, u8)> = weighing.images.into_iter().zip(weighing.labels).collect();
        pairs.sort_unstable();
        trainer.step(&dataset).expect("a step");
        pairs
    };
    let first = labels(&mut noisy);
    assert_eq!(labels(&mut noisy), first);
    let right = labels(&mut trainer(Spec { data: Default::default(), ..spec }, &dataset));
    let wrong = first.iter().zip(&right).filter(|(noisy, right)| noisy != right).count();
    // Of 150 that are drawn anew, one in ten is right again.
    assert!((115..155).contains(&wrong), "{wrong}");
}

#[wasm_bindgen_test(unsupported = test)]
fn more_images_than_there_are_or_more_wrong_labels_than_labels_are_refused() {
    for (images, wrong) in [(0, 0.0), (55_001, 0.0), (100, 1.5), (100, f32::NAN)] {
        let mut spec = small_spec();
        spec.data.training_images = images;
        spec.data.wrong_labels = wrong;
        assert_eq!(validate(&spec).unwrap_err().code, ErrorCode::OutOfRange);
    }
}

/// The gradients of a random network with and without `faults`, for the same images.
fn gradients(rng: &mut Rng, faults: Faults) -> (Network, Vec<f32>, Vec<f32>) {
    let spec = random_spec(rng);
    let mut network = Network::new(&spec).expect("a network");
    let images = 1 + rng.below(16) as usize;
    let input = numbers(rng, images * spec.input.iter().product::<usize>());
    let labels: Vec<u8> = (0..images).map(|_| rng.below(network.classes() as u32) as u8).collect();
    let mut gradient_with = |faults: Faults| {
        network.set_faults(faults);
        network.input_mut(images).copy_from_slice(&input);
        network.learn_forward(images, Mode::Inference);
        network.judge(&labels);
        let mut gradient = vec![0.0; network.weights().len()];
        network.learn_backward(&labels, 1.0, &mut gradient);
        gradient
    };
    let (right, wrong) = (gradient_with(Faults::default()), gradient_with(faults));
    (network, right, wrong)
}

#[wasm_bindgen_test(unsupported = test)]
fn the_wrong_sign_turns_the_first_layers_gradient_around_and_no_other() {
    let mut rng = Rng::new(12);
    for _ in 0..20 {
        let (network, right, wrong) = gradients(&mut rng, SIGN);
        let first = network.parameters()[0].layer();
        let largest = right.iter().fold(1e-6_f32, |largest, x| largest.max(x.abs()));
        for parameter in network.parameters() {
            let sign = if parameter.layer() == first { -1.0 } else { 1.0 };
            for (wrong, right) in wrong[parameter.range()].iter().zip(&right[parameter.range()]) {
                assert!((wrong - sign * right).abs() < 3e-6 * largest, "{wrong} instead of {right}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_last_layer_does_not_notice_what_is_wrong_before_it() {
    let mut rng = Rng::new(13);
    let mut differ = [0, 0];
    for _ in 0..40 {
        for (count, faults) in differ.iter_mut().zip([RELU_MASK, TIES]) {
            let (network, right, wrong) = gradients(&mut rng, faults);
            let last = network.parameters()[network.parameters().len() - 2].range().start;
            let largest = right.iter().fold(1e-6_f32, |largest, x| largest.max(x.abs()));
            for (wrong, right) in wrong[last..].iter().zip(&right[last..]) {
                assert!((wrong - right).abs() < 3e-6 * largest, "{wrong} instead of {right}");
            }
            *count += usize::from(wrong.iter().zip(&right).any(|(w, r)| (w - r).abs() > 1e-3 * largest));
        }
    }
    assert!(differ.iter().all(|&count| count > 4), "{differ:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_forgotten_mask_passes_the_gradient_back_where_relu_was_closed() {
    let json = r#"{ "input": [1, 1, 2], "layers": [{ "type": "flatten" }, { "type": "dense", "units": 2 },
        { "type": "relu" }, { "type": "dense", "units": 2 }], "initialization": { "type": "zeros" } }"#;
    let spec: Spec = serde_json::from_str(json).expect("a spec");
    let gradient = |faults: Faults| {
        let mut network = Network::new(&spec).expect("a network");
        network.set_faults(faults);
        network.set_parameter("1.bias", &[-1.0, 1.0]).expect("a bias");
        network.set_parameter("3.weight", &[1.0, 2.0, 3.0, 4.0]).expect("weights");
        network.input_mut(1).copy_from_slice(&[0.5, 0.25]);
        network.learn_forward(1, Mode::Inference);
        network.judge(&[0]);
        let mut gradient = vec![0.0; network.weights().len()];
        network.learn_backward(&[0], 1.0, &mut gradient);
        network.by_parameter(&gradient).into_iter().find(|(name, _)| name == "1.bias").expect("it").1
    };
    let (right, wrong) = (gradient(Faults::default()), gradient(RELU_MASK));
    assert_eq!(right[0], 0.0);
    assert!(wrong[0].abs() > 0.1 && wrong[1] == right[1], "{wrong:?} {right:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn mistakes_are_the_same_whoever_makes_them_and_can_be_stopped() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = small_spec();
    spec.training.batch_size = 64;
    spec.training.faults = RELU_MASK;
    let (mut alone, mut shared) = (trainer(spec.clone(), &dataset), trainer(spec.clone(), &dataset));
    let mut shard = Shard::new(&spec).expect("a spec that fits");
    let sound = trainer(small_spec(), &dataset).network().fingerprint();
    for _ in 0..3 {
        alone.step(&dataset).expect("a step");
        let blocks = shared.begin_step(&dataset).expect("images");
        let (mut request, mut answer) = (vec![], vec![]);
        shared.request(1..blocks, &mut request);
        shard.answer(&request, &mut answer).expect("a request");
        assert!(answer.len() <= share::room(blocks, shared.network().weights().len()));
        shared.accept(&answer).expect("an answer");
        shared.compute(0..1);
        shared.finish_step().expect("a step");
    }
    assert_eq!(alone.network().fingerprint(), shared.network().fingerprint());
    assert_ne!(alone.network().fingerprint(), sound);
    spec.training.faults = Faults::default();
    let mut mended = Trainer::restore(&alone.checkpoint(), &dataset).expect("a checkpoint");
    mended.configure(spec.training.clone()).expect("settings");
    mended.step(&dataset).expect("a step");
    alone.step(&dataset).expect("a step");
    assert_ne!(alone.network().fingerprint(), mended.network().fingerprint());
}

#[wasm_bindgen_test(unsupported = test)]
fn the_loss_along_a_step_begins_where_the_step_begins_and_changes_nothing() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = small_spec();
    spec.layers.remove(4);
    let mut run = trainer(spec, &dataset);
    run.step(&dataset).expect("a step");
    let before = run.network().fingerprint();
    let slice = run.slice(&dataset, -1.0, 3.0, 41).expect("images");
    assert_eq!((slice.step, slice.at.len(), run.network().fingerprint()), (1, 41, before));
    assert_eq!((slice.at[0], slice.at[10], slice.at[20], slice.at[40]), (-1.0, 0.0, 1.0, 3.0));
    let step = run.step(&dataset).expect("a step");
    assert!((slice.losses[10] - f64::from(step.loss)).abs() < 1e-6, "{} {}", slice.losses[10], step.loss);
    // The direction of a step goes down, at least at first.
    assert!(slice.losses[11] < slice.losses[10] && slice.losses[9] > slice.losses[10]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_gradient_given_to_all_ties_is_given_away_once_for_each_of_them() {
    let json = r#"{ "input": [1, 2, 2], "layers": [{ "type": "conv2d", "filters": 1, "kernel_size": [1, 1] },
        { "type": "max_pool2d", "kernel_size": [2, 2], "stride": [2, 2] }, { "type": "flatten" },
        { "type": "dense", "units": 2 }] }"#;
    let spec: Spec = serde_json::from_str(json).expect("a spec");
    let bias_gradient = |faults: Faults, image: [f32; 4]| {
        let mut network = Network::new(&spec).expect("a network");
        network.set_faults(faults);
        network.set_parameter("0.weight", &[1.0]).expect("a weight");
        network.input_mut(1).copy_from_slice(&image);
        network.learn_forward(1, Mode::Inference);
        network.judge(&[0]);
        let mut gradient = vec![0.0; network.weights().len()];
        network.learn_backward(&[0], 1.0, &mut gradient);
        network.by_parameter(&gradient).into_iter().find(|(name, _)| name == "0.bias").expect("it").1[0]
    };
    let (blank, stroke) = ([0.5; 4], [0.1, 0.5, 0.2, 0.3]);
    let right = bias_gradient(Faults::default(), blank);
    assert!(right.abs() > 1e-3 && (bias_gradient(TIES, blank) - 4.0 * right).abs() < 1e-6);
    assert_eq!(bias_gradient(TIES, stroke), bias_gradient(Faults::default(), stroke));
}
