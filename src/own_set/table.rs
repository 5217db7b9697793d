//! CSV: a row for each image, one column for the label, the others for the pixels.

use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder, Trim};

use super::array::square;
use super::block::{Block, BlockForm, Labels, check_size, shortened};
use super::choices::LabelColumn;
use super::{MOST_IMAGES, SIDES, bad, counted, too_large};
use crate::error::{Error, Result};

/// A table as it was read.
pub(super) struct Table {
    pub images: Rc<Block>,
    pub labels: Rc<Labels>,
    /// Where the labels were.
    pub label: LabelColumn,
    /// Whether rows and columns are a guess: the pixels are not those of a square.
    pub is_guess: bool,
}

/// What there is to know before the pixels are read.
struct Layout {
    has_header: bool,
    columns: usize,
    /// None if there are pixels only.
    label: Option<usize>,
    /// Whether nothing but the values says where the labels are.
    is_guess: bool,
    delimiter: u8,
}

/// More than colours of the largest size and a label.
const MOST_COLUMNS: usize = 3 * 64 * 64 + 1;
/// What a column of labels is called.
const LABEL_NAMES: [&str; 5] = ["label", "labels", "class", "target", "category"];
/// Rows that are looked at to tell the labels from the pixels.
const SAMPLE: usize = 500;

/// A table; None if it has no labels. `wanted` is where the labels are, `size` the rows and columns of an image, each if
/// it was chosen.
pub(super) fn read(
    path: &str,
    text: &[u8],
    wanted: Option<LabelColumn>,
    size: Option<[usize; 2]>,
) -> Result<Option<Table>> {
    let layout = Layout::of(path, text, wanted)?;
    let Some(mut label) = layout.label else { return Ok(None) };
    let (form, is_guess) = form_of(path, layout.columns - 1, size)?;
    let mut found = read_labels(path, text, &layout, label, form);
    if let (Err(_), true, Some(other)) = (&found, layout.is_guess, layout.other_end(label))
        && let Ok(labels) = read_labels(path, text, &layout, other, form)
    {
        (label, found) = (other, Ok(labels));
    }
    let (labels, most) = found?;
    check_size(path, labels.of.len(), form)?;
    let pixels = read_pixels(
        path,
        text,
        &layout,
        label,
        if most <= 1.0 { 255.0 } else { 1.0 },
        labels.of.len() * form.pixels(),
    )?;
    let label = if label == 0 {
        LabelColumn::First
    } else if label + 1 == layout.columns {
        LabelColumn::Last
    } else {
        LabelColumn::Number(label)
    };
    Ok(Some(Table { images: Rc::new(Block::new(form, pixels)), labels: Rc::new(labels), label, is_guess }))
}

impl Layout {
    fn of(path: &str, text: &[u8], wanted: Option<LabelColumn>) -> Result<Self> {
        let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let count = |separator: u8| line.iter().filter(|&&byte| byte == separator).count();
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|&separator| (count(separator), separator == b','))
            .unwrap_or(b',');
        let mut records = reader(text, delimiter, false).into_byte_records();
        let first = records.next().transpose().map_err(|error| malformed(path, &error))?.unwrap_or_default();
        let columns = first.len();
        if !(2..=MOST_COLUMNS).contains(&columns) {
            return Err(bad(format!(
                "{path}, line 1: expected a label and the pixels of an image, 2 to {} values; got {}. Check what separates them.",
                counted(MOST_COLUMNS),
                counted(columns)
            )));
        }
        let is_word = |cell: &[u8]| number(cell).is_none();
        let named = |cell: &[u8]| {
            let name = String::from_utf8_lossy(cell).trim().to_ascii_lowercase();
            LABEL_NAMES.contains(&&*name)
        };
        // A label may be a word, but a row of an image has no other.
        let has_header = first.iter().filter(|cell| is_word(cell)).count() > 1 || first.iter().any(named);
        let mut layout = Self { has_header, columns, label: None, is_guess: false, delimiter };
        layout.label = match wanted {
            Some(LabelColumn::First) => Some(0),
            Some(LabelColumn::Last) => Some(columns - 1),
            Some(LabelColumn::Number(column)) if column < columns => Some(column),
            Some(LabelColumn::Number(column)) => {
                return Err(bad(format!(
                    "{path}: expected the labels in column 0 to {}; got {column}. Choose another column.",
                    columns - 1
                )));
            }
            None => first.iter().position(|cell| has_header && named(cell)).or_else(|| {
                layout.is_guess = true;
                layout.guess(text)
            }),
        };
        Ok(layout)
    }

    /// Where the labels are if nothing says so: at the first or last place.
    fn guess(&self, text: &[u8]) -> Option<usize> {
        let last = self.columns - 1;
        let is_square = |pixels: usize| {
            square(pixels).is_some() || (pixels.is_multiple_of(3) && square(pixels / 3).is_some())
        };
        let rows: Vec<ByteRecord> = self.reader(text).into_byte_records().take(SAMPLE).flatten().collect();
        let column = |at: usize| rows.iter().filter_map(move |row| row.get(at));
        let has_words = |at: usize| column(at).any(|cell| number(cell).is_none());
        if let Some(at) = [0, last].into_iter().find(|&at| has_words(at)) {
            return Some(at);
        }
        if is_square(self.columns) && !is_square(last) {
            return None;
        }
        let is_constant = |at: usize| {
            let mut cells = column(at);
            let first = cells.next();
            cells.all(|cell| Some(cell) == first)
        };
        let is_whole =
            |at: usize| column(at).all(|cell| number(cell).is_some_and(|value| value.fract() == 0.0));
        // A corner of the images is mostly of one colour, and classes are several.
        let first_is_likelier = is_whole(0) && (!is_constant(0) || is_constant(last));
        Some(if first_is_likelier || !is_whole(last) { 0 } else { last })
    }

    /// The last column of the first, and the other way round.
    fn other_end(&self, label: usize) -> Option<usize> {
        let last = self.columns - 1;
        (label == 0 || label == last).then_some(last - label)
    }

    fn reader<'a>(&self, text: &'a [u8]) -> Reader<&'a [u8]> {
        reader(text, self.delimiter, self.has_header)
    }
}

/// Refuses rows that are longer or shorter than the first.
fn reader(text: &[u8], delimiter: u8, has_headers: bool) -> Reader<&[u8]> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    ReaderBuilder::new().delimiter(delimiter).has_headers(has_headers).trim(Trim::All).from_reader(text)
}

/// The labels, and the largest pixel.
fn read_labels(
    path: &str,
    text: &[u8],
    layout: &Layout,
    label: usize,
    form: BlockForm,
) -> Result<(Labels, f32)> {
    let (mut labels, mut most) = (Labels::default(), 0.0f32);
    let mut reader = layout.reader(text);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| malformed(path, &error))? {
        if labels.of.len() == MOST_IMAGES {
            return Err(too_large(format!(
                "{path} has more than {} rows; leave some out.",
                counted(MOST_IMAGES)
            )));
        }
        let line = record.position().map_or(0, csv::Position::line);
        for (column, cell) in record.iter().enumerate().filter(|&(column, _)| column != label) {
            match number(cell) {
                Some(value) if (0.0..=255.0).contains(&value) => most = most.max(value),
                _ => {
                    let found = shortened(&String::from_utf8_lossy(cell));
                    return Err(bad(format!(
                        "{path}, line {line}, column {}: expected a pixel from 0 to 255; got “{found}”. Check which column has the labels.",
                        column + 1
                    )));
                }
            }
        }
        let name = name_of(&record[label]);
        labels.push(&|| format!("{path}, line {line}"), &name)?;
    }
    check_size(path, labels.of.len(), form)?;
    Ok((labels, most))
}

/// `3.0` and `3` are the same label.
fn name_of(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    match number(cell).filter(|value| value.fract() == 0.0 && value.abs() < 1e6) {
        Some(value) => format!("{}", value as i64),
        None => text.into_owned(),
    }
}

fn read_pixels(
    path: &str,
    text: &[u8],
    layout: &Layout,
    label: usize,
    scale: f32,
    length: usize,
) -> Result<Vec<u8>> {
    let mut pixels = Vec::with_capacity(length);
    let mut reader = layout.reader(text);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| malformed(path, &error))? {
        let cells = record.iter().enumerate().filter(|&(column, _)| column != label);
        pixels.extend(cells.map(|(_, cell)| (number(cell).unwrap_or_default() * scale + 0.5) as u8));
    }
    Ok(pixels)
}

/// A finite number; whole ones of three digits are read at once, since nearly all are.
fn number(cell: &[u8]) -> Option<f32> {
    if (1..=3).contains(&cell.len()) && cell.iter().all(u8::is_ascii_digit) {
        return Some(cell.iter().fold(0.0, |value, digit| 10.0 * value + f32::from(digit - b'0')));
    }
    std::str::from_utf8(cell).ok()?.parse().ok().filter(|value: &f32| value.is_finite())
}

/// The form of images with so many numbers, and whether it is a guess.
fn form_of(path: &str, pixels: usize, size: Option<[usize; 2]>) -> Result<(BlockForm, bool)> {
    let form = |channels, rows, columns| BlockForm { channels, rows, columns, interleaved: false };
    if let Some([rows, columns]) = size.filter(|[rows, columns]| rows * columns == pixels) {
        return Ok((form(1, rows, columns), false));
    }
    if let Some(side) = square(pixels) {
        return Ok((form(1, side, side), false));
    }
    if let Some(side) =
        (pixels / 3).checked_mul(3).filter(|&whole| whole == pixels).and_then(|_| square(pixels / 3))
    {
        // As a picture's file has them: red, green and blue of each pixel together.
        return Ok((BlockForm { interleaved: true, ..form(3, side, side) }, false));
    }
    let sides = SIDES.filter(|side| pixels.is_multiple_of(*side) && SIDES.contains(&(pixels / side)));
    let rows = sides.min_by_key(|&side| side.abs_diff(pixels / side)).ok_or_else(|| {
        bad(format!(
            "{path}: expected a label and the pixels of an image with {} to {} rows and columns; got {} pixels a row. Check the columns.",
            SIDES.start(), SIDES.end(), counted(pixels)
        ))
    })?;
    Ok((form(1, rows, pixels / rows), true))
}

fn malformed(path: &str, error: &csv::Error) -> Error {
    let place = error.position().map_or(String::new(), |position| format!(", line {}", position.line()));
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => bad(format!(
            "{path}{place}: expected {expected_len} values as in the first line; got {len}. Mend or remove the line."
        )),
        _ => bad(format!("{path}{place} could not be read as a table; save it as CSV.")),
    }
}

#[cfg(test)]
mod tests;
