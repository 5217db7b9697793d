//! Debian's packages, for what the usual sources do not have.

use std::io;

use anyhow::{Result, bail};

use crate::process::{command, run, succeeds};

/// Installs packages, as root or by `sudo` where that asks for no password.
pub fn install(packages: &[&str]) -> Result<()> {
    if which::which("apt-get").is_err() {
        bail!("there is no apt-get on this system");
    }
    let as_root = succeeds(command("sh").args(["-c", "[ $(id -u) = 0 ]"]));
    let apt = |arguments: &[&str]| {
        let mut apt = if as_root { command("apt-get") } else { command("sudo") };
        if !as_root {
            apt.args(["-n", "apt-get"]);
        }
        run(apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdout(io::stderr()))
    };
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    apt(&install).or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))
}
