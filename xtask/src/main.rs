//! The project's tasks: `cargo xtask serve`, `test`, `build` and the rest. See `cargo xtask --help`.

mod apt;
mod browser;
mod data;
mod node;
mod package;
mod process;
mod stage;
mod wasm_cargo;

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
    /// Compile the engine to WebAssembly, into pkg/
    Build,
    /// Make data/mnist again from the original files and check their sums
    Data,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Build => package::build(),
        Task::Data => data::make(),
    }
}
