//! The crate as others get it: packaged, unpacked, and used by a program outside the workspace.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use tar::Archive;

use crate::process::{cargo, root, run};
use crate::stage::stage;

/// Builds and runs `tests/outside` with what is in the package.
pub fn test() -> Result<()> {
    stage("using the crate from outside the workspace", || {
        run(cargo().args(["package", "--quiet", "--package", "convscope", "--no-verify", "--allow-dirty"]))?;
        let folder = root().join("target/outside");
        unpack(&folder)?;
        let program = folder.join("program");
        fs::create_dir_all(program.join("src"))?;
        for file in ["Cargo.toml", "src/main.rs"] {
            fs::copy(root().join("tests/outside").join(file), program.join(file))?;
        }
        // The versions that the workspace has: nothing new is fetched.
        fs::copy(root().join("Cargo.lock"), program.join("Cargo.lock"))?;
        let manifest = program.join("Cargo.toml");
        run(cargo()
            .args(["run", "--quiet", "--target-dir"])
            .arg(folder.join("target"))
            .arg("--manifest-path")
            .arg(manifest))
    })
}

/// Leaves the package's content in `folder/convscope`.
fn unpack(folder: &Path) -> Result<()> {
    let name = format!("convscope-{}", env!("CARGO_PKG_VERSION"));
    let package = root().join("target/package").join(format!("{name}.crate"));
    let file = File::open(&package).with_context(|| format!("could not read {}", package.display()))?;
    for old in [folder.join(&name), folder.join("convscope")] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    Archive::new(GzDecoder::new(file)).unpack(folder)?;
    Ok(fs::rename(folder.join(name), folder.join("convscope"))?)
}
