//! `cargo xtask build`: the engine, and the modules that are fetched later, as JavaScript modules in `pkg/`.

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

/// A module of `pkg/`, and how it is made.
struct Module {
    name: &'static str,
    /// For cargo.
    arguments: &'static [&'static str],
    profile: &'static str,
    /// For wasm-opt.
    optimizations: &'static [&'static str],
}

/// All but the engine are fetched only when they are needed. The formats and the collector have to be small rather
/// than fast.
const MODULES: [Module; 4] = [
    Module { name: "convscope", arguments: &[], profile: "release", optimizations: &OPTIMIZATIONS },
    Module {
        name: "convscope_inquiry",
        arguments: &["--features", "inquiry"],
        profile: "release",
        optimizations: &OPTIMIZATIONS,
    },
    Module {
        name: "convscope_formats",
        arguments: &["--features", "formats"],
        profile: "small",
        optimizations: SMALL,
    },
    Module {
        name: "convscope_own_set",
        arguments: &["--features", "own-set"],
        profile: "small",
        optimizations: SMALL,
    },
];

const SMALL: &[&str] = &["-Oz", "--strip-producers", "--strip-target-features"];

/// Fills `pkg/`. What is up to date is left as it is.
pub fn build() -> Result<()> {
    node::set_up()?;
    let folder = root().join("pkg");
    for Module { name, arguments, profile, optimizations } in MODULES {
        let wasm = compile_as(profile, arguments)?;
        if is_made_from(&folder, name, &wasm)? {
            continue;
        }
        stage(&format!("making pkg/{name}.js: bindings and wasm-opt"), || {
            bind(&wasm, &folder, name)?;
            optimize(&folder.join(format!("{name}_bg.wasm")), optimizations)?;
            Ok(fs::write(made_from(&folder, name), digest(&wasm)?)?)
        })?;
    }
    npm::complete()
}

/// Compiles the library for wasm32, in the release profile; returns the path of the module.
pub fn compile(arguments: &[&str]) -> Result<PathBuf> {
    compile_as("release", arguments)
}

fn compile_as(profile: &str, arguments: &[&str]) -> Result<PathBuf> {
    let cargo = WasmCargo::set_up()?;
    stage("compiling to WebAssembly", || {
        let library = ["--profile", profile, "--lib", "--package", "convscope"];
        run(cargo.command("build").args(library).args(arguments))
    })?;
    Ok(cargo.artifact(profile))
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

fn optimize(wasm: &Path, optimizations: &[&str]) -> Result<()> {
    run(node::tool("wasm-opt")?.args(FEATURES).args(optimizations).arg(wasm).arg("--output").arg(wasm))
}

/// Holds the SHA-256 of what was compiled, before its bindings were made.
fn made_from(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}-made-from"))
}

fn is_made_from(folder: &Path, name: &str, wasm: &Path) -> Result<bool> {
    let made_from = fs::read_to_string(made_from(folder, name)).unwrap_or_default();
    Ok(made_from == digest(wasm)? && folder.join(format!("{name}_bg.wasm")).exists())
}

fn digest(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(sha256([&*bytes]))
}
