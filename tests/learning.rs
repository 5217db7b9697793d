//! The whole path on the real digits: every preset fits them, and the default network learns them.

mod common;

use common::digits::{mnist, preset, project};
use convscope::data::Split;
use convscope::spec::Spec;
use convscope::trainer::Trainer;

#[test]
#[ignore = "slow: trains three networks for an epoch each; `cargo xtask test` runs it"]
fn the_default_network_reads_97_percent_of_the_test_digits_after_one_epoch_from_any_seed() {
    let dataset = mnist();
    for seed in [1, 2, 3] {
        let spec = Spec { seed, ..preset("codelab") };
        let mut trainer = Trainer::new(spec, &dataset).expect("a spec that fits");
        while trainer.position().epoch < 1 {
            trainer.step(&dataset).expect("a step");
        }
        let test = trainer.evaluate(&dataset, Split::Test).expect("an evaluation");
        assert_eq!(test.images, 10_000);
        assert!(test.accuracy >= 0.97, "seed {seed}: {}", test.accuracy);
    }
}

#[test]
fn every_preset_is_a_network_for_mnist_that_can_take_a_step() {
    let dataset = mnist();
    let presets = std::fs::read_dir(project("www/model/presets")).expect("the presets");
    let names: Vec<String> = presets
        .map(|entry| entry.expect("an entry").path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let mut trainer =
            Trainer::new(preset(&name), &dataset).unwrap_or_else(|error| panic!("{name}: {error}"));
        trainer.step(&dataset).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
