//! A set of one's own: images in files of many kinds, brought into one form.
//!
//! ```text
//!   files ─ add ─▶ material ─ survey ─▶ what was found ─ prepare, advance ─▶ images of one size ─ finish ─▶ Collected
//!   (ZIP, gzip,    arrays, tables,      classes, splits,  (choices)           one byte a number            manifest and
//!    folders)      pictures             what to choose                                                     four IDX files
//! ```
//!
//! Decoding and scaling are done here, never by a browser, and the split is drawn by [`crate::rng`]: the same files and
//! choices are the same set everywhere, bit for bit. Its name is the hash of its contents.
//! Files come from outside and can hold anything: sizes are checked before memory is taken.

mod archive;
mod array;
mod arrays;
mod assemble;
mod block;
mod choices;
mod collected;
mod collector;
mod fit;
mod layout;
mod manifest;
mod material;
mod picture;
mod pool;
mod raster;
mod report;
mod split;
mod survey;
mod table;

use std::ops::RangeInclusive;

pub use choices::{Choices, LabelColumn, Shares};
pub use collected::Collected;
pub use collector::{Collector, Progress};
pub use picture::decode;
pub use raster::{Raster, Target};
pub use report::{Balance, Report};
pub use survey::{Kind, Size, Survey};

use crate::error::{Error, ErrorCode};

/// As many images as a set may have.
pub const MOST_IMAGES: usize = 100_000;
/// As many bytes of pixels as a set may have.
pub const MOST_PIXELS: usize = 256 << 20;
/// How many rows and columns an image may have.
pub const SIDES: RangeInclusive<usize> = 8..=64;
/// How many classes a set may have.
pub const CLASSES: RangeInclusive<usize> = 2..=100;
/// As many bytes as may be in the files, unpacked.
pub const MOST_MATERIAL: usize = 1 << 30;

/// A number for a sentence: 100,000.
fn counted(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

fn bad(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::BadFile, message)
}

fn too_large(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::TooLarge, message)
}
