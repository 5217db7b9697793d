//! The whole path on the real digits: every preset fits them, and the default network learns them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use convscope::data::{Dataset, Sizes, Split};
use convscope::mnist::FORM;
use convscope::spec::Spec;
use convscope::trainer::Trainer;
use flate2::read::GzDecoder;

fn project(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn mnist() -> Dataset {
    let files =
        ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map(|name| {
            let path = project(&format!("data/mnist/{name}-ubyte.gz"));
            let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut bytes = Vec::new();
            GzDecoder::new(file).read_to_end(&mut bytes).expect("a gzip file");
            bytes
        });
    Dataset::from_files(FORM, Sizes::MNIST, files.each_ref().map(Vec::as_slice))
        .expect("the four files of MNIST")
}

fn preset(name: &str) -> Spec {
    let text = std::fs::read_to_string(project(&format!("www/model/presets/{name}.json"))).expect("a preset");
    let preset: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    serde_json::from_value(preset["spec"].clone()).expect("a spec")
}

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
