//! Files of one's own, made into a set: as the page does it, with the same bits.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use convscope::own_set::{Choices, Collected, Collector, LabelColumn, MOST_MATERIAL, Shares, Survey, Target};
use serde_json::json;

use crate::failure::Failure;
use crate::output;
use crate::report::{Outcome, Report};

#[derive(Args)]
pub struct Options {
    /// A folder, ZIP, NPZ, CSV or IDX file: pictures in a folder for each class, arrays, or a table
    path: PathBuf,
    /// The ZIP to write; the page opens it, and unzipped it is a folder for --data
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    wishes: Wishes,
}

/// How images are made into a set; what is not said is decided as the page does.
#[derive(Args, Clone, Default)]
pub struct Wishes {
    /// Rows and columns to scale images to, such as 28 or 32x24
    #[arg(long, value_parser = side)]
    side: Option<[usize; 2]>,
    /// Keep colours: three channels
    #[arg(long, conflicts_with = "grey")]
    colour: bool,
    /// Make them grey: one channel
    #[arg(long)]
    grey: bool,
    /// Make light dark and dark light
    #[arg(long, value_name = "true|false")]
    invert: Option<bool>,
    /// Shares to train, validate and test on, where the files have no such splits [default: 80/10/10]
    #[arg(long, value_parser = shares)]
    shares: Option<Shares>,
    /// Draws the split and the order of the images [default: 1]
    #[arg(long, value_name = "SEED")]
    split_seed: Option<u64>,
    /// The column of a table that has the labels: first, last, or its number from 0
    #[arg(long, value_name = "COLUMN", value_parser = label)]
    label: Option<LabelColumn>,
}

fn side(text: &str) -> Result<[usize; 2], &'static str> {
    let (rows, columns) = text.split_once('x').unwrap_or((text, text));
    let read = |side: &str| {
        side.parse().map_err(|_| "a side such as 28, or rows and columns such as 32x24, are expected")
    };
    Ok([read(rows)?, read(columns)?])
}

fn shares(text: &str) -> Result<Shares, &'static str> {
    let shares: Vec<u32> = text.split('/').filter_map(|share| share.parse().ok()).collect();
    match shares[..] {
        [training, validation, test] if text.split('/').count() == 3 => {
            Ok(Shares { training, validation, test })
        }
        _ => Err("three shares such as 80/10/10 are expected"),
    }
}

fn label(text: &str) -> Result<LabelColumn, &'static str> {
    match text {
        "first" => Ok(LabelColumn::First),
        "last" => Ok(LabelColumn::Last),
        _ => text.parse().map(LabelColumn::Number).map_err(|_| "first, last, or a number is expected"),
    }
}

impl Wishes {
    /// With the form that a network takes, unless another is wished for.
    pub fn or_form(&self, [channels, rows, columns]: [usize; 3]) -> Self {
        let mut wishes = self.clone();
        wishes.side.get_or_insert([rows, columns]);
        if !self.colour && !self.grey {
            (wishes.colour, wishes.grey) = (channels == 3, channels == 1);
        }
        wishes
    }

    /// Whether something is wished for.
    pub fn any(&self) -> bool {
        let Self { side, colour, grey, invert, shares, split_seed, label } = self;
        *colour
            || *grey
            || side.is_some()
            || invert.is_some()
            || shares.is_some()
            || split_seed.is_some()
            || label.is_some()
    }

    /// What a picture is made into for a network that takes such images.
    pub fn target(&self, [channels, rows, columns]: [usize; 3]) -> Target {
        Target { channels, rows, columns, invert: self.invert.unwrap_or(false) }
    }

    /// The proposal with what was wished for in its place.
    fn choices(&self, proposal: &Choices) -> Choices {
        let mut choices = proposal.clone();
        [choices.rows, choices.columns] = self.side.unwrap_or([choices.rows, choices.columns]);
        if self.colour || self.grey {
            choices.channels = if self.colour { 3 } else { 1 };
            // Dark on light is not inverted in colour.
            choices.invert &= self.grey;
        }
        choices.invert = self.invert.unwrap_or(choices.invert);
        choices.shares = self.shares.unwrap_or(choices.shares);
        choices.seed = self.split_seed.unwrap_or(choices.seed);
        choices.label_column = self.label.or(choices.label_column);
        choices
    }
}

/// Makes a set of the files and writes it.
pub fn run(Options { path, out, force, wishes }: &Options) -> Outcome {
    output::check(out, &[path], *force)?;
    let (survey, set) = collect(path, wishes)?;
    let bytes = set.zip()?;
    output::write(out, &bytes)?;
    let text = format!("{}\n\n{}: {} bytes", described(&survey, &set), out.display(), bytes.len());
    let json = json!({ "set": set.name(), "file": out, "bytes": bytes.len(), "survey": survey, "report": set.report() });
    Ok(Report::new(text, json))
}

/// Makes a set of a file or folder.
pub fn collect(path: &Path, wishes: &Wishes) -> Result<(Survey, Collected), Failure> {
    let mut collector = Collector::default();
    for (name, path) in files(path)? {
        let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
        collector.add(&name, bytes)?;
    }
    let survey = collector.survey()?;
    let set = collector.collect(&wishes.choices(&survey.proposal))?;
    Ok((survey, set))
}

/// The files of a folder and below, each with what it is called from there; or the one file. Links are not followed.
fn files(path: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let whole = path.canonicalize().map_err(|error| absent(path, &error))?;
    let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut files, mut folders, mut bytes) = (vec![], vec![(name, path.to_owned())], 0);
    let most = MOST_MATERIAL as u64;
    while let Some((name, path)) = folders.pop() {
        let about = path.metadata().map_err(|error| Failure::io("read", &path, &error))?;
        if about.is_file() {
            bytes += about.len();
            if bytes > most {
                let message =
                    format!("{} is one too many: at most {} MiB are taken.", path.display(), most >> 20);
                return Err(Failure::new("too_large", message));
            }
            files.push((name, path));
        } else if about.is_dir() {
            let failed = |error| Failure::io("read", &path, &error);
            for entry in fs::read_dir(&path).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                if !entry.file_type().map_err(failed)?.is_symlink() {
                    folders.push((format!("{name}/{}", entry.file_name().to_string_lossy()), entry.path()));
                }
            }
        }
    }
    files.sort();
    Ok(files)
}

fn absent(path: &Path, error: &io::Error) -> Failure {
    if error.kind() != io::ErrorKind::NotFound {
        return Failure::io("read", path, error);
    }
    let message = format!(
        "There is no {}. Name the files or the folder of your images; `cargo xtask data` makes those of MNIST and Fashion-MNIST.",
        path.display()
    );
    Failure::new("not_found", message)
}

/// What was found and made of it.
pub fn described(survey: &Survey, set: &Collected) -> String {
    let report = set.report();
    let [channels, rows, columns] = report.form;
    let [training, validation, test] = report.sizes;
    let [mean, deviation] = report.normalization;
    let mut lines = vec![
        format!("{}", set.name()),
        format!(
            "{rows}×{columns}, {}, {} classes",
            if channels == 1 { "grey" } else { "colour" },
            report.classes.len()
        ),
        format!("{training} images to train, {validation} to validate, {test} to test"),
        format!("mean {mean:.4}, deviation {deviation:.4}"),
    ];
    let sentences = survey.warnings.iter().chain(&report.broken).chain(&report.warnings);
    lines.extend(sentences.map(|sentence| format!("- {sentence}")));
    lines.join("\n")
}
