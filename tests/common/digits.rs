//! The real digits and the presets, as they are in the repository.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use convscope::data::{Dataset, Sizes};
use convscope::mnist::FORM;
use convscope::spec::Spec;
use flate2::read::GzDecoder;

/// A path in the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// All of MNIST.
pub fn mnist() -> Dataset {
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

/// The spec of a preset.
pub fn preset(name: &str) -> Spec {
    let text = std::fs::read_to_string(project(&format!("www/model/presets/{name}.json"))).expect("a preset");
    let preset: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    serde_json::from_value(preset["spec"].clone()).expect("a spec")
}
