//! What experiments need beside plain training: part of the images, wrong labels, mistakes on purpose, and
//! the loss along a step.

mod common;

use common::random_spec::random_spec;
use common::{labels, numbers, small_spec, striped_dataset, train_a_little, training_gradient};
use convscope::data::{Dataset, Split};
use convscope::error::ErrorCode;
use convscope::layers::Mode;
use convscope::network::Network;
use convscope::rng::Rng;
use convscope::spec::{Faults, Spec, validate};
use convscope::trainer::parallel::wire;
use convscope::trainer::{Shard, Trainer};
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
        seen.extend(few.trace_weight(&dataset, "0.bias", 0).expect("a bias").images);
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
    let labels_of = |trainer: &mut Trainer| {
        let step = trainer.trace_weight(&dataset, "0.bias", 0).expect("a bias");
        let mut pairs: Vec<(u32, u8)> = step.images.into_iter().zip(step.labels).collect();
        pairs.sort_unstable();
        trainer.step(&dataset).expect("a step");
        pairs
    };
    let first = labels_of(&mut noisy);
    assert_eq!(labels_of(&mut noisy), first);
    let right = labels_of(&mut trainer(Spec { data: Default::default(), ..spec }, &dataset));
    let wrong = first.iter().zip(&right).filter(|(noisy, right)| noisy != right).count();
    // Of 150 that are drawn anew, one in ten is right again.
    assert!((115..155).contains(&wrong), "{wrong}");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_training_images_are_evaluated_as_they_are_learnt() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = small_spec();
    spec.data.wrong_labels = 0.5;
    spec.data.training_images = 200;
    spec.training.batch_size = 200;
    let mut trainer = trainer(spec, &dataset);
    let labels = trainer.trace_weight(&dataset, "0.bias", 0).expect("a bias").labels;
    let found = trainer.evaluate(&dataset, Split::Training).expect("an evaluation");
    assert_eq!(found.images, 200);
    for (label, class) in found.per_class.iter().enumerate() {
        assert_eq!(class.support, labels.iter().filter(|&&one| usize::from(one) == label).count() as u32);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn more_images_than_there_are_or_more_wrong_labels_than_labels_are_refused() {
    for (images, wrong) in [(0, 0.0), (100_001, 0.0), (100, 1.5), (100, f32::NAN)] {
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
    let labels = labels(rng, images, network.classes());
    train_a_little(&mut network, rng);
    let mut gradient_with = |faults: Faults| {
        network.set_faults(faults);
        training_gradient(&mut network, &input, &labels, Mode::Inference, 1.0)
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
        let gradient = training_gradient(&mut network, &[0.5, 0.25], &[0], Mode::Inference, 1.0);
        network.by_parameter(&gradient).into_iter().find(|(name, _)| name == "1.bias").expect("it").1
    };
    let (right, wrong) = (gradient(Faults::default()), gradient(RELU_MASK));
    assert_eq!(right[0], 0.0);
    assert!(wrong[0].abs() > 0.1 && wrong[1] == right[1], "{wrong:?} {right:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn faults_are_the_same_on_any_worker_and_can_be_stopped() {
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
        shared.request(1..blocks, &mut request).expect("a step");
        shard.answer(&request, &mut answer).expect("a request");
        assert!(answer.len() <= wire::max_message_len(blocks, shared.network()));
        shared.accept(&answer).expect("an answer");
        shared.compute(0..1).expect("a step");
        shared.finish_step().expect("a step");
    }
    assert_eq!(alone.network().fingerprint(), shared.network().fingerprint());
    assert_ne!(alone.network().fingerprint(), sound);
    spec.training.faults = Faults::default();
    let mut restored = Trainer::restore(&alone.checkpoint(), &dataset).expect("a checkpoint");
    restored.configure(spec.training.clone()).expect("settings");
    restored.step(&dataset).expect("a step");
    alone.step(&dataset).expect("a step");
    assert_ne!(alone.network().fingerprint(), restored.network().fingerprint());
}

#[wasm_bindgen_test(unsupported = test)]
fn loss_line_begins_where_the_step_begins_and_changes_nothing() {
    let dataset = striped_dataset(300, 0, 0);
    let mut spec = small_spec();
    spec.layers.remove(4);
    let mut run = trainer(spec, &dataset);
    run.step(&dataset).expect("a step");
    let before = run.network().fingerprint();
    let line = run.loss_line(&dataset, -1.0, 3.0, 41).expect("images");
    assert_eq!((line.step, line.at.len(), run.network().fingerprint()), (1, 41, before));
    assert_eq!((line.at[0], line.at[10], line.at[20], line.at[40]), (-1.0, 0.0, 1.0, 3.0));
    let step = run.step(&dataset).expect("a step");
    assert!((line.losses[10] - f64::from(step.loss)).abs() < 1e-6, "{} {}", line.losses[10], step.loss);
    // Along a step the loss falls, at least at first.
    assert!(line.losses[11] < line.losses[10] && line.losses[9] > line.losses[10]);
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
        let gradient = training_gradient(&mut network, &image, &[0], Mode::Inference, 1.0);
        network.by_parameter(&gradient).into_iter().find(|(name, _)| name == "0.bias").expect("it").1[0]
    };
    let (blank, stroke) = ([0.5; 4], [0.1, 0.5, 0.2, 0.3]);
    let right = bias_gradient(Faults::default(), blank);
    assert!(right.abs() > 1e-3 && (bias_gradient(TIES, blank) - 4.0 * right).abs() < 1e-6);
    assert_eq!(bias_gradient(TIES, stroke), bias_gradient(Faults::default(), stroke));
}
