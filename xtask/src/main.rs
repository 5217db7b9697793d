//! The project's tasks: `cargo xtask serve`, `test`, `build` and the rest. See `cargo xtask --help`.

mod data;
mod process;
mod stage;

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
    /// Make data/mnist again from the original files and check their sums
    Data,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Data => data::make(),
    }
}
