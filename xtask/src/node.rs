//! Node: its version, the packages of `package.json`, and the tools among them.

use std::io;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{command, output, root, run};
use crate::stage::stage;

/// The oldest Node that Vite runs on.
const OLDEST: (u32, u32) = (20, 19);

/// Checks Node and installs the packages of `package-lock.json`, unless they are there already.
pub fn set_up() -> Result<()> {
    check_version()?;
    if is_installed() {
        return Ok(());
    }
    stage("installing the npm packages of package-lock.json", || {
        run(npm()?.args(["ci", "--no-audit", "--no-fund"]).stdout(io::stderr()))
    })
}

/// One of the installed command-line tools, such as `vite`.
pub fn tool(name: &str) -> Result<Command> {
    let folder = root().join("node_modules/.bin");
    let path = which::which_in(name, Some(&folder), root())
        .with_context(|| format!("there is no `{name}` in {}", folder.display()))?;
    Ok(command(path))
}

/// npm itself.
pub fn npm() -> Result<Command> {
    Ok(command(which::which("npm").context("npm is not installed: it comes with Node, https://nodejs.org")?))
}

fn check_version() -> Result<()> {
    let (major, minor) = OLDEST;
    let needed = format!("Convscope's tools need Node {major}.{minor} or newer, https://nodejs.org");
    let Ok(version) = output(command("node").arg("--version")) else {
        bail!("Node is not installed. {needed}")
    };
    let version = version.trim();
    let numbers = parse_version(version).with_context(|| format!("node --version said `{version}`"))?;
    ensure!(numbers >= OLDEST, "Node {version} is too old. {needed}");
    Ok(())
}

/// Major and minor of a version such as `v20.19.4`.
fn parse_version(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// npm writes its own copy of the lock file when it has installed everything.
fn is_installed() -> bool {
    let changed = |path: &str| root().join(path).metadata().and_then(|file| file.modified());
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_node_is_read_and_nonsense_is_not() {
        assert_eq!(parse_version("v20.19.4"), Some((20, 19)));
        assert_eq!(parse_version("v22.0.0-nightly"), Some((22, 0)));
        assert_eq!(parse_version("20.19.4"), None);
        assert_eq!(parse_version("v20"), None);
        assert_eq!(parse_version(""), None);
    }
}
