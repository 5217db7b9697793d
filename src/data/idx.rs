//! IDX, the format of the MNIST files, read as it streams in.
//!
//! A file is a header of big-endian numbers of 4 bytes, and then one byte for each pixel or label:
//!
//! | bytes | images | labels |
//! |---|---|---|
//! | 0 to 3 | 2051: bytes, in 3 dimensions | 2049: bytes, in 1 dimension |
//! | 4 to 7 | number of images | number of labels |
//! | 8 to 15 | rows, columns | |
//!
//! Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats".

use crate::error::{Error, ErrorCode, Result};
use crate::mnist::{COLUMNS, LABELS, PIXELS, ROWS};

/// What an IDX file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdxKind {
    /// Images of 28×28 bytes.
    Images,
    /// Labels, one byte each, from 0 to 9.
    Labels,
}

impl IdxKind {
    /// Bytes of one image or label.
    pub fn item_len(self) -> usize {
        match self {
            Self::Images => PIXELS,
            Self::Labels => 1,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Images => "images",
            Self::Labels => "labels",
        }
    }
}

/// Reads one IDX file, piece by piece. It knows beforehand how many items must be in it, so no header,
/// however false, decides how much memory is taken.
///
/// A piece that cannot belong to the file is an error of the code `bad_file`; what had been read is
/// dropped, and the reader waits for the file's beginning again.
#[derive(Clone, Debug)]
pub struct IdxReader {
    name: &'static str,
    kind: IdxKind,
    expected: usize,
    /// The part of the header read so far.
    header: Vec<u8>,
    /// What was read after it.
    payload: Vec<u8>,
}

impl IdxReader {
    /// A reader of a file with exactly `expected` items. `name` is what errors call the file.
    pub fn new(name: &'static str, kind: IdxKind, expected: usize) -> Self {
        Self { name, kind, expected, header: Vec::new(), payload: Vec::new() }
    }

    /// The header that the file must have.
    pub fn expected_header(&self) -> Vec<u8> {
        let count = self.expected as u32;
        let numbers: &[u32] = match self.kind {
            IdxKind::Images => &[2051, count, ROWS as u32, COLUMNS as u32],
            IdxKind::Labels => &[2049, count],
        };
        numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// Forgets everything read so far, and waits for the beginning of the file.
    pub fn begin(&mut self) {
        self.header.clear();
        self.payload.clear();
    }

    /// Takes the next `bytes` of the file, in pieces of any size.
    ///
    /// # Errors
    /// `bad_file` when the header is not the expected one, when a label is above 9, or when the file goes on
    /// after its last item; `too_large` when there is no memory for the file.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        let result = self.take(bytes);
        if result.is_err() {
            self.begin();
        }
        result
    }

    /// Says that the file ends here.
    ///
    /// # Errors
    /// `bad_file` when items are missing.
    pub fn finish(&mut self) -> Result<()> {
        if self.is_complete() {
            return Ok(());
        }
        let problem = format!("ends after {} of {} {}", self.items(), self.expected, self.kind.noun());
        self.begin();
        Err(self.bad(&problem))
    }

    /// Number of items that have been read in full.
    pub fn items(&self) -> usize {
        self.payload.len() / self.kind.item_len()
    }

    /// Whether the whole file has been read.
    pub fn is_complete(&self) -> bool {
        self.header.len() == self.expected_header().len() && self.items() == self.expected
    }

    /// The bytes of item `index`, if it has been read in full.
    pub fn item(&self, index: usize) -> Option<&[u8]> {
        self.payload.chunks_exact(self.kind.item_len()).nth(index)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let wanted = self.expected_header();
        let (header, payload) = bytes.split_at(bytes.len().min(wanted.len() - self.header.len()));
        if !header.is_empty() {
            self.header.extend_from_slice(header);
            if self.header.len() == wanted.len() {
                self.check_header(&wanted)?;
                self.reserve()?;
            }
        }
        self.check_payload(payload)?;
        self.payload.extend_from_slice(payload);
        Ok(())
    }

    fn check_header(&self, wanted: &[u8]) -> Result<()> {
        if self.header == wanted {
            return Ok(());
        }
        let number =
            |at: usize| self.header[at..].first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
        Err(self.bad(&match (self.kind, number(0)) {
            (IdxKind::Images, 2051) => format!(
                "should hold {} images of {ROWS}×{COLUMNS} pixels, but by its header holds {} of {}×{}",
                self.expected,
                number(4),
                number(8),
                number(12)
            ),
            (IdxKind::Labels, 2049) => {
                format!("should hold {} labels, but by its header holds {}", self.expected, number(4))
            }
            (_, 2051) => "should hold labels, but holds images".into(),
            (_, 2049) => "should hold images, but holds labels".into(),
            (_, magic) if magic >> 16 == 0x1f8b => "is still compressed with gzip".into(),
            (_, magic) => format!(
                "is not an IDX file of {}: it begins with the bytes {magic:08x}, not {:02x}{:02x}{:02x}{:02x}",
                self.kind.noun(),
                wanted[0],
                wanted[1],
                wanted[2],
                wanted[3]
            ),
        }))
    }

    /// Takes all the memory the file needs at once: growing piece by piece would take up to three times as
    /// much, and a page's wasm memory never shrinks again.
    fn reserve(&mut self) -> Result<()> {
        let len = self.expected * self.kind.item_len();
        self.payload.try_reserve_exact(len).map_err(|_| {
            Error::new(
                ErrorCode::TooLarge,
                format!("There is no memory for the {len} bytes of {}.", self.name),
            )
        })
    }

    fn check_payload(&self, payload: &[u8]) -> Result<()> {
        let missing = self.expected * self.kind.item_len() - self.payload.len();
        if payload.len() > missing {
            return Err(self.bad(&format!("goes on after its {} {}", self.expected, self.kind.noun())));
        }
        if self.kind == IdxKind::Images {
            return Ok(());
        }
        match payload.iter().position(|&label| usize::from(label) >= LABELS) {
            None => Ok(()),
            Some(at) => Err(self.bad(&format!(
                "has the label {} at position {}, but labels go from 0 to 9",
                payload[at],
                self.payload.len() + at
            ))),
        }
    }

    fn bad(&self, problem: &str) -> Error {
        Error::new(ErrorCode::BadFile, format!("The file of {} {problem}; load it again.", self.name))
    }
}

#[cfg(test)]
mod tests;
