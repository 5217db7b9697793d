//! Images of one size in one run of bytes, as arrays and tables hold them.

use image::{GrayImage, RgbImage};

use super::raster::Raster;
use super::{MOST_IMAGES, MOST_PIXELS, bad, counted, too_large};
use crate::error::Result;

/// How the numbers of one image follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockForm {
    /// 1 or 3.
    pub channels: usize,
    pub rows: usize,
    pub columns: usize,
    /// Whether the channels of a pixel are together, and not the pixels of a channel.
    pub interleaved: bool,
}

impl BlockForm {
    pub fn pixels(self) -> usize {
        self.channels * self.rows * self.columns
    }
}

/// Images of one size, one byte a number.
#[derive(Debug)]
pub(super) struct Block {
    form: BlockForm,
    bytes: Vec<u8>,
}

/// Rows or columns that an image may have before it is scaled.
const LONGEST_SIDE: usize = 4096;

/// Checks how many images of a form there are to be, before memory is taken for them. `place` is what errors call them.
pub(super) fn check_size(place: &str, count: usize, form: BlockForm) -> Result<()> {
    let BlockForm { channels, rows, columns, .. } = form;
    if !(1..=LONGEST_SIDE).contains(&rows) || !(1..=LONGEST_SIDE).contains(&columns) {
        return Err(bad(format!(
            "{place}: expected images of 1 to {LONGEST_SIDE} rows and columns; got {rows}×{columns}. Check the shape."
        )));
    }
    if count == 0 {
        return Err(bad(format!("{place} holds no images; leave it out.")));
    }
    // Both are small enough now for the product.
    let bytes = count.checked_mul(channels * rows * columns);
    if count > MOST_IMAGES || bytes.is_none_or(|bytes| bytes > MOST_PIXELS) {
        return Err(too_large(format!(
            "{place} holds {} images of {rows}×{columns} with {channels} channels; at most {} images and {} MiB of pixels are taken. Leave some out.",
            counted(count),
            counted(MOST_IMAGES),
            MOST_PIXELS >> 20
        )));
    }
    Ok(())
}

impl Block {
    /// `bytes` must be whole images of the form.
    pub fn new(form: BlockForm, bytes: Vec<u8>) -> Self {
        debug_assert_eq!(bytes.len() % form.pixels(), 0);
        Self { form, bytes }
    }

    pub fn form(&self) -> BlockForm {
        self.form
    }

    pub fn len(&self) -> usize {
        self.bytes.len() / self.form.pixels()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Image `index`, which must be there.
    pub fn raster(&self, index: usize) -> Raster {
        let BlockForm { channels, rows, columns, interleaved } = self.form;
        let bytes = &self.bytes[index * self.form.pixels()..][..self.form.pixels()];
        let (width, height) = (columns as u32, rows as u32);
        if channels == 1 {
            return Raster::Grey(
                GrayImage::from_raw(width, height, bytes.to_vec()).expect("as long as its form"),
            );
        }
        let area = rows * columns;
        let interleave =
            || (0..area).flat_map(|at| [bytes[at], bytes[area + at], bytes[2 * area + at]]).collect();
        let bytes = if interleaved { bytes.to_vec() } else { interleave() };
        Raster::Colour(RgbImage::from_raw(width, height, bytes).expect("as long as its form"))
    }
}

/// Labels as they were found: words or numbers, few of them different.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// The different ones, in the order in which they were met.
    pub names: Vec<String>,
    /// Of each image the number of its name.
    pub of: Vec<u8>,
}

/// Letters that a class's name may have.
pub(super) const LONGEST_NAME: usize = 40;

impl Labels {
    /// Adds the label of one more image.
    pub fn push(&mut self, place: &dyn Fn() -> String, name: &str) -> Result<()> {
        // Images are mostly sorted by class, or the classes are few: a search from the last one found is short.
        let known = self.of.last().map(|&last| usize::from(last)).filter(|&last| self.names[last] == name);
        let known = known.or_else(|| self.names.iter().position(|known| known == name));
        let number = match known {
            Some(number) => number,
            None => {
                let most = *super::CLASSES.end();
                if self.names.len() == most {
                    return Err(bad(format!(
                        "{}: expected labels of at most {most} classes; “{}” is one more. Check which column or file has the labels.",
                        place(),
                        shortened(name)
                    )));
                }
                check_name(&place(), name)?;
                self.names.push(name.to_owned());
                self.names.len() - 1
            }
        };
        self.of.push(number as u8);
        Ok(())
    }
}

/// Whether a class can have this name.
pub(super) fn check_name(place: &str, name: &str) -> Result<()> {
    let length = name.chars().count();
    if name.chars().any(is_hidden) {
        return Err(bad(format!(
            "{place}: expected a class name of letters that can be seen; got “{}”, with control or format characters. Rename it.",
            shortened(name)
        )));
    }
    if (1..=LONGEST_NAME).contains(&length) {
        return Ok(());
    }
    Err(bad(format!(
        "{place}: expected a class with a name of 1 to {LONGEST_NAME} characters; got “{}” of {length}. Rename it.",
        shortened(name)
    )))
}

/// Whether a character is not seen but changes the text around it, such as one that turns the direction of writing.
/// Those that join letters or keep them apart are not: some scripts need them.
///
/// Source: Unicode, general categories Cc, Cf, Zl and Zp
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
            | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

/// For a sentence.
pub(super) fn shortened(text: &str) -> String {
    shortened_to(text, LONGEST_NAME)
}

pub(super) fn shortened_to(text: &str, letters: usize) -> String {
    let clean = text.chars().map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter });
    let mut short: String = clean.take(letters).collect();
    if text.chars().nth(letters).is_some() {
        short.push('…');
    }
    short
}
