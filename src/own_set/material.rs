//! What was in the files, each told by its content, before it is known what belongs together.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::array::{is_text, read_npy};
use super::arrays::{is_idx, read_idx};
use super::block::{Block, Labels, shortened};
use super::manifest::FIRST_LINE;
use super::picture::Format;
use super::{MOST_IMAGES, MOST_MATERIAL, archive, counted, too_large};
use crate::error::Result;

pub(super) enum Content {
    Images(Rc<Block>),
    Labels(Rc<Labels>),
    /// Text of a table with images and labels.
    Table(Vec<u8>),
    /// A PNG, JPEG or WebP file.
    Picture(Vec<u8>),
    Manifest(String),
}

pub(super) struct Part {
    /// Folders and a file's name, with `/` between them.
    pub path: String,
    pub content: Content,
}

#[derive(Default)]
pub(super) struct Material {
    pub parts: Vec<Part>,
    /// Why files were left out, how many, and the first of them.
    skipped: BTreeMap<&'static str, (usize, String)>,
    /// As much as is held in memory.
    bytes: usize,
    archives: usize,
}

/// Why a file is left out.
pub(super) const HIDDEN: &str = "hidden";
pub(super) const NESTED: &str = "archives within an archive";
pub(super) const OUTSIDE: &str = "with a path that leads out of the archive";
pub(super) const OTHER: &str = "of another kind";
pub(super) const EMPTY: &str = "empty";
pub(super) const LONG: &str = "with a very long path";
pub(super) const LINKS: &str = "links or encrypted";

/// Bytes of a path, so that sentences stay short.
const LONGEST_PATH: usize = 300;

/// Files of each kind that are remembered; beyond them something is wrong.
const MOST_FILES: usize = MOST_IMAGES + 1000;

impl Material {
    /// Takes a file; ZIP and gzip are opened.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<()> {
        let path = path.replace('\\', "/");
        if is_hidden(&path) {
            self.skip(HIDDEN, &path);
            return Ok(());
        }
        if archive::is_zip(&bytes) {
            self.archives += 1;
            return archive::unpack_zip(self, &path, &bytes);
        }
        if archive::is_gzip(&bytes) {
            let unpacked = archive::unpack_gzip(&path, &bytes, MOST_MATERIAL - self.bytes)?;
            drop(bytes);
            return self.add_unpacked(path.strip_suffix(".gz").unwrap_or(&path), unpacked);
        }
        self.add_unpacked(&path, bytes)
    }

    /// Takes a file that is no archive, or is not to be opened.
    pub fn add_unpacked(&mut self, path: &str, bytes: Vec<u8>) -> Result<()> {
        if path.len() > LONGEST_PATH {
            self.skip(LONG, path);
            return Ok(());
        }
        let content = if bytes.is_empty() {
            self.skip(EMPTY, path);
            return Ok(());
        } else if Format::of(&bytes).is_some() {
            Content::Picture(bytes)
        } else if is_idx(&bytes) {
            read_idx(path, bytes)?
        } else if bytes.starts_with(b"\x93NUMPY") && !is_text(&bytes) {
            read_npy(path, &bytes)?
        } else if archive::is_zip(&bytes) || archive::is_gzip(&bytes) {
            self.skip(NESTED, path);
            return Ok(());
        } else if bytes.starts_with(FIRST_LINE.as_bytes()) {
            Content::Manifest(String::from_utf8_lossy(&bytes).into_owned())
        } else if is_table(path, &bytes) {
            Content::Table(bytes)
        } else {
            self.skip(not_as_called(path).unwrap_or(OTHER), path);
            return Ok(());
        };
        self.push(path, content)
    }

    fn push(&mut self, path: &str, content: Content) -> Result<()> {
        self.bytes += match &content {
            Content::Images(block) => block.bytes().len(),
            Content::Labels(labels) => labels.of.len(),
            Content::Table(bytes) | Content::Picture(bytes) => bytes.len(),
            Content::Manifest(text) => text.len(),
        };
        if self.bytes > MOST_MATERIAL || self.parts.len() == MOST_FILES {
            return Err(too_large(format!(
                "{} is one too many: at most {} files with {} MiB are taken. Leave some out.",
                shortened(path),
                counted(MOST_FILES),
                counted(MOST_MATERIAL >> 20)
            )));
        }
        self.parts.push(Part { path: path.to_owned(), content });
        Ok(())
    }

    /// How many bytes more can be taken.
    pub fn room(&self) -> usize {
        MOST_MATERIAL.saturating_sub(self.bytes)
    }

    pub fn skip(&mut self, why: &'static str, path: &str) {
        let (count, _) = self.skipped.entry(why).or_insert_with(|| (0, shortened(path)));
        *count += 1;
    }

    /// What was left out, a sentence for each reason.
    pub fn skipped(&self) -> Vec<String> {
        let sentence = |(why, (count, first)): (&&str, &(usize, String))| match (*why, *count) {
            (HIDDEN, 1) => format!("1 hidden file was left out: {first}."),
            (HIDDEN, count) => format!("{} hidden files were left out, such as {first}.", counted(count)),
            (why, 1) => format!("1 file was left out ({why}): {first}."),
            (why, count) => format!("{} files were left out ({why}), such as {first}.", counted(count)),
        };
        self.skipped.iter().map(sentence).collect()
    }
}

/// Names that begin with a dot, and what macOS puts beside the files of an archive.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| (name.starts_with('.') && name != "." && name != "..") || name == "__MACOSX")
        || matches!(path.rsplit('/').next(), Some("Thumbs.db" | "desktop.ini"))
}

pub(super) fn is_hidden_path(path: &str) -> bool {
    is_hidden(path)
}

/// What the bytes are not, of a file of no known kind whose name says one.
fn not_as_called(path: &str) -> Option<&'static str> {
    Some(match ending(path).as_str() {
        "png" => "the bytes are not those of a PNG",
        "jpg" | "jpeg" => "the bytes are not those of a JPEG",
        "webp" => "the bytes are not those of a WebP",
        "npy" => "the bytes are not those of a NumPy array",
        "npz" | "zip" => "the bytes are not those of a ZIP",
        "gz" => "the bytes are not those of a gzip file",
        _ if path.ends_with("-ubyte") => "the bytes are not those of an IDX file",
        _ => return None,
    })
}

/// What follows the last dot of a path.
fn ending(path: &str) -> String {
    path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
}

/// A file called so, or text whose first line has many values.
fn is_table(path: &str, bytes: &[u8]) -> bool {
    if matches!(ending(path).as_str(), "csv" | "tsv") {
        return true;
    }
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = &line[..line.len().min(1 << 16)];
    let separators = line.iter().filter(|&&byte| byte == b',' || byte == b'\t' || byte == b';').count();
    separators >= 64 && line.iter().all(|&byte| byte == b'\t' || byte == b'\r' || byte >= b' ')
}
