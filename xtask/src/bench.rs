//! `cargo xtask bench`: how fast everything is in headless Chromium, what is shipped, what memory it takes.

use anyhow::Result;
use clap::Args;

use crate::process::{command, run};
use crate::stage::stage;
use crate::{browser, node, page};

/// What is measured, and how it is reported.
#[derive(Args)]
pub struct Options {
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,
    /// Only these networks: S, T, M, or a preset such as codelab; all of them if left out
    #[arg(long, value_delimiter = ',')]
    nets: Vec<String>,
    /// Windows of a second over which each median is taken
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    windows: u32,
    /// Also train net T until it reads 97, 98.5 and 99 % of the test images
    #[arg(long)]
    accuracy: bool,
    /// Also make a million steps and see whether any memory grows
    #[arg(long)]
    soak: bool,
}

/// Builds the engine and the page and measures them. Only the result goes to standard output.
pub fn measure(options: &Options) -> Result<()> {
    node::set_up()?;
    run(command("node").arg("xtask/js/bench.js").args(options.arguments()).arg("--check"))?;
    let chrome = browser::set_up()?;
    page::dist()?;
    stage("measuring in the browser", || {
        run(command("node").arg("xtask/js/bench.js").args(options.arguments()).env("CHROME", chrome))
    })
}

impl Options {
    fn arguments(&self) -> Vec<String> {
        let mut arguments = vec![format!("--windows={}", self.windows)];
        if !self.nets.is_empty() {
            arguments.push(format!("--nets={}", self.nets.join(",")));
        }
        let flags = [(self.json, "--json"), (self.accuracy, "--accuracy"), (self.soak, "--soak")];
        arguments.extend(flags.into_iter().filter(|(given, _)| *given).map(|(_, flag)| flag.to_owned()));
        arguments
    }
}
