use std::path::PathBuf;

use clap::Args;
use convscope::formats::{self, Imported};
use convscope::trainer::new_checkpoint;
use serde_json::json;

use crate::network_file::read_bytes;
use crate::output;
use crate::report::{Outcome, Report, short};
use crate::spec::{self, DEFAULT_PRESET};

#[derive(Args)]
pub struct Options {
    /// An ONNX or safetensors file
    file: PathBuf,
    /// The checkpoint to write
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
    /// The network that the tensors are for, where the file does not say: a preset, a link, or a JSON file
    #[arg(long, value_name = "SPEC", default_value = DEFAULT_PRESET)]
    onto: String,
}

/// What a file may have; [`formats::import`] says so too, once it is in memory.
const LARGEST_FILE: u64 = 64 << 20;

/// Reads a network, and prints which tensor became which parameter.
pub fn run(Options { file, out, force, onto }: &Options) -> Outcome {
    output::check(out, &[file], *force)?;
    let bytes = read_bytes(file, LARGEST_FILE)?;
    let Imported { spec, network, matches } = formats::import(&bytes, &spec::find(onto)?)?;
    output::write(out, &new_checkpoint(&spec, &network))?;
    let fingerprint = format!("{:016x}", network.fingerprint());
    let width = matches.iter().map(|one| one.tensor.chars().count()).max().unwrap_or(0).max("tensor".len());
    let mut lines = vec![format!("{:<width$}  parameter  shape", "tensor")];
    for one in &matches {
        lines.push(format!("{:<width$}  {:<9}  {:?}", one.tensor, one.parameter, one.dims));
    }
    lines.push(format!("\n{}: weights {fingerprint}", out.display()));
    let json = json!({
        "file": out.display().to_string(),
        "weights": fingerprint,
        "matches": matches,
        "spec": short(&spec),
    });
    Ok(Report::new(lines.join("\n"), json))
}
