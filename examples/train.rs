//! Trains a network on MNIST and prints its accuracy on images that it has not seen.
//!
//! ```text
//! cargo run --release --example train -- www/model/presets/lenet-5.json
//! ```
//!
//! Without a preset of the page, it is the one that the page starts with.

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::time::Instant;

use convscope::data::{Dataset, Sizes, Split};
use convscope::metrics::Evaluation;
use convscope::spec::{DataSet, Spec};
use convscope::trainer::Trainer;
use flate2::read::GzDecoder;

const PRESET: &str = "www/model/presets/codelab.json";

fn main() -> Result<(), Box<dyn Error>> {
    let preset = std::env::args().nth(1).unwrap_or(PRESET.into());
    // A preset is a spec with a name and a description around it.
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(preset)?)?;
    let spec: Spec = serde_json::from_value(json["spec"].clone())?;

    let dataset = read_dataset(spec.data.set)?;
    let mut trainer = Trainer::new(spec, &dataset)?;
    println!("{} parameters, seed {}", trainer.network().weights().len(), trainer.spec().seed);
    println!("epoch  training loss  accuracy  validation loss  accuracy  images/s");
    while !trainer.is_finished() {
        train_epoch(&mut trainer, &dataset)?;
    }
    print_evaluation(&trainer.evaluate(&dataset, Split::Test)?);
    println!("\nfingerprint of the weights: {:016x}", trainer.network().fingerprint());
    Ok(())
}

fn read_dataset(set: DataSet) -> Result<Dataset, Box<dyn Error>> {
    let folder = match set {
        DataSet::Mnist => "data/mnist",
        DataSet::Fashion => "data/fashion",
    };
    let read = |name: &str| {
        let mut bytes = Vec::new();
        GzDecoder::new(File::open(format!("{folder}/{name}-ubyte.gz"))?).read_to_end(&mut bytes)?;
        Ok::<_, std::io::Error>(bytes)
    };
    let files = [
        read("train-images-idx3")?,
        read("train-labels-idx1")?,
        read("t10k-images-idx3")?,
        read("t10k-labels-idx1")?,
    ];
    Ok(Dataset::from_files(Sizes::MNIST, files.each_ref().map(Vec::as_slice))?)
}

/// Runs to the end of the epoch and prints one line of results.
fn train_epoch(trainer: &mut Trainer, dataset: &Dataset) -> Result<(), Box<dyn Error>> {
    let epoch = trainer.position().epoch;
    let start = Instant::now();
    let (mut loss, mut accuracy, mut steps) = (0.0, 0.0, 0.0);
    while trainer.position().epoch == epoch {
        let step = trainer.step(dataset)?;
        loss += f64::from(step.loss);
        accuracy += f64::from(step.accuracy);
        steps += 1.0;
    }
    let speed = dataset.len(Split::Training) as f64 / start.elapsed().as_secs_f64();
    let validation = trainer.evaluate(dataset, Split::Validation)?;
    println!(
        "{:>5}  {:>13.4}  {:>7.2}%  {:>15.4}  {:>7.2}%  {speed:>8.0}",
        epoch + 1,
        loss / steps,
        100.0 * accuracy / steps,
        validation.loss,
        100.0 * validation.accuracy
    );
    Ok(())
}

fn print_evaluation(evaluation: &Evaluation) {
    let Evaluation { images, loss, accuracy, classes, confusion, per_class, macro_average, .. } = evaluation;
    println!("\ntest: {images} images, loss {loss:.4}, accuracy {:.2}%", 100.0 * accuracy);
    println!("\ndigit  precision  recall      F1  images");
    let percent = |value: Option<f64>| value.map_or("-".into(), |value| format!("{:.2}%", 100.0 * value));
    let line = |name: &str, values: [Option<f64>; 3], support: &str| {
        let [precision, recall, f1] = values.map(percent);
        println!("{name:>5}  {precision:>9}  {recall:>6}  {f1:>6}  {support:>6}");
    };
    for (class, metrics) in per_class.iter().enumerate() {
        let values = [metrics.precision, metrics.recall, metrics.f1];
        line(&class.to_string(), values, &metrics.support.to_string());
    }
    line(
        "mean",
        [macro_average.precision, macro_average.recall, macro_average.f1].map(Some),
        &images.to_string(),
    );

    println!("\nread as {}", (0..*classes).map(|class| format!("{class:>5}")).collect::<String>());
    for (label, row) in confusion.chunks_exact(*classes).enumerate() {
        println!("{label:>7} {}", row.iter().map(|count| format!("{count:>5}")).collect::<String>());
    }
}
