//! Trains a network on MNIST and says how well it reads the test images.
//!
//! ```text
//! cargo run --release --example train_mnist -- --spec www/presets/lenet-5.json --epochs 3 --seed 7
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use convscope::data::{Dataset, Sizes, Split};
use convscope::metrics::Evaluation;
use convscope::spec::Spec;
use convscope::trainer::Trainer;
use flate2::read::GzDecoder;
use indicatif::{ProgressBar, ProgressStyle};

/// Two convolutions with pooling: what the page starts with.
const CODELAB: &str = include_str!("../www/presets/codelab.json");

/// Trains a network on MNIST and says how well it reads the test images.
#[derive(Parser)]
struct Options {
    /// A spec in JSON, or a preset of the page; without it, the codelab network
    #[arg(long)]
    spec: Option<PathBuf>,
    /// Passes over the training images, in place of the spec's
    #[arg(long)]
    epochs: Option<usize>,
    /// Where all randomness starts, in place of the spec's
    #[arg(long)]
    seed: Option<u64>,
    /// The folder of the four gzipped files
    #[arg(long, default_value = "data/mnist")]
    data: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let spec = read_spec(&options)?;
    let dataset = read_mnist(&options.data)?;
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

fn read_spec(options: &Options) -> Result<Spec, Box<dyn Error>> {
    let json = match &options.spec {
        Some(path) => fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?,
        None => CODELAB.to_owned(),
    };
    let json: serde_json::Value = serde_json::from_str(&json)?;
    let mut spec: Spec = serde_json::from_value(json.get("spec").unwrap_or(&json).clone())?;
    spec.training.epochs = options.epochs.unwrap_or(spec.training.epochs);
    spec.seed = options.seed.unwrap_or(spec.seed);
    Ok(spec)
}

fn read_mnist(folder: &Path) -> Result<Dataset, Box<dyn Error>> {
    let read = |name: &str| {
        let path = folder.join(format!("{name}.gz"));
        let mut bytes = Vec::new();
        File::open(&path).and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes)).map_err(|error| {
            format!("{}: {error}; `cargo xtask data` makes the files again", path.display())
        })?;
        Ok::<_, Box<dyn Error>>(bytes)
    };
    let (train_images, train_labels) = (read("train-images-idx3-ubyte")?, read("train-labels-idx1-ubyte")?);
    let (test_images, test_labels) = (read("t10k-images-idx3-ubyte")?, read("t10k-labels-idx1-ubyte")?);
    Ok(Dataset::from_files(Sizes::MNIST, [&train_images, &train_labels, &test_images, &test_labels])?)
}

/// Runs to the end of the epoch, with a bar, and prints one line of results.
fn train_epoch(trainer: &mut Trainer, dataset: &Dataset) -> Result<(), Box<dyn Error>> {
    let epoch = trainer.position().epoch;
    let bar = ProgressBar::new(trainer.steps_per_epoch()).with_style(ProgressStyle::with_template(
        "{prefix:>5}  [{wide_bar}] {pos}/{len} steps, {eta} left, loss {msg}",
    )?);
    bar.set_prefix((epoch + 1).to_string());
    let start = Instant::now();
    let (mut loss, mut accuracy, mut steps) = (0.0, 0.0, 0.0);
    while trainer.position().epoch == epoch {
        let step = trainer.step(dataset)?;
        loss += f64::from(step.loss);
        accuracy += f64::from(step.accuracy);
        steps += 1.0;
        bar.set_message(format!("{:.4}", loss / steps));
        bar.inc(1);
    }
    bar.finish_and_clear();
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
