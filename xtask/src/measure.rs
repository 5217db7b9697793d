//! What networks make of drawings, in figures: `cargo xtask hand` and `cargo xtask unlike`.

use anyhow::Result;

use crate::package;
use crate::process::{command, run};

/// How well networks of these presets read hands that they have never seen, before and after they are taught; of all
/// presets of interest if none is named.
pub fn hand(presets: &[String]) -> Result<()> {
    package::build()?;
    run(command("node").arg("xtask/js/hand.js").args(presets))
}

/// How often an image is said to be unlike the training: test digits, letters, scribbles and noise.
pub fn unlike(preset: Option<&str>) -> Result<()> {
    package::build()?;
    run(command("node").arg("xtask/js/unlike.js").args(preset))
}
