//! The trainer's step against the same step taken by hand: images picked, normalized and traced as
//! one batch, and the optimizer's rule on the gradient.

mod common;

use common::{small_spec, striped_dataset};
use convscope::data::{Dataset, Split, shuffled};
use convscope::network::Network;
use convscope::optimizer::OptimizerState;
use convscope::spec::{LayerSpec, Optimizer, Spec};
use convscope::trainer::Trainer;

const IMAGES: usize = 100;

/// Batches of 40: two whole blocks of images, a part of one, and a last batch of 20.
fn spec() -> Spec {
    let mut spec = small_spec();
    spec.layers.retain(|layer| !matches!(layer, LayerSpec::Dropout { .. }));
    spec.training.batch_size = 40;
    spec.training.optimizer =
        Optimizer::Sgd { learning_rate: 0.02, momentum: 0.9, nesterov: true, weight_decay: 0.01 };
    spec
}

/// The images at `places` of the first epoch's order, as the first layer is to see them, with their labels.
fn batch(spec: &Spec, dataset: &Dataset, places: std::ops::Range<usize>) -> (Vec<f32>, Vec<u8>) {
    let order = shuffled(spec.seed, 0, IMAGES);
    let (mut images, mut labels) = (vec![], vec![]);
    for &index in &order[places] {
        let pixels = dataset.image(Split::Training, index as usize).unwrap();
        let normalization = spec.normalization;
        images.extend(
            pixels.iter().map(|&p| (f32::from(p) / 255.0 - normalization.mean) / normalization.deviation),
        );
        labels.push(dataset.label(Split::Training, index as usize).unwrap());
    }
    (images, labels)
}

fn relative_error(found: &[f32], expected: &[f32]) -> f32 {
    let largest = expected.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
    found.iter().zip(expected).map(|(a, b)| (a - b).abs() / largest).fold(0.0, f32::max)
}

#[test]
fn a_step_is_the_optimizers_update_by_the_gradient_of_the_batchs_mean_loss() {
    let (spec, dataset) = (spec(), striped_dataset(IMAGES, 10, 10));
    let mut trainer = Trainer::new(spec.clone(), &dataset).unwrap();
    let mut network = Network::new(&spec).unwrap();
    let mut optimizer = OptimizerState::new(spec.training.optimizer, network.weights().len());
    for places in [0..40, 40..80, 80..100] {
        let (images, labels) = batch(&spec, &dataset, places);
        let found = network.trace_batch(&images, &labels).unwrap();
        network.update_weights(|weights| optimizer.update(1.0, weights, &found.gradient));

        let step = trainer.step(&dataset).unwrap();
        assert!((step.loss - found.loss).abs() < 1e-5 * found.loss, "{} {}", step.loss, found.loss);
        let right = found
            .logits
            .chunks_exact(10)
            .zip(&labels)
            .filter(|(logits, label)| logits.iter().all(|logit| *logit <= logits[usize::from(**label)]));
        assert_eq!(step.accuracy, right.count() as f32 / labels.len() as f32);
        let error = relative_error(trainer.network().weights(), network.weights());
        assert!(error < 1e-5, "step {}: {error}", trainer.position().step);
    }
    assert_eq!(trainer.position().epoch, 1);
}
