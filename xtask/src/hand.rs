//! `cargo xtask hand`: how well networks read hands that they have never seen, before and after they are taught.

use anyhow::Result;

use crate::package;
use crate::process::{command, run};

/// Builds the engine, trains these presets and measures them; all of interest if none is named.
pub fn measure(presets: &[String]) -> Result<()> {
    package::build()?;
    run(command("node").arg("xtask/js/hand.js").args(presets))
}
