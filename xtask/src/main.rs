//! The project's tasks: `cargo xtask serve`, `check`, `test`, `build` and the rest. See `cargo xtask --help`.

mod apt;
mod bench;
mod browser;
mod budget;
mod check;
mod data;
mod engine_tests;
mod formats;
mod measure;
mod node;
mod npm;
mod outside;
mod package;
mod page;
mod process;
mod reference;
mod stage;
mod tally;
mod tests;
mod wasm_cargo;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Everything there is to do with Convscope. Each task does all the set-up it needs.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the page and serve it on a local port
    Serve {
        /// The port; the next free one if it is taken
        #[arg(long, default_value_t = 8000)]
        port: u16,
    },
    /// Check format, lint and types, and run the quick tests; no browser needed
    Check,
    /// Run every test there is
    Test {
        /// Only this file of tests/, such as `gradients`, compiled to WebAssembly
        #[arg(long, value_name = "FILE")]
        wasm: Option<String>,
    },
    /// Serve the sources and reload the page when they change
    Dev {
        /// The port; the next free one if it is taken
        #[arg(long, default_value_t = 8000)]
        port: u16,
    },
    /// Compile the engine to WebAssembly, into pkg/
    Build,
    /// Build the page into dist/, static files for any path of any host
    Dist,
    /// Measure speed, size and memory in headless Chromium
    Bench(bench::Options),
    /// Measure how well networks read hands that they have never seen, before and after they are taught
    Hand {
        /// Only these presets, such as `codelab`
        presets: Vec<String>,
    },
    /// Measure how often an image is said to be unlike the training: test digits, letters, scribbles and noise
    Unlike {
        /// Of the network of this preset
        preset: Option<String>,
    },
    /// Check the engine against the reference answers in a folder, natively and in WebAssembly
    Reference {
        /// A folder with .safetensors files such as tests/reference
        folder: PathBuf,
    },
    /// Rebuild data/mnist and data/fashion, and check their sums; or make a set to try one's own images on
    Data {
        /// Only this set
        #[arg(long)]
        set: Option<data::Set>,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Serve { port } => page::serve(port),
        Task::Check => check::run_quick(),
        Task::Test { wasm: None } => tests::run_all(),
        Task::Test { wasm: Some(file) } => tests::run_in_wasm(&file),
        Task::Dev { port } => page::dev(port),
        Task::Build => package::build(),
        Task::Dist => page::dist(),
        Task::Bench(options) => bench::measure(&options),
        Task::Hand { presets } => measure::hand(&presets),
        Task::Unlike { preset } => measure::unlike(preset.as_deref()),
        Task::Reference { folder } => reference::check(&folder),
        Task::Data { set } => data::make(set),
    }
}
