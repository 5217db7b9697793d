//! The engine's tests compiled to WebAssembly and run in a real browser: the same functions that run
//! natively, marked `#[wasm_bindgen_test(unsupported = test)]`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{command, output, root};
use crate::stage::stage;
use crate::tally::{Tally, count};
use crate::wasm_cargo::WasmCargo;

/// The test files whose tests run in both places; the others read files or need native libraries.
const TEST_FILES: [&str; 8] =
    ["going_back", "gradients", "layers", "probe", "reference", "shards", "trainer", "validation"];

/// Compiles, binds and runs them all, or those of one test file.
pub fn run(chrome: &Path, only: Option<&str>) -> Result<Tally> {
    let modules = stage("compiling the engine's tests to WebAssembly", || compile(only))?;
    let folder = root().join("target/engine-tests");
    stage("running the engine's tests in the browser", || {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let names = modules.iter().map(|module| bind(module, &folder)).collect::<Result<Vec<_>>>()?;
        count(command("node").arg("xtask/js/engine-tests.js").arg(&folder).args(names).env("CHROME", chrome))
    })
}

fn compile(only: Option<&str>) -> Result<Vec<PathBuf>> {
    let targets: Vec<&str> = match only {
        None => TEST_FILES.iter().flat_map(|file| ["--test", file]).chain(["--lib"]).collect(),
        Some(file) => {
            ensure!(
                TEST_FILES.contains(&file),
                "the tests that run in a browser are: {}",
                TEST_FILES.join(", ")
            );
            vec!["--test", file]
        }
    };
    let cargo = WasmCargo::set_up()?;
    let mut build = cargo.command("test");
    build.args(["--no-run", "--package", "convscope", "--features", "reference"]).args(targets);
    let messages = output(build.args(["--message-format", "json-render-diagnostics"]))?;
    let modules: Vec<PathBuf> = messages.lines().filter_map(executable).collect();
    let expected = if only.is_some() { 1 } else { TEST_FILES.len() + 1 };
    ensure!(modules.len() == expected, "expected {expected} test modules, got {modules:?}");
    Ok(modules)
}

/// The path of the module in one of cargo's messages, if it is about one.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    Some(PathBuf::from(message.get("executable")?.as_str()?))
}

/// Writes the JavaScript side of a test module; returns its name.
fn bind(module: &Path, folder: &Path) -> Result<String> {
    let stem = module.file_stem().context("a module has a name")?.to_string_lossy();
    let name = stem.rsplit_once('-').map_or(&*stem, |(name, _hash)| name).to_owned();
    fs::create_dir_all(folder)?;
    Bindgen::new()
        .web(true)?
        .typescript(false)
        .debug(true)
        // The runner calls the tests; `main` would look for native threads.
        .emit_start(false)
        .input_path(module)
        .out_name(&name)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen failed on {}", module.display()))?;
    Ok(name)
}
