//! What the tests of the engine share. Each test file uses a part of it.
#![allow(dead_code)]

pub mod plain_network;
pub mod random_spec;

use convscope::data::{Dataset, PIXELS, Sizes};
use convscope::rng::Rng;
use convscope::spec::Spec;

/// `count` numbers from −1 to 1.
pub fn numbers(rng: &mut Rng, count: usize) -> Vec<f32> {
    (0..count).map(|_| rng.uniform_in(-1.0, 1.0)).collect()
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
    Dataset::from_parts(sizes, [&train_images, &train_labels, &test_images, &test_labels])
        .expect("a data set")
}
