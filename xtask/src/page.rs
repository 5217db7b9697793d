//! The page: `dist`, `serve` and `dev`.

use anyhow::Result;

use crate::process::run;
use crate::stage::stage;
use crate::{node, package};

/// Builds `dist/`: static files with relative addresses, ready for any path of any host.
pub fn dist() -> Result<()> {
    package::build()?;
    stage("building dist/", || run(node::tool("vite")?.args(["build", "--logLevel", "warn"])))
}

/// Builds the page and serves it until it is stopped.
pub fn serve(port: u16) -> Result<()> {
    dist()?;
    println!("▸ serving dist/; Ctrl-C ends it");
    run(node::tool("vite")?.args(["preview", "--port", &port.to_string()]))
}

/// Serves the sources; a change to the page shows at once, one to the engine after `cargo xtask build`.
pub fn dev(port: u16) -> Result<()> {
    package::build()?;
    println!("▸ serving the sources; Ctrl-C ends it");
    run(node::tool("vite")?.args(["dev", "--port", &port.to_string()]))
}
