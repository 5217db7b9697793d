//! NPY, NumPy's form of one array.
//!
//! Its header is read here although there is a crate for it: that reads any literal of Python, with a parser that
//! recurses and weighs more than all the rest, and a header has three fields.
//!
//! Source: numpy.lib.format, "NPY format", versions 1.0 to 3.0

use std::rc::Rc;

use super::arrays::numbered;
use super::bad;
use super::block::{Block, BlockForm, check_size, shortened};
use super::material::Content;
use crate::error::{Error, Result};

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Type {
    kind: u8,
    size: usize,
    big_endian: bool,
}

/// Longer than the header of any array with so few dimensions.
const LONGEST_HEADER: usize = 4096;

/// Whether an array holds text or objects, such as the names of classes.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let described = parts(bytes).and_then(|(header, _)| field(header, "descr"));
    described.is_some_and(|text| {
        text.trim_start_matches(['\'', '"', '<', '>', '|', '=']).starts_with(['U', 'S', 'O'])
    })
}

/// An array of images or labels.
pub(super) fn read_npy(path: &str, bytes: &[u8]) -> Result<Content> {
    let (header, data) = parts(bytes).ok_or_else(|| malformed(path, "its header is cut off"))?;
    let dtype = dtype(path, field(header, "descr").unwrap_or_default())?;
    if field(header, "fortran_order").is_none_or(|text| text.starts_with("True")) {
        return Err(malformed(path, "its order is Fortran's; save numpy.ascontiguousarray of it"));
    }
    let shape = shape(header).ok_or_else(|| malformed(path, "its shape is missing"))?;
    let count = shape.iter().try_fold(1usize, |product, &side| product.checked_mul(side));
    let length = count.and_then(|count| count.checked_mul(dtype.size));
    if length != Some(data.len()) {
        let message = format!(
            "its shape {shape:?} needs other than the {} bytes that follow; save it again",
            data.len()
        );
        return Err(malformed(path, &message));
    }
    let numbers = Numbers { data, dtype };
    match shape[..] {
        [_] | [_, 1] => labels(path, numbers),
        [count, classes] if is_one_hot(numbers, classes) => {
            let hot = |row: usize| (0..classes).find(|&class| numbers.at(row * classes + class) != 0.0);
            let numbers = (0..count).map(|row| hot(row).unwrap_or_default() as i64);
            Ok(Content::Labels(Rc::new(numbered(path, numbers)?)))
        }
        _ => images(path, &shape, numbers),
    }
}

fn images(path: &str, shape: &[usize], numbers: Numbers) -> Result<Content> {
    let form = |channels, rows, columns, interleaved| BlockForm { channels, rows, columns, interleaved };
    let (count, form) = match *shape {
        [count, pixels] if square(pixels).is_some() => {
            let side = square(pixels).unwrap_or_default();
            (count, form(1, side, side, false))
        }
        [count, rows, columns] => (count, form(1, rows, columns, false)),
        [count, rows, columns, channels @ (1 | 3)] => (count, form(channels, rows, columns, true)),
        [count, channels @ (1 | 3), rows, columns] => (count, form(channels, rows, columns, false)),
        _ => {
            return Err(malformed(
                path,
                &format!(
                    "its shape is {shape:?}, where images are (n, rows, columns), with 1 or 3 channels at the second or last place, and labels are (n)"
                ),
            ));
        }
    };
    check_size(path, count, form)?;
    let scale = numbers.scale(path)?;
    let bytes = numbers.iter().map(|number| (number * scale + 0.5) as u8).collect();
    Ok(Content::Images(Rc::new(Block::new(form, bytes))))
}

fn labels(path: &str, numbers: Numbers) -> Result<Content> {
    let whole = |(at, number): (usize, f64)| {
        if number.fract() == 0.0 && number.abs() < 1e9 {
            return Ok(number as i64);
        }
        Err(bad(format!(
            "{path}, label {at}: expected a whole number; got {number}. Save the labels as integers."
        )))
    };
    let labels = numbers.iter().enumerate().map(whole).collect::<Result<Vec<i64>>>()?;
    Ok(Content::Labels(Rc::new(numbered(path, labels.into_iter())?)))
}

/// Whether every row has one 1 among zeros.
fn is_one_hot(numbers: Numbers, classes: usize) -> bool {
    let hot = |row: &[f64]| {
        row.iter().filter(|&&number| number == 1.0).count() == 1
            && row.iter().all(|&number| number == 0.0 || number == 1.0)
    };
    let all: usize = numbers.len();
    super::CLASSES.contains(&classes)
        && all > 0
        && (0..all / classes)
            .all(|row| hot(&(0..classes).map(|at| numbers.at(row * classes + at)).collect::<Vec<_>>()))
}

/// The side of a square of so many pixels.
pub(super) fn square(pixels: usize) -> Option<usize> {
    let side = pixels.isqrt();
    (side * side == pixels && side >= *super::SIDES.start()).then_some(side)
}

#[derive(Clone, Copy)]
struct Numbers<'a> {
    data: &'a [u8],
    dtype: Type,
}

impl<'a> Numbers<'a> {
    fn len(self) -> usize {
        self.data.len() / self.dtype.size
    }

    fn at(self, index: usize) -> f64 {
        number(&self.data[index * self.dtype.size..][..self.dtype.size], self.dtype)
    }

    fn iter(self) -> impl Iterator<Item = f64> + 'a {
        self.data.chunks_exact(self.dtype.size).map(move |bytes| number(bytes, self.dtype))
    }

    /// By what pixels are multiplied to be from 0 to 255: they are so already, or from 0 to 1.
    fn scale(self, path: &str) -> Result<f64> {
        let mut most = 0.0f64;
        for (at, number) in self.iter().enumerate() {
            // Not so of NaN either.
            if !(0.0..=255.0).contains(&number) {
                return Err(bad(format!(
                    "{path}, number {at}: expected pixels from 0 to 255, or from 0 to 1; got {number}. Undo their normalization first."
                )));
            }
            most = most.max(number);
        }
        Ok(if most <= 1.0 { 255.0 } else { 1.0 })
    }
}

fn number(bytes: &[u8], Type { kind, size, big_endian }: Type) -> f64 {
    let mut wide = [0; 8];
    for (at, &byte) in bytes.iter().enumerate() {
        wide[if big_endian { size - 1 - at } else { at }] = byte;
    }
    let bits = u64::from_le_bytes(wide);
    match (kind, size) {
        (b'f', 4) => f64::from(f32::from_bits(bits as u32)),
        (b'f', _) => f64::from_bits(bits),
        // The sign is moved to the top, and back.
        (b'i', _) => ((bits << (64 - 8 * size)) as i64 >> (64 - 8 * size)) as f64,
        _ => bits as f64,
    }
}

fn dtype(path: &str, text: &str) -> Result<Type> {
    let text = text.split(['\'', '"']).nth(1).unwrap_or_default();
    let found = match text.as_bytes() {
        [order @ (b'<' | b'>' | b'|' | b'='), kind @ (b'u' | b'i' | b'f' | b'b'), size @ b'1'..=b'8'] => {
            Some(Type { kind: *kind, size: usize::from(size - b'0'), big_endian: *order == b'>' })
        }
        _ => None,
    };
    found
        .filter(|found| {
            matches!((found.kind, found.size), (b'u' | b'i', 1 | 2 | 4 | 8) | (b'f', 4 | 8) | (b'b', 1))
        })
        .ok_or_else(|| {
            malformed(
                path,
                &format!("its numbers are of the type “{}”; save them as uint8 or float32", shortened(text)),
            )
        })
}

/// The header's text, and what follows it.
fn parts(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, start) = match bytes.get(6)? {
        1 => (usize::from(u16::from_le_bytes(*bytes.get(8..)?.first_chunk()?)), 10usize),
        _ => (u32::from_le_bytes(*bytes.get(8..)?.first_chunk()?) as usize, 12),
    };
    let header =
        bytes.get(start..start.checked_add(length)?).filter(|header| header.len() <= LONGEST_HEADER)?;
    Some((std::str::from_utf8(header).ok()?, &bytes[start + length..]))
}

/// What follows the name of a field.
fn field<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let quoted = [format!("'{name}'"), format!("\"{name}\"")];
    let at = quoted.iter().find_map(|name| header.find(name.as_str()).map(|at| at + name.len()))?;
    Some(header[at..].trim_start().strip_prefix(':')?.trim_start())
}

fn shape(header: &str) -> Option<Vec<usize>> {
    let inside = field(header, "shape")?.strip_prefix('(')?.split_once(')')?.0;
    let sides = inside.split(',').map(str::trim).filter(|side| !side.is_empty());
    sides.map(|side| side.trim_end_matches('L').parse().ok()).collect()
}

fn malformed(path: &str, problem: &str) -> Error {
    bad(format!("{path}: expected a NumPy array of images or labels; {problem}."))
}
