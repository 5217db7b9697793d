//! What the tests of the engine share. Each test file uses a part of it.
#![allow(dead_code)]

#[cfg(feature = "inquiry")]
pub mod asked;
#[cfg(not(target_arch = "wasm32"))]
pub mod digits;
pub mod plain_network;
pub mod random_spec;

use convscope::data::{Dataset, Sizes};
use convscope::layers::Mode;
use convscope::mnist::{FORM, PIXELS};
use convscope::network::{BLOCK, Network};
use convscope::rng::Rng;
use convscope::spec::{AdamSettings, Optimizer, Spec};
use convscope::trainer::Trainer;

/// `count` numbers from −1 to 1.
pub fn numbers(rng: &mut Rng, count: usize) -> Vec<f32> {
    (0..count).map(|_| rng.uniform_in(-1.0, 1.0)).collect()
}

/// `count` labels below `classes`.
pub fn labels(rng: &mut Rng, count: usize, classes: usize) -> Vec<u8> {
    (0..count).map(|_| rng.below(classes as u32) as u8).collect()
}

/// Passes `images` (in the network's own order) forward in `mode` and back, as a training step does;
/// returns the gradient of `scale` · (sum of losses).
pub fn training_gradient(
    network: &mut Network,
    images: &[f32],
    labels: &[u8],
    mode: Mode,
    scale: f32,
) -> Vec<f32> {
    let mut pass = network.new_pass();
    pass.input_mut(labels.len()).copy_from_slice(images);
    network.train_forward(&mut pass, mode);
    let mut gradient = vec![0.0; network.weights().len()];
    network.backward(&pass, labels, scale, &mut gradient);
    gradient
}

/// Takes a few training steps on random images: nothing that they leave in the network, but its weights,
/// may reach what follows.
pub fn train_a_little(network: &mut Network, rng: &mut Rng) {
    let len = network.shape(0).len();
    for step in 0..3 {
        let images = numbers(rng, BLOCK * len);
        let labels = labels(rng, BLOCK, network.classes());
        let mode = Mode::Training { seed: 5, step, first_image: 0 };
        let gradient = training_gradient(network, &images, &labels, mode, 1.0 / BLOCK as f32);
        network.update_weights(|weights| {
            weights.iter_mut().zip(&gradient).for_each(|(weight, d)| *weight -= 0.01 * d);
        });
    }
}

/// The largest difference, as a share of the largest number expected.
pub fn relative_error(actual: &[f32], expected: &[f64]) -> f64 {
    assert_eq!(actual.len(), expected.len());
    let largest = expected.iter().fold(1e-12f64, |largest, x| largest.max(x.abs()));
    actual.iter().zip(expected).map(|(&a, e)| (f64::from(a) - e).abs() / largest).fold(0.0, f64::max)
}

/// A small network for images of 28×28 in 10 classes.
pub fn small_spec() -> Spec {
    let json = r#"{ "input": [1, 28, 28], "layers": [
        { "type": "conv2d", "filters": 4, "kernel_size": [5, 5], "stride": [2, 2] },
        { "type": "relu" },
        { "type": "max_pool2d", "kernel_size": [2, 2], "stride": [2, 2] },
        { "type": "flatten" },
        { "type": "dropout", "rate": 0.1 },
        { "type": "dense", "units": 10 }],
      "training": { "batch_size": 24, "epochs": 3 } }"#;
    serde_json::from_str(json).expect("a spec")
}

/// Images that are easy to tell apart: class c has a bright bar in rows 2c + 4 and 2c + 5, and noise.
pub fn striped_dataset(training: usize, validation: usize, test: usize) -> Dataset {
    let mut rng = Rng::new(99);
    let mut part = |count: usize| {
        let labels: Vec<u8> = (0..count).map(|_| rng.below(10) as u8).collect();
        let mut pixels: Vec<u8> = (0..count * PIXELS).map(|_| rng.below(60) as u8).collect();
        for (image, &label) in pixels.chunks_exact_mut(PIXELS).zip(&labels) {
            image[28 * (2 * usize::from(label) + 4)..][..56].fill(220);
        }
        (pixels, labels)
    };
    let ((train_images, train_labels), (test_images, test_labels)) =
        (part(training + validation), part(test));
    let sizes = Sizes { training, validation, test };
    Dataset::from_parts(FORM, sizes, [&train_images, &train_labels, &test_images, &test_labels])
        .expect("a data set")
}

/// Adam with PyTorch's defaults.
pub fn adam(learning_rate: f32) -> Optimizer {
    Optimizer::Adam(AdamSettings { learning_rate, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0.0 })
}

/// A run of `spec` after so many steps.
pub fn run(spec: Spec, dataset: &Dataset, steps: usize) -> Trainer {
    let mut trainer = Trainer::new(spec, dataset).expect("a spec that fits");
    for _ in 0..steps {
        trainer.step(dataset).expect("a step");
    }
    trainer
}
