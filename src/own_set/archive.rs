//! ZIP and gzip, opened with care: what an archive says of itself may be false.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::block::shortened;
use super::material::{HIDDEN, LINKS, Material, OUTSIDE, is_hidden_path};
use super::{MOST_IMAGES, MOST_MATERIAL, bad, counted, too_large};
use crate::error::{Error, Result};

/// Entries of a ZIP, folders and hidden files among them.
const MOST_ENTRIES: usize = 2 * MOST_IMAGES + 10_000;

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// At most `room` bytes.
pub(super) fn unpack_gzip(path: &str, bytes: &[u8], room: usize) -> Result<Vec<u8>> {
    read_at_most(path, MultiGzDecoder::new(bytes), room)
}

/// Gives the material every file of an archive; archives within it stay closed.
pub(super) fn unpack_zip(material: &mut Material, path: &str, bytes: &[u8]) -> Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(path))?;
    if archive.len() > MOST_ENTRIES {
        return Err(too_large(format!(
            "{}: expected an archive of at most {} files; got {}. Leave some out.",
            shortened(path),
            counted(MOST_ENTRIES),
            counted(archive.len())
        )));
    }
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| damaged(path))?;
        if entry.is_dir() {
            continue;
        }
        let name =
            entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), Into::into);
        let name = name.replace('\\', "/");
        let safe = entry.enclosed_name().is_some() && !name.starts_with('/');
        let refused = if !safe {
            Some(OUTSIDE)
        } else if is_hidden_path(&name) {
            Some(HIDDEN)
        } else if entry.is_symlink() || entry.encrypted() {
            Some(LINKS)
        } else {
            None
        };
        drop(entry);
        let inside = format!("{}/{name}", stem(path));
        if let Some(why) = refused {
            material.skip(why, &inside);
            continue;
        }
        let entry = archive.by_index(index).map_err(|_| damaged(&inside))?;
        if entry.size() > material.room() as u64 {
            return Err(full(&inside));
        }
        let unpacked = read_at_most(&inside, entry, material.room())?;
        if is_gzip(&unpacked) && name.ends_with(".gz") {
            let unpacked = unpack_gzip(&inside, &unpacked, material.room())?;
            material.add_unpacked(inside.trim_end_matches(".gz"), unpacked)?;
        } else {
            material.add_unpacked(&inside, unpacked)?;
        }
    }
    Ok(())
}

/// The path without the ending of its file.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    path[name..].rfind('.').filter(|&dot| dot > 0).map_or(path, |dot| &path[..name + dot])
}

/// However much it says that it holds.
fn read_at_most(path: &str, reader: impl Read, room: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![];
    reader.take(room as u64 + 1).read_to_end(&mut bytes).map_err(|_| damaged(path))?;
    if bytes.len() > room { Err(full(path)) } else { Ok(bytes) }
}

fn full(path: &str) -> Error {
    too_large(format!(
        "{} is too large: the files together may have {} MiB unpacked. Leave some out.",
        shortened(path),
        counted(MOST_MATERIAL >> 20)
    ))
}

fn damaged(path: &str) -> Error {
    bad(format!(
        "{}: expected a whole ZIP or gzip archive; it is cut off or damaged. Copy it or pack it again.",
        shortened(path)
    ))
}
