use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::Args;
use convscope::data::{Dataset, Split};
use convscope::metrics::Evaluation;
use convscope::spec::Spec;
use convscope::trainer::Trainer;
use serde_json::json;

use crate::failure::Failure;
use crate::network_file;
use crate::output;
use crate::pool::{self, Pool};
use crate::progress::Progress;
use crate::report::{Outcome, Report, evaluation_json, evaluation_text, short};
use crate::run_file::{RunFile, is_kept};
use crate::set::{self, Set};
use crate::spec::{self, DEFAULT_PRESET};
use crate::text::receipt::Receipt;

#[derive(Args)]
pub struct Options {
    /// What to train: a preset, a link of the page or its text, or a file with a spec (JSON) or a receipt
    #[arg(default_value = DEFAULT_PRESET)]
    spec: String,
    /// Continue this run or checkpoint in place of a new run; the result has no receipt
    #[arg(long, value_name = "FILE", conflicts_with_all = ["spec", "seed"])]
    from: Option<PathBuf>,
    /// Epochs, in place of the spec's
    #[arg(long)]
    epochs: Option<usize>,
    /// Stop after so many steps, if the epochs are not over before
    #[arg(long)]
    steps: Option<u64>,
    /// Seed, in place of the spec's
    #[arg(long, allow_negative_numbers = true, value_parser = seed)]
    seed: Option<u64>,
    /// Threads to compute with; the bits do not depend on it [default: as many as there are cores]
    #[arg(long, value_parser = pool::threads)]
    threads: Option<usize>,
    /// The run file to write, or only a checkpoint if it ends in .cvsc; the receipt goes beside it
    #[arg(short, long, value_name = "FILE", default_value = "run.cvsr")]
    out: PathBuf,
    /// Replace the run and its receipt if they exist
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    set: set::Source,
}

fn seed(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "a whole number from 0 is expected")
}

/// Set by Ctrl-C: the run ends after its step, and is written.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Trains to the end, evaluates on the test images, and writes the run and its receipt.
pub fn run(options: &Options) -> Outcome {
    let checkpoint = options.from.as_deref().map(network_file::read).transpose()?;
    let spec = options.spec(checkpoint.as_deref())?;
    options.check_output()?;
    // A run that is continued keeps its spec.
    let (set, spec, said) = match &checkpoint {
        Some(_) => (options.set.read(&spec)?, spec, None),
        None => options.set.read_to_train(spec)?,
    };
    convscope::spec::validate(&spec)?;
    if let Some(said) = said {
        eprintln!("{said}\n");
    }
    let trainer = match &checkpoint {
        Some(bytes) => continued(bytes, &spec, &set.dataset)?,
        None => Trainer::new(spec.clone(), &set.dataset)?,
    };
    watch_for_interruption();
    let mut run = Run {
        pool: Pool::new(&spec, options.threads)?,
        file: RunFile::new(name_of(&options.out), spec, checkpoint.map(|_| trainer.position().step)),
        start: Instant::now(),
        trainer,
        set,
    };
    let most = options.steps.unwrap_or(u64::MAX);
    match run.train(most) {
        Ok(()) => run.finish(&options.out),
        // Its weights are those before the step that failed: what came before is not lost.
        Err(failure) => run.write(&options.out).and(Err(failure)),
    }
}

impl Options {
    /// Before the first step: what has been trained must not be lost in the end.
    fn check_output(&self) -> Result<(), Failure> {
        let inputs = [self.from.as_deref().unwrap_or(Path::new(&self.spec))];
        output::check(&self.out, &inputs, self.force)?;
        if self.from.is_none() {
            output::check(&receipt_file(&self.out), &inputs, self.force)?;
        }
        Ok(())
    }

    /// That of the checkpoint, if there is one.
    fn spec(&self, checkpoint: Option<&[u8]>) -> Result<Spec, Failure> {
        let mut spec = match checkpoint {
            Some(bytes) => Trainer::read_checkpoint(bytes)?.0,
            None => spec::find(&self.spec)?,
        };
        spec.training.epochs = self.epochs.unwrap_or(spec.training.epochs);
        spec.seed = self.seed.unwrap_or(spec.seed);
        convscope::spec::validate(&spec)?;
        Ok(spec)
    }
}

/// The run of a checkpoint, with the settings of `spec`.
fn continued(checkpoint: &[u8], spec: &Spec, dataset: &Dataset) -> Result<Trainer, Failure> {
    let mut trainer = Trainer::restore(checkpoint, dataset)?;
    trainer.configure(spec.training.clone())?;
    if trainer.is_finished() {
        let message =
            format!("The run has had all of its {} epochs; name more with --epochs.", spec.training.epochs);
        return Err(Failure::new("out_of_range", message));
    }
    Ok(trainer)
}

struct Run {
    trainer: Trainer,
    set: Set,
    pool: Pool,
    file: RunFile,
    start: Instant,
}

impl Run {
    fn train(&mut self, most: u64) -> Result<(), Failure> {
        let progress = Progress::new(self.trainer.total_steps().min(most));
        let epochs = self.trainer.spec().training.epochs;
        self.keep();
        while !self.trainer.is_finished() && self.trainer.position().step < most && !interrupted() {
            let epoch = self.trainer.position().epoch;
            let step = self.pool.step(&mut self.trainer, &self.set.dataset)?;
            let position = self.trainer.position();
            self.file.add_step(position.step, step);
            if is_kept(position.step) {
                self.keep();
            }
            progress.show(position.step, step.loss);
            if position.epoch > epoch && self.set.dataset.len(Split::Validation) > 0 {
                let Evaluation { loss, accuracy, .. } = self.evaluate(Split::Validation)?;
                let accuracy = 100.0 * accuracy;
                let epoch = position.epoch;
                progress.line(&format!(
                    "epoch {epoch} of {epochs}: validation loss {loss:.4}, accuracy {accuracy:.2}%"
                ));
            }
        }
        progress.finish();
        Ok(())
    }

    /// Writes the run file, or the checkpoint.
    fn write(&mut self, out: &Path) -> Result<(), Failure> {
        self.keep();
        let is_checkpoint = out.extension().is_some_and(|ending| ending == "cvsc");
        output::write(out, &if is_checkpoint { self.trainer.checkpoint() } else { self.file.bytes() })
    }

    fn keep(&mut self) {
        let elapsed = self.start.elapsed().as_secs_f64();
        self.file.add_checkpoint(self.trainer.position().step, elapsed, self.trainer.checkpoint());
    }

    fn evaluate(&mut self, split: Split) -> Result<Evaluation, Failure> {
        let dataset: &Dataset = &self.set.dataset;
        let evaluation = self.trainer.evaluate(dataset, split)?;
        self.file.add_evaluation(split, self.trainer.position(), evaluation.clone());
        Ok(evaluation)
    }

    /// Evaluates on the test images, if there are any, and writes the files.
    fn finish(mut self, out: &Path) -> Outcome {
        let seconds = self.start.elapsed().as_secs_f64();
        let split = self.set.last_split();
        let evaluation = self.evaluate(split)?;
        let accuracy = (split == Split::Test).then_some(evaluation.accuracy);
        let receipt = Receipt::of(&self.trainer, self.set.sum("sha256"), accuracy);
        let weights = receipt.weights.clone();
        let receipt = (!self.file.is_continued()).then(|| receipt.write());
        self.write(out)?;
        let receipt_file = receipt.is_some().then(|| receipt_file(out));
        if let (Some(receipt), Some(file)) = (&receipt, &receipt_file) {
            output::write(file, format!("{receipt}\n").as_bytes())?;
        }

        let position = self.trainer.position();
        let names = self.set.class_names(evaluation.classes);
        let split_name = short(&split);
        let split_name = split_name.as_str().unwrap_or_default();
        let json = json!({
            "spec": short(self.trainer.spec()),
            "steps": position.step,
            "epochs": position.epoch,
            "interrupted": interrupted(),
            "seconds": seconds,
            "weights": weights,
            "classNames": names,
            split_name: evaluation_json(&evaluation),
            "receipt": receipt,
            "files": { "run": out, "receipt": receipt_file },
        });
        let text = format!(
            "step {}, {seconds:.1} s\n\n{}\n\n{}\n\nWritten: {}{}",
            position.step,
            evaluation_text(split_name, &evaluation, &names),
            receipt
                .unwrap_or_else(|| format!("weights: {weights}\nA run that was continued has no receipt.")),
            out.display(),
            receipt_file.map_or(String::new(), |file| format!(", {}", file.display()))
        );
        Ok(Report::new(text, json))
    }
}

/// The receipt goes beside the run.
pub fn receipt_file(out: &Path) -> PathBuf {
    out.with_extension("receipt.txt")
}

fn name_of(out: &Path) -> String {
    out.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Once, to stop and write what there is; twice, to end at once.
fn watch_for_interruption() {
    // Without the handler Ctrl-C ends the program, as usual.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            exit(130);
        }
    });
}
