//! Trains a network on MNIST, or the data set that its spec names, and says how well it reads the test images.
//!
//! ```text
//! cargo run --release --example train_mnist -- --spec www/model/presets/lenet-5.json --epochs 3 --seed 7
//! ```
//!
//! With `--receipt`, it makes the run of a receipt again, one that was copied from the page, and says whether
//! it comes to the same weights.

#[path = "train_mnist/receipt.rs"]
mod receipt;
#[path = "train_mnist/spec_text.rs"]
mod spec_text;

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use convscope::data::{Dataset, Sizes, Split};
use convscope::metrics::Evaluation;
use convscope::spec::{DataSet, Spec};
use convscope::trainer::Trainer;
use flate2::read::GzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use receipt::Receipt;

/// Two convolutions with pooling: what the page starts with.
const CODELAB: &str = include_str!("../www/model/presets/codelab.json");

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
    /// A receipt, or the file it is in: its run is made again and compared
    #[arg(long, conflicts_with_all = ["spec", "epochs", "seed"])]
    receipt: Option<String>,
    /// The folder of the four gzipped files, in place of that of the spec's data set
    #[arg(long)]
    data: Option<PathBuf>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let options = Options::parse();
    let receipt = options.receipt.as_deref().map(read_receipt).transpose()?;
    let spec = match &receipt {
        Some(receipt) => receipt.spec.clone(),
        None => read_spec(&options)?,
    };
    let files = read_files(options.data.as_deref().unwrap_or(folder_of(spec.data.set)))?;
    let dataset = Dataset::from_files(Sizes::MNIST, files.each_ref().map(Vec::as_slice))?;
    if let Some(receipt) = &receipt {
        return confirm(receipt, &dataset, &files);
    }
    let mut trainer = Trainer::new(spec, &dataset)?;
    println!("{} parameters, seed {}", trainer.network().weights().len(), trainer.spec().seed);
    println!("epoch  training loss  accuracy  validation loss  accuracy  images/s");
    while !trainer.is_finished() {
        train_epoch(&mut trainer, &dataset)?;
    }
    print_evaluation(&trainer.evaluate(&dataset, Split::Test)?);
    let found = receipt_of(&trainer, &files, "sha256-");
    println!("\nfingerprint of the weights: {}\n\n{}", found.weights, found.write());
    Ok(ExitCode::SUCCESS)
}

/// Makes the run of a receipt again and says what became of it; fails if it is another one.
fn confirm(receipt: &Receipt, dataset: &Dataset, files: &[Vec<u8>; 4]) -> Result<ExitCode, Box<dyn Error>> {
    let mut trainer = Trainer::new(receipt.spec.clone(), dataset)?;
    let bar = ProgressBar::new(receipt.steps);
    while !trainer.is_finished() && trainer.position().step < receipt.steps {
        trainer.step(dataset)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let (same, sentences) = receipt.judge(&receipt_of(&trainer, files, &receipt.sum));
    println!("{}", sentences.join("\n"));
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The receipt of the run as it stands, with a sum of the data of the kind that `like` is.
fn receipt_of(trainer: &Trainer, files: &[Vec<u8>; 4], like: &str) -> Receipt {
    Receipt {
        spec: trainer.spec().clone(),
        steps: trainer.position().step,
        weights: format!("{:016x}", trainer.network().fingerprint()),
        engine: env!("CARGO_PKG_VERSION").into(),
        sum: receipt::sum_of(files.each_ref().map(Vec::as_slice), like),
        accuracy: None,
    }
}

/// From the text itself, or from the file of that name.
fn read_receipt(text: &str) -> Result<Receipt, Box<dyn Error>> {
    if text.contains('\n') {
        return Ok(Receipt::read(text)?);
    }
    Ok(Receipt::read(&fs::read_to_string(text).map_err(|error| format!("{text}: {error}"))?)?)
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

fn folder_of(set: DataSet) -> &'static Path {
    Path::new(match set {
        DataSet::Mnist => "data/mnist",
        DataSet::Fashion => "data/fashion",
    })
}

/// Training images and labels, test images and labels, unpacked.
fn read_files(folder: &Path) -> Result<[Vec<u8>; 4], Box<dyn Error>> {
    let read = |name: &str| {
        let path = folder.join(format!("{name}.gz"));
        let mut bytes = Vec::new();
        File::open(&path).and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes)).map_err(|error| {
            format!("{}: {error}; `cargo xtask data` makes the files again", path.display())
        })?;
        Ok::<_, Box<dyn Error>>(bytes)
    };
    Ok([
        read("train-images-idx3-ubyte")?,
        read("train-labels-idx1-ubyte")?,
        read("t10k-images-idx3-ubyte")?,
        read("t10k-labels-idx1-ubyte")?,
    ])
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
