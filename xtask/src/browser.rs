//! A Chromium for the tests and the benchmark.

use std::io;
use std::path::PathBuf;

use anyhow::{Result, bail, ensure};

use crate::process::{command, output, run};
use crate::stage::stage;
use crate::{apt, node};

const NAMES: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

/// The browser to use: the variable CHROME, else one on the PATH, else Debian's, else Playwright's own.
pub fn set_up() -> Result<PathBuf> {
    if let Some(chrome) = std::env::var_os("CHROME") {
        let path = PathBuf::from(chrome);
        ensure!(path.is_file(), "CHROME names {}, and there is no such file", path.display());
        return Ok(path);
    }
    if let Some(path) = on_path().or_else(playwrights_own) {
        return Ok(path);
    }
    stage("installing Chromium", || {
        if apt::install(&["chromium"]).is_ok()
            && let Some(path) = on_path()
        {
            return Ok(path);
        }
        run(node::tool("playwright")?.args(["install", "--with-deps", "chromium"]).stdout(io::stderr()))?;
        match playwrights_own() {
            Some(path) => Ok(path),
            None => {
                bail!("no browser was found: install Chromium or Chrome, or set CHROME to the path of one")
            }
        }
    })
}

fn on_path() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| which::which(name).ok())
}

fn playwrights_own() -> Option<PathBuf> {
    let script = "import('@playwright/test').then(({chromium}) => console.log(chromium.executablePath()))";
    let path = PathBuf::from(output(command("node").args(["-e", script])).ok()?.trim());
    path.is_file().then_some(path)
}
