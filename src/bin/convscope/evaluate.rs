use std::path::PathBuf;

use clap::{Args, ValueEnum};
use convscope::data::Split;

use crate::failure::Failure;
use crate::network_file::{read_network, read_trainer};
use crate::report::{Outcome, Report, evaluation_json, evaluation_text};
use crate::set;

#[derive(Args)]
pub struct Options {
    /// A run file or checkpoint
    network: PathBuf,
    /// The images to evaluate it on
    #[arg(long, value_enum, default_value_t = Part::Test)]
    split: Part,
    #[command(flatten)]
    set: set::Source,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Part {
    /// Those held out until the end
    Test,
    /// The last twelfth of the training files
    Validation,
    /// Those that the network learnt from
    Training,
}

const NOT_FINITE: &str = "The network's scores are not finite numbers, so it cannot be evaluated; its weights are broken or too large.";

/// Evaluates the network on a whole split.
pub fn run(Options { network, split, set }: &Options) -> Outcome {
    let (spec, _) = read_network(network)?;
    let set = set.read(&spec)?;
    let mut trainer = read_trainer(network, &set.dataset)?;
    let (split, name) = match split {
        Part::Test => (Split::Test, "test"),
        Part::Validation => (Split::Validation, "validation"),
        Part::Training => (Split::Training, "training"),
    };
    if set.dataset.len(split) == 0 {
        return Err(Failure::new(
            "not_found",
            format!("The data have no {name} images; choose another --split."),
        ));
    }
    let evaluation = trainer.evaluate(&set.dataset, split)?;
    if !evaluation.loss.is_finite() {
        return Err(Failure::new("not_finite", NOT_FINITE));
    }
    let names = set.class_names(evaluation.classes);
    let mut json = evaluation_json(&evaluation);
    json["split"] = name.into();
    json["classNames"] = names.clone().into();
    Ok(Report::new(evaluation_text(name, &evaluation, &names), json))
}
