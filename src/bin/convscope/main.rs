//! `convscope`: trains, evaluates and converts networks without a browser, with the specs, links, receipts and run
//! files of the page.

mod collect;
mod confirm;
mod evaluate;
mod export;
mod failure;
mod file_kind;
mod import;
mod network_file;
mod output;
mod pictures;
mod pool;
mod predict;
mod progress;
mod report;
mod run_file;
mod set;
mod spec;
mod text;
mod train;

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use report::{Outcome, Report};

/// A convolutional network written by hand, trained natively: the same bits as in the page
///
/// Exit status: 0 if it worked, 1 if a receipt was not confirmed, 2 if something went wrong.
#[derive(Parser)]
#[command(name = "convscope", version)]
struct Arguments {
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train a network; writes a run file that the page opens, and prints its receipt
    Train(train::Options),
    /// Evaluate a trained network: loss, accuracy, precision, recall, F1, confusion matrix
    Evaluate(evaluate::Options),
    /// Make a set of images in files of many kinds, and save it
    Collect(collect::Options),
    /// Classify pictures (PNG, JPEG, WebP), or images of an IDX file
    Predict(predict::Options),
    /// Write a trained network in a form that others open
    Export(export::Options),
    /// Read a network from an ONNX or safetensors file
    Import(import::Options),
    /// Re-run the experiment of a receipt, and say whether the weights are the same
    Confirm(confirm::Options),
}

fn main() -> ExitCode {
    let Arguments { json, command } = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() && env::args_os().any(|argument| argument == "--json") => {
            return print(Err(usage(&error)), true);
        }
        Err(error) => error.exit(),
    };
    let outcome = match &command {
        Command::Collect(options) => collect::run(options),
        Command::Train(options) => train::run(options),
        Command::Evaluate(options) => evaluate::run(options),
        Command::Predict(options) => predict::run(options),
        Command::Export(options) => export::run(options),
        Command::Import(options) => import::run(options),
        Command::Confirm(options) => confirm::run(options),
    };
    print(outcome, json)
}

/// Wrong arguments as one sentence, without the help around it.
fn usage(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let said = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    Failure::new("usage", said.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The report goes to standard output. So does a failure if a program reads along, else to standard error.
fn print(outcome: Outcome, as_json: bool) -> ExitCode {
    let (text, status) = match outcome {
        Ok(Report { json, confirmed, .. }) if as_json => (json.to_string(), u8::from(!confirmed)),
        Ok(Report { text, confirmed, .. }) => (text, u8::from(!confirmed)),
        Err(failure) if as_json => (failure.json().to_string(), 2),
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::from(2);
        }
    };
    // The reader may have closed the pipe, as `head` does.
    let _ = writeln!(io::stdout(), "{text}");
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        super::Arguments::command().debug_assert();
    }
}
