//! What leaves Convscope, opened by the libraries of others: ONNX Runtime, safetensors, NumPy, Jupyter.

use std::path::PathBuf;

use anyhow::Result;

use crate::apt;
use crate::process::{command, root, run, succeeds};
use crate::stage::stage;
use crate::tally::{Tally, count};

const REQUIREMENTS: &str = "tests/formats/requirements.txt";

/// Opens the files that `tests/formats.rs` has written.
pub fn test() -> Result<Tally> {
    let python = stage("setting up Python", set_up)?;
    stage("opening the exports in Python", || {
        let files = root().join("target/tmp/formats");
        count(
            command(python)
                .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "tests/formats"])
                .env("FORMATS", files)
                .env("PYTHONDONTWRITEBYTECODE", "1"),
        )
    })
}

/// A Python of the project's own, with what the tests need.
fn set_up() -> Result<PathBuf> {
    let own = root().join("target/python");
    let python = own.join("bin/python");
    if !succeeds(command(&python).args(["-m", "pip", "--version"])) {
        let make = || run(command("python3").args(["-m", "venv"]).arg(&own));
        make().or_else(|_| apt::install(&["python3-venv"]).and_then(|()| make()))?;
    }
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS];
    run(command(&python).args(install))?;
    Ok(python)
}
