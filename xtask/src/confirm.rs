//! `cargo xtask confirm FILE`: reproduces the run of a receipt from the page, and says whether the weights
//! are the same.

mod receipt;
mod spec_text;

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::exit;

use anyhow::{Context, Error, Result};
use clap::Args;
use convscope::data::{Dataset, Sizes};
use convscope::spec::DataSet;
use convscope::trainer::Trainer;
use flate2::read::GzDecoder;

use crate::process::root;
use receipt::{Receipt, sum_of};

/// Which receipt, and where the data are.
#[derive(Args)]
pub struct Options {
    /// The file that the receipt is in; `-` for standard input
    file: PathBuf,
    /// The folder of the four gzipped files, in place of that of the receipt's data set
    #[arg(long)]
    data: Option<PathBuf>,
}

/// Runs the receipt's experiment as far as it says. The process ends with 1 if the weights differ.
pub fn confirm(Options { file, data }: &Options) -> Result<()> {
    let receipt = Receipt::read(&read_text(file)?).map_err(Error::msg)?;
    let files = read_files(&data.clone().unwrap_or_else(|| folder_of(receipt.spec.data.set)))?;
    let dataset = Dataset::from_files(Sizes::MNIST, files.each_ref().map(Vec::as_slice))?;
    let mut trainer = Trainer::new(receipt.spec.clone(), &dataset)?;
    while !trainer.is_finished() && trainer.position().step < receipt.steps {
        trainer.step(&dataset)?;
        print_progress(trainer.position().step, receipt.steps);
    }
    let found = Receipt {
        spec: trainer.spec().clone(),
        steps: trainer.position().step,
        weights: format!("{:016x}", trainer.network().fingerprint()),
        // The engine's too: both have the version of the workspace.
        engine: env!("CARGO_PKG_VERSION").into(),
        sum: sum_of(files.each_ref().map(Vec::as_slice), &receipt.sum),
        accuracy: None,
    };
    let (same, sentences) = receipt.compare(&found);
    println!("{}", sentences.join("\n"));
    if !same {
        println!("\nThe receipt of this run:\n\n{}", found.write());
        exit(1);
    }
    Ok(())
}

fn read_text(file: &Path) -> Result<String> {
    if file == Path::new("-") {
        return Ok(io::read_to_string(io::stdin())?);
    }
    fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

fn folder_of(set: DataSet) -> PathBuf {
    root().join(match set {
        DataSet::Mnist => "data/mnist",
        DataSet::Fashion => "data/fashion",
    })
}

/// Training images and labels, test images and labels, unpacked.
fn read_files(folder: &Path) -> Result<[Vec<u8>; 4]> {
    let read = |name: &str| {
        let path = folder.join(format!("{name}.gz"));
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes))
            .with_context(|| format!("could not read {}; `cargo xtask data` makes it", path.display()))?;
        Ok::<_, Error>(bytes)
    };
    Ok([
        read("train-images-idx3-ubyte")?,
        read("train-labels-idx1-ubyte")?,
        read("t10k-images-idx3-ubyte")?,
        read("t10k-labels-idx1-ubyte")?,
    ])
}

/// On a terminal, and not at every step.
fn print_progress(step: u64, steps: u64) {
    if (step == steps || step.is_multiple_of(50)) && io::stderr().is_terminal() {
        eprint!("\r  step {step} of {steps}");
        if step == steps {
            eprintln!();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_text_names_the_file_that_is_missing() {
        let error = read_text(Path::new("no/such/receipt.txt")).unwrap_err();
        assert!(format!("{error:#}").starts_with("could not read no/such/receipt.txt: "), "{error:#}");
    }

    #[test]
    fn read_files_says_how_missing_data_are_made() {
        let error = read_files(Path::new("no/such/folder")).unwrap_err();
        assert!(format!("{error:#}").contains("cargo xtask data"), "{error:#}");
    }
}
