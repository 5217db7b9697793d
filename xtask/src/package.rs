//! `cargo xtask build`: the engine as a JavaScript module in `pkg/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::data::sha256;
use crate::process::{root, run};
use crate::stage::stage;
use crate::wasm_cargo::WasmCargo;
use crate::{node, npm};

/// All that the compiler may use: wasm-opt reads a module only if it knows what is in it.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// wasm-opt inlines large functions that have one caller by default. That makes no loop faster, but
/// functions with so many variables that the download grows by 2 to 3 %.
///
/// Nothing of ours is in the first kilobyte of memory, the very end of the stack, so constants may
/// move from sums of addresses into the loads: the inner loops get shorter by a tenth.
const OPTIMIZATIONS: [&str; 5] = [
    "-O3",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=20",
    "--strip-producers",
    "--strip-target-features",
];

/// Fills `pkg/`. What is up to date is left as it is.
pub fn build() -> Result<()> {
    node::set_up()?;
    let wasm = compile(&[])?;
    let folder = root().join("pkg");
    if !is_made_from(&folder, &wasm)? {
        stage("making pkg/: bindings and wasm-opt", || {
            bind(&wasm, &folder, "convscope")?;
            optimize(&folder.join("convscope_bg.wasm"))?;
            Ok(fs::write(folder.join(MADE_FROM), digest(&wasm)?)?)
        })?;
    }
    npm::complete()
}

/// Compiles the library for wasm32, in the release profile; returns the path of the module.
pub fn compile(arguments: &[&str]) -> Result<PathBuf> {
    let cargo = WasmCargo::set_up()?;
    stage("compiling the engine to WebAssembly", || {
        run(cargo.command("build").args(["--release", "--lib", "--package", "convscope"]).args(arguments))
    })?;
    Ok(cargo.artifact("release"))
}

/// Writes the JavaScript side of a module, for the web.
pub fn bind(wasm: &Path, folder: &Path, name: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    Bindgen::new()
        .web(true)?
        .typescript(true)
        .input_path(wasm)
        .out_name(name)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen failed on {}", wasm.display()))
}

fn optimize(wasm: &Path) -> Result<()> {
    run(node::tool("wasm-opt")?.args(FEATURES).args(OPTIMIZATIONS).arg(wasm).arg("--output").arg(wasm))
}

/// Holds the SHA-256 of the module that the folder was made from.
const MADE_FROM: &str = ".made-from";

fn is_made_from(folder: &Path, wasm: &Path) -> Result<bool> {
    let made_from = fs::read_to_string(folder.join(MADE_FROM)).unwrap_or_default();
    Ok(made_from == digest(wasm)? && folder.join("convscope_bg.wasm").exists())
}

fn digest(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(sha256([&*bytes]))
}
