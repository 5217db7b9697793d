//! What a visitor has to download before anything moves must not grow unnoticed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};

use crate::process::root;
use crate::stage::stage;

/// What has a budget.
struct Budget {
    what: &'static str,
    /// What its files in `dist/` are called, and the ends of their names.
    called: &'static str,
    endings: &'static [&'static str],
    /// Whether it is no part of the first view: the service worker, the script for other people's pages, and
    /// what is in a folder `later`.
    later: bool,
    /// The most bytes it may have, gzipped.
    most: u64,
}

const BUDGETS: [Budget; 6] = [
    Budget { what: "The engine", called: "convscope", endings: WASM, later: false, most: 150_000 },
    Budget {
        what: "The module of formats",
        called: "convscope_formats",
        endings: WASM,
        later: true,
        most: 150_000,
    },
    Budget {
        what: "The collector of images",
        called: "convscope_own_set",
        endings: WASM,
        later: true,
        most: 400_000,
    },
    Budget {
        what: "The module of questions",
        called: "convscope_inquiry",
        endings: WASM,
        later: true,
        most: 150_000,
    },
    Budget {
        what: "Script and style of the first view",
        called: "",
        endings: SCRIPT,
        later: false,
        most: 150_000,
    },
    Budget {
        what: "Script of what is opened later",
        called: "",
        endings: SCRIPT,
        later: true,
        most: 400_000,
    },
];

const WASM: &[&str] = &["wasm"];
const SCRIPT: &[&str] = &["js", "css"];

/// Fails if `dist/` has grown beyond a budget.
pub fn check() -> Result<()> {
    stage("measuring the size of the download", || {
        for Budget { what, called, endings, later, most } in BUDGETS {
            let bytes = gzipped_size(&root().join("dist"), called, endings, later)?;
            let found = format!("{what} in dist/: {} KB gzipped of {} KB", bytes.div_ceil(1000), most / 1000);
            ensure!(bytes > 0, "{found}: there is nothing to measure");
            ensure!(
                bytes <= most,
                "{found}: too much to download. docs/decisions.md says what keeps it small"
            );
            println!("  {found}");
        }
        Ok(())
    })
}

/// The size of the files in `folder` and below whose names begin so and have these endings, in a folder `later` or
/// not, each gzipped by itself, as servers do.
fn gzipped_size(folder: &Path, called: &str, endings: &[&str], later: bool) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let path = entry?.path();
        let comes_later =
            folder.ends_with("later") || path.ends_with("service-worker.js") || path.ends_with("element.js");
        if path.is_dir() {
            bytes += gzipped_size(&path, called, endings, later)?;
        } else if comes_later == later
            && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(called))
            && path.extension().is_some_and(|ending| endings.iter().any(|&one| ending == one))
        {
            let mut gzipped = GzEncoder::new(Vec::new(), Compression::best());
            io::copy(&mut File::open(path)?, &mut gzipped)?;
            bytes += gzipped.finish()?.len() as u64;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzipped_size_is_of_the_files_with_these_endings_in_every_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("assets")).unwrap();
        fs::write(folder.path().join("assets/style.css"), "a".repeat(100_000)).unwrap();
        fs::write(folder.path().join("picture.png"), "a".repeat(100_000)).unwrap();
        let style = gzipped_size(folder.path(), "", SCRIPT, false).unwrap();
        assert!((20..1000).contains(&style), "{style}");
        fs::write(folder.path().join("script.js"), "a".repeat(100_000)).unwrap();
        assert_eq!(gzipped_size(folder.path(), "", SCRIPT, false).unwrap(), 2 * style);
        fs::create_dir(folder.path().join("later")).unwrap();
        fs::write(folder.path().join("later/part.js"), "a".repeat(100_000)).unwrap();
        assert_eq!(gzipped_size(folder.path(), "", SCRIPT, false).unwrap(), 2 * style);
        assert_eq!(gzipped_size(folder.path(), "", SCRIPT, true).unwrap(), style);
        fs::write(folder.path().join("service-worker.js"), "a".repeat(100_000)).unwrap();
        assert_eq!(gzipped_size(folder.path(), "", SCRIPT, false).unwrap(), 2 * style);
        assert_eq!(gzipped_size(folder.path(), "", SCRIPT, true).unwrap(), 2 * style);
        assert_eq!(gzipped_size(folder.path(), "", &["wasm"], false).unwrap(), 0);
    }
}
