use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use convscope::data::Split;
use convscope::trainer::Trainer;
use serde_json::json;

use crate::failure::Failure;
use crate::pool::{self, Pool};
use crate::progress::Progress;
use crate::report::{Outcome, Report};
use crate::set;
use crate::spec::read_text;
use crate::text::receipt::Receipt;

#[derive(Args)]
pub struct Options {
    /// The file that the receipt is in, as text or as a link; `-` for standard input
    receipt: PathBuf,
    /// Threads to compute with; the bits do not depend on it [default: as many as there are cores]
    #[arg(long, value_parser = pool::threads)]
    threads: Option<usize>,
    #[command(flatten)]
    set: set::Source,
}

/// Longer than any receipt.
const LONGEST_INPUT: u64 = 1 << 20;

/// Runs the receipt's experiment as far as it says.
pub fn run(Options { receipt, threads, set }: &Options) -> Outcome {
    let stated = Receipt::read(&text(receipt)?)
        .map_err(|reason| Failure::new("bad_file", format!("{}: {reason}", receipt.display())))?;
    let set = set.read(&stated.spec)?;
    let mut trainer = Trainer::new(stated.spec.clone(), &set.dataset)?;
    let pool = Pool::new(&stated.spec, *threads)?;
    let progress = Progress::new(stated.steps.min(trainer.total_steps()));
    while !trainer.is_finished() && trainer.position().step < stated.steps {
        let step = pool.step(&mut trainer, &set.dataset)?;
        progress.show(trainer.position().step, step.loss);
    }
    progress.finish();
    let has_test = set.dataset.len(Split::Test) > 0;
    let accuracy = match stated.accuracy {
        Some(_) if has_test => Some(trainer.evaluate(&set.dataset, Split::Test)?.accuracy),
        _ => None,
    };
    let found = Receipt::of(&trainer, set.sum(&stated.sum), accuracy);
    let (confirmed, sentences) = stated.compare(&found);
    let json = json!({ "confirmed": confirmed, "sentences": sentences, "stated": stated.json(), "found": found.json() });
    let mut text = sentences.join("\n");
    if !confirmed {
        text += &format!("\n\nThe receipt of this run:\n\n{}", found.write());
    }
    Ok(Report { text, json, confirmed })
}

fn text(path: &Path) -> Result<String, Failure> {
    if path != Path::new("-") {
        return read_text(path);
    }
    let mut text = String::new();
    io::stdin()
        .take(LONGEST_INPUT)
        .read_to_string(&mut text)
        .map_err(|error| Failure::io("read", Path::new("standard input"), &error))?;
    Ok(text)
}
