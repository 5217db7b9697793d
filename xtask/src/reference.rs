//! `cargo xtask reference DIR`: the engine against reference answers, natively and as wasm.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use convscope::reference::check as check_file;
use serde_json::Value;

use crate::process::{command, output, root};
use crate::stage::stage;
use crate::{node, package};

/// The largest error allowed, relative to the largest number of each tensor.
const TOLERANCE: f64 = 1e-4;

/// Errors in the order in which they are printed.
const QUANTITIES: [&str; 5] = ["logits", "loss", "activations", "gradients", "weights"];

/// Checks every `.safetensors` file in `folder` and prints a line for each case and build.
pub fn check(folder: &Path) -> Result<()> {
    let files = files_in(folder)?;
    node::set_up()?;
    let wasm = check_in_wasm(&files)?;
    println!("{:28} {:7} {}", "case", "build", QUANTITIES.map(|name| format!("{name:>12}")).concat());
    let mut failed = 0;
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let native = check_natively(file).map_err(|error| error.to_string());
        let in_wasm = wasm.get(&*file.to_string_lossy()).cloned();
        let in_wasm = in_wasm.unwrap_or(Err("there was no answer".into()));
        for (build, result) in [("native", native), ("wasm", in_wasm)] {
            failed += usize::from(!print_line(&name, build, &result));
        }
    }
    let checks = 2 * files.len();
    println!("{} passed, {failed} failed", checks - failed);
    ensure!(failed == 0, "{failed} of {checks} checks are off by more than {TOLERANCE:e}");
    Ok(())
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not read the folder {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "safetensors") {
            files.push(fs::canonicalize(path)?);
        }
    }
    if files.is_empty() {
        bail!("there is no .safetensors file in {}", folder.display());
    }
    files.sort();
    Ok(files)
}

/// Prints the worst relative error of each quantity; says whether all are small enough.
fn print_line(name: &str, build: &str, result: &Result<Value, String>) -> bool {
    let report = match result {
        Ok(report) => report,
        Err(error) => {
            println!("{name:28} {build:7} {error}");
            return false;
        }
    };
    let errors = QUANTITIES.map(|quantity| report[quantity].as_f64());
    let cells = errors.map(|error| error.map_or(format!("{:>12}", "–"), |error| format!("{error:12.1e}")));
    // Not-a-number is not small enough.
    let good = errors.iter().flatten().all(|error| *error <= TOLERANCE) && errors.iter().any(Option::is_some);
    println!("{name:28} {build:7} {}{}", cells.concat(), if good { "" } else { "  FAILED" });
    good
}

fn check_natively(file: &Path) -> Result<Value> {
    Ok(serde_json::to_value(check_file(&fs::read(file)?)?)?)
}

/// The same checks by the engine as WebAssembly: a report or an error for each file.
fn check_in_wasm(files: &[PathBuf]) -> Result<BTreeMap<String, Result<Value, String>>> {
    let wasm = package::compile(&["--features", "reference"])?;
    let folder = root().join("target/reference");
    stage("checking in WebAssembly", || {
        package::bind(&wasm, &folder, "convscope")?;
        let answers = output(command("node").arg("xtask/js/check-reference.js").arg(&folder).args(files))?;
        answers
            .lines()
            .map(|line| {
                let answer: Value = serde_json::from_str(line)?;
                let file = answer["file"].as_str().context("an answer names its file")?.to_owned();
                let error = answer["error"].as_str().map(str::to_owned);
                Ok((file, error.map_or_else(|| Ok(answer["report"].clone()), Err)))
            })
            .collect()
    })
}
