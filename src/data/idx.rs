//! IDX, the format of the MNIST files, read as it streams in.
//!
//! A file is a header of big-endian numbers of 4 bytes, and then one byte for each pixel or label:
//!
//! | numbers | images of one channel | images of three channels | labels |
//! |---|---|---|---|
//! | magic | 2051: bytes, in 3 dimensions | 2052: bytes, in 4 dimensions | 2049: bytes, in 1 dimension |
//! | count | of images | of images | of labels |
//! | sizes | rows, columns | 3, rows, columns | |
//!
//! Images of three channels have each channel whole, one after the other: red, green, blue.
//!
//! Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats".

use crate::error::{Error, ErrorCode, Result};
use crate::shape::{ImageForm, sizes_in_words};

const GREY: &str = "images of one channel";
const COLOUR: &str = "images of several channels";

/// What an IDX file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdxKind {
    /// Images.
    Images,
    /// Their labels, one byte each.
    Labels,
}

impl IdxKind {
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
    form: ImageForm,
    expected: usize,
    /// The part of the header read so far.
    header: Vec<u8>,
    /// What was read after it.
    payload: Vec<u8>,
}

impl IdxReader {
    /// A reader of a file with exactly `expected` images of this `form`, or their labels. `name` is what errors
    /// call the file.
    pub fn new(name: &'static str, kind: IdxKind, form: ImageForm, expected: usize) -> Self {
        Self { name, kind, form, expected, header: Vec::new(), payload: Vec::new() }
    }

    /// The header that the file must have.
    pub fn expected_header(&self) -> Vec<u8> {
        self.expected_numbers().iter().flat_map(|&number| (number as u32).to_be_bytes()).collect()
    }

    fn expected_numbers(&self) -> Vec<usize> {
        let [channels, rows, columns] = self.form.dims();
        match self.kind {
            IdxKind::Labels => vec![2049, self.expected],
            IdxKind::Images if channels == 1 => vec![2051, self.expected, rows, columns],
            IdxKind::Images => vec![2052, self.expected, channels, rows, columns],
        }
    }

    /// Bytes of one image or label.
    fn item_len(&self) -> usize {
        match self.kind {
            IdxKind::Images => self.form.pixels(),
            IdxKind::Labels => 1,
        }
    }

    /// Forgets everything read so far, and waits for the beginning of the file.
    pub fn begin(&mut self) {
        self.header.clear();
        self.payload.clear();
    }

    /// Takes the next `bytes` of the file, in pieces of any size.
    ///
    /// # Errors
    /// `bad_file` when the header is not the expected one, when a label is no class, or when the file goes on
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
        self.payload.len() / self.item_len()
    }

    /// Whether the whole file has been read.
    pub fn is_complete(&self) -> bool {
        self.header.len() == self.expected_header().len() && self.items() == self.expected
    }

    /// The bytes of item `index`, if it has been read in full.
    pub fn item(&self, index: usize) -> Option<&[u8]> {
        self.payload.chunks_exact(self.item_len()).nth(index)
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
        let number = |bytes: &[u8; 4]| u32::from_be_bytes(*bytes) as usize;
        let got: Vec<usize> = self.header.as_chunks().0.iter().map(number).collect();
        let wanted = self.expected_numbers();
        let (noun, count, sizes) = (self.kind.noun(), got[1], &got[2..]);
        Err(self.bad(&match got[0] {
            2049 if self.kind == IdxKind::Labels => {
                format!("should hold {} {noun}, but by its header holds {count}", self.expected)
            }
            magic if magic == wanted[0] => format!(
                "should hold {} {noun} of {}, but by its header holds {count} of {}",
                self.expected,
                sizes_in_words(&wanted[2..]),
                sizes_in_words(sizes)
            ),
            2049 => self.instead("labels"),
            2051 => self.instead(GREY),
            2052 => self.instead(COLOUR),
            magic if magic >> 16 == 0x1f8b => "is still compressed with gzip".into(),
            magic => format!(
                "is not an IDX file of {noun}: it begins with the bytes {magic:08x}, not {:08x}",
                wanted[0]
            ),
        }))
    }

    /// Takes all the memory the file needs at once: growing piece by piece would take up to three times as
    /// much, and a page's wasm memory never shrinks again.
    fn reserve(&mut self) -> Result<()> {
        let len = self.expected * self.item_len();
        self.payload.try_reserve_exact(len).map_err(|_| {
            Error::new(
                ErrorCode::TooLarge,
                format!("There is no memory for the {len} bytes of {}.", self.name),
            )
        })
    }

    fn check_payload(&self, payload: &[u8]) -> Result<()> {
        let missing = self.expected * self.item_len() - self.payload.len();
        if payload.len() > missing {
            return Err(self.bad(&format!("goes on after its {} {}", self.expected, self.kind.noun())));
        }
        if self.kind == IdxKind::Images {
            return Ok(());
        }
        match payload.iter().position(|&label| usize::from(label) >= self.form.classes) {
            None => Ok(()),
            Some(at) => Err(self.bad(&format!(
                "has the label {} at position {}, but labels go from 0 to {}",
                payload[at],
                self.payload.len() + at,
                self.form.classes - 1
            ))),
        }
    }

    fn instead(&self, held: &str) -> String {
        let wanted = match (self.kind, self.form.channels) {
            (IdxKind::Labels, _) => "labels",
            (IdxKind::Images, 1) => GREY,
            (IdxKind::Images, _) => COLOUR,
        };
        format!("should hold {wanted}, but holds {held}")
    }

    fn bad(&self, problem: &str) -> Error {
        Error::new(ErrorCode::BadFile, format!("The file of {} {problem}; load it again.", self.name))
    }
}

#[cfg(test)]
mod tests;
