//! `cargo xtask bench`: how fast each preset trains in headless Chromium.

use anyhow::Result;

use crate::process::{command, run};
use crate::stage::stage;
use crate::{browser, node, package};

/// Builds the engine and measures it.
pub fn measure() -> Result<()> {
    node::set_up()?;
    let chrome = browser::set_up()?;
    package::build()?;
    stage("measuring in the browser", || run(command("node").arg("xtask/js/bench.js").env("CHROME", chrome)))
}
