//! Files that a command writes: nothing is replaced unasked, and nothing is left half written.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::failure::Failure;

/// Fails if `out` could not be written in the end, or holds something that would be lost. Before the work, not after it.
pub fn check(out: &Path, inputs: &[&Path], force: bool) -> Result<(), Failure> {
    if let Ok(place) = out.canonicalize() {
        if inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == place)) {
            let message =
                format!("{} is what the command reads; name another file with --out.", out.display());
            return Err(Failure::new("io", message));
        }
        if place.is_file() && !force {
            let message = format!(
                "{} exists; name another file with --out, or replace it with --force.",
                out.display()
            );
            return Err(Failure::new("io", message));
        }
    }
    if out.is_dir() {
        return Err(Failure::new("io", format!("{} is a folder; name a file with --out.", out.display())));
    }
    if is_special(out) {
        return Ok(());
    }
    beside(out).map(drop).map_err(|error| Failure::io("write", out, &error))
}

/// Writes all of it or nothing: into a file beside it, which then takes its name.
pub fn write(out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = || {
        if is_special(out) {
            return fs::write(out, bytes);
        }
        let mut file = beside(out)?;
        file.write_all(bytes)?;
        file.persist(target(out)).map_err(|error| error.error)?;
        Ok(())
    };
    written().map_err(|error| Failure::io("write", out, &error))
}

/// A device or a pipe, such as /dev/stdout, cannot be renamed to.
fn is_special(out: &Path) -> bool {
    out.exists() && !out.is_file()
}

/// Where a link leads to, so that it stays a link.
fn target(out: &Path) -> PathBuf {
    out.canonicalize().unwrap_or_else(|_| out.to_owned())
}

fn beside(out: &Path) -> io::Result<NamedTempFile> {
    let target = target(out);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = Builder::new();
    builder.prefix(".convscope-");
    // Without this only its owner could read it; the umask still takes what it takes of every file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder.unwrap_or(Path::new(".")))
}
