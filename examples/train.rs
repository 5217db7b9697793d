//! Trains a network on MNIST and prints its accuracy on images that it has not seen.
//!
//! ```text
//! cargo run --release --example train -- www/model/presets/lenet-5.json
//! ```
//!
//! Without a preset of the page, it is the one that the page starts with. The command line does much more: see
//! `cargo run --release -- train --help`.

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;

use convscope::data::{Dataset, Sizes, Split};
use convscope::mnist::FORM;
use convscope::spec::Spec;
use convscope::trainer::Trainer;
use flate2::read::GzDecoder;

const PRESET: &str = "www/model/presets/codelab.json";
const FILES: [&str; 4] = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

fn main() -> Result<(), Box<dyn Error>> {
    let preset = std::env::args().nth(1).unwrap_or(PRESET.into());
    // A preset is a spec with a name and a description around it.
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(preset)?)?;
    let spec: Spec = serde_json::from_value(json["spec"].clone())?;

    let mut files: [Vec<u8>; 4] = Default::default();
    for (bytes, name) in files.iter_mut().zip(FILES) {
        GzDecoder::new(File::open(format!("data/mnist/{name}-ubyte.gz"))?).read_to_end(bytes)?;
    }
    let dataset = Dataset::from_files(FORM, Sizes::MNIST, files.each_ref().map(Vec::as_slice))?;

    let mut trainer = Trainer::new(spec, &dataset)?;
    println!("{} parameters, {} steps", trainer.network().weights().len(), trainer.total_steps());
    while !trainer.is_finished() {
        let epoch = trainer.position().epoch;
        while trainer.position().epoch == epoch {
            trainer.step(&dataset)?;
        }
        let validation = trainer.evaluate(&dataset, Split::Validation)?;
        println!("epoch {}: validation accuracy {:.2}%", epoch + 1, 100.0 * validation.accuracy);
    }

    let test = trainer.evaluate(&dataset, Split::Test)?;
    println!("test: loss {:.4}, accuracy {:.2}%", test.loss, 100.0 * test.accuracy);
    println!("fingerprint of the weights: {:016x}", trainer.network().fingerprint());
    Ok(())
}
